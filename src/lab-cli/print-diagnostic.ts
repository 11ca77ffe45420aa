/** Diagnostics for a terminal: `FILE:LINE:COLUMN: severity: message`. */
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'

/** One line. A finding about a whole file stands at its first character. */
export function printDiagnostic(diagnostic: Diagnostic): string {
  const { file, range, severity, message } = diagnostic
  return `${file}:${range?.line ?? 1}:${range?.column ?? 1}: ${severity}: ${message}\n`
}
