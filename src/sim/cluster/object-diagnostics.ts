/** Diagnostics about an object rather than about a place in a text. */
import type { Diagnostic, DiagnosticCode } from '../manifest/diagnostic.ts'
import { pluralOf } from '../manifest/resources.ts'
import { objectKey } from './object-ref.ts'
import type { ObjectRef } from './object-ref.ts'

/** `services "x" not found`. */
export function notFound(ref: ObjectRef): Diagnostic {
  return aboutObject(ref, 'not-found', `${pluralOf(ref.kind)} "${ref.name}" not found`)
}

/** An error about an object as a whole; it belongs to no file. */
export function aboutObject(ref: ObjectRef, code: DiagnosticCode, message: string): Diagnostic {
  const values = { object: objectKey(ref), kind: ref.kind, name: ref.name, detail: message }
  return { severity: 'error', code, values, message, file: '' }
}
