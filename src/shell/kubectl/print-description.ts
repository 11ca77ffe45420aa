/** The parts that descriptions share: `Key:  value` lines in one column, labels, annotations (k8s.io/kubectl pkg/describe). */

/** A key without its colon, and a value; an empty key goes on with the value of the one before. */
export type Field = readonly [key: string, value: string]

/** Lines, values two places behind the longest key. */
export function layOutFields(fields: readonly Field[]): string {
  const width = Math.max(...fields.map(([key]) => key.length + 1)) + 2
  return fields.map(([key, value]) => `${(key === '' ? '' : `${key}:`).padEnd(width)}${value}\n`).join('')
}

/** A line a label, sorted by key; `<none>` without any. */
export function printLabels(title: string, labels: Readonly<Record<string, string>>): readonly Field[] {
  const lines = Object.keys(labels)
    .toSorted()
    .map((key) => `${key}=${labels[key] ?? ''}`)
  return underTitle(title, lines)
}

/** A line an annotation. What apply wrote down of itself is never shown. */
export function printAnnotations(
  title: string,
  annotations: Readonly<Record<string, string>>,
): readonly Field[] {
  const lines = Object.keys(annotations)
    .filter((key) => key !== 'kubectl.kubernetes.io/last-applied-configuration')
    .toSorted()
    .flatMap((key) => annotationLines(key, annotations[key] ?? ''))
  return underTitle(title, lines)
}

/** The longest `key: value` on one line. */
const longestAnnotation = 140

function annotationLines(key: string, value: string): readonly string[] {
  const isShort = key.length + value.length + 2 <= longestAnnotation && !value.includes('\n')
  if (isShort) return [`${key}: ${value}`]
  const cut = longestAnnotation - 2
  const lines = value.replace(/\n$/, '').split('\n')
  return [`${key}:`, ...lines.map((line) => `  ${line.length > cut ? `${line.slice(0, cut)}...` : line}`)]
}

function underTitle(title: string, lines: readonly string[]): readonly Field[] {
  if (lines.length === 0) return [[title, '<none>']]
  return lines.map((line, index) => [index === 0 ? title : '', line])
}
