/** Problems of an object's fields at their places in the text. */
import type { Diagnostic, TextRange } from './diagnostic.ts'
import type { FieldProblem } from './field-problem.ts'
import { fieldKey } from './manifest.ts'
import type { FieldPath, ManifestSource } from './manifest.ts'

/** The range of a field, or of the nearest one above it that stands in the text. */
export function nearestRange(source: ManifestSource, path: FieldPath): TextRange {
  for (let length = path.length; length > 0; length--) {
    const key = fieldKey(path.slice(0, length))
    const range = Object.hasOwn(source.ranges, key) ? source.ranges[key] : undefined
    if (range !== undefined) return range
  }
  return firstLine(source)
}

/** A field's problem as a diagnostic about its place. */
export function locate(
  item: FieldProblem,
  source: ManifestSource,
  about: { readonly kind: string; readonly name: string; readonly apiVersion: string },
): Diagnostic {
  return {
    severity: item.severity,
    code: item.code,
    values: { ...item.values, ...about },
    message: item.message,
    file: source.file,
    range: nearestRange(source, item.path),
    ...(item.hint === undefined ? {} : { hint: item.hint }),
  }
}

/** The first line of an object stands for the whole where a whole page would be underlined otherwise. */
export function firstLine(source: ManifestSource): TextRange {
  const first = Object.values(source.ranges).reduce<TextRange | undefined>(
    (best, range) => (best === undefined || range.from < best.from ? range : best),
    undefined,
  )
  const { range } = source
  return range.line === range.endLine || first === undefined ? range : first
}
