import type { DiagnosticCode } from '../../sim/manifest/diagnostic.ts'

/** Chinese texts of diagnostics, by code; `values` of the diagnostic fill them. English says `Diagnostic.message` itself. */
export const diagnostics: Partial<Readonly<Record<DiagnosticCode, string>>> = {}
