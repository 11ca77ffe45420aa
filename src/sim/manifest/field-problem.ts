/** What is wrong with a field of an object, before it is known where in which file the field stands. */
import type { DiagnosticCode } from './diagnostic.ts'
import type { FieldPath } from './manifest.ts'

export interface FieldProblem {
  readonly severity: 'error' | 'warning'
  readonly code: DiagnosticCode
  /** May name a field that is not there; the nearest one above it is marked then. */
  readonly path: FieldPath
  readonly values: Readonly<Record<string, string | number>>
  /** The API server's sentence, without the `The KIND "NAME" is invalid: ` that kubectl puts before it. */
  readonly message: string
  readonly hint?: string
}

/** A path as the API server prints it: `spec.ports[0].port`. */
export function printPath(path: FieldPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  )
}

/** `FIELD: Required value`, with its detail where the server gives one. */
export function required(path: FieldPath, detail = '', hint?: string): FieldProblem {
  return problem('field-required', path, detail === '' ? 'Required value' : `Required value: ${detail}`, hint)
}

/** `FIELD: Invalid value: V: TEXT`. The value is written as Go prints it. */
export function invalid(path: FieldPath, value: unknown, text: string, hint?: string): FieldProblem {
  return problem('field-invalid', path, `Invalid value: ${printGo(value)}: ${text}`, hint)
}

/** `FIELD: Unsupported value: "V": supported values: "A", "B"`. */
export function unsupported(
  path: FieldPath,
  value: string,
  known: readonly string[],
  hint?: string,
): FieldProblem {
  const list = known.toSorted().map((item) => `"${item}"`)
  return problem(
    'field-invalid',
    path,
    `Unsupported value: "${value}": supported values: ${list.join(', ')}`,
    hint,
  )
}

/** `FIELD: Duplicate value: "V"`. */
export function duplicate(path: FieldPath, value: unknown): FieldProblem {
  return problem('field-invalid', path, `Duplicate value: ${printGo(value)}`)
}

/** `FIELD: Forbidden: TEXT`. */
export function forbidden(path: FieldPath, text: string, hint?: string): FieldProblem {
  return problem('field-invalid', path, `Forbidden: ${text}`, hint)
}

/** Any field message in the server's words. */
function problem(code: DiagnosticCode, path: FieldPath, detail: string, hint?: string): FieldProblem {
  const field = printPath(path)
  return {
    severity: 'error',
    code,
    path,
    values: { field, detail },
    message: `${field}: ${detail}`,
    ...(hint === undefined ? {} : { hint }),
  }
}

/** As Go's `%#v` prints what an error quotes (1.32): strings quoted, `[]string{"a"}`, `map[string]string{"app":"web"}`. */
export function printGo(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[]string{${value.map(printGo).join(', ')}}`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `map[string]string{${entries.map(([key, item]) => `${JSON.stringify(key)}:${printGo(item)}`).join(', ')}}`
}
