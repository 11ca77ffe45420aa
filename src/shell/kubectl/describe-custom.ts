/**
 * `kubectl describe` of custom resources (k8s.io/kubectl pkg/describe/describe.go at 1.32, genericDescriber): all fields by name, each
 * key made into words. The layout is text/tabwriter's: values line up over lines that follow each other.
 */
import type { JsonObject, JsonValue } from '../../sim/manifest/manifest.ts'
import { printAnnotations, printLabels } from './print-description.ts'
import { isObject, objectAt, textAt, textMapAt } from './wire-fields.ts'

/** A line: its text, and what stands behind its tab. */
type Line = readonly [text: string, value?: string]

/** The whole description of an object in wire form. */
export function describeCustom(body: JsonObject): string {
  const metadata = objectAt(body, 'metadata')
  const namespace = textAt(metadata, 'namespace') ?? ''
  const field = ([key, value]: readonly [string, string]): Line => [key === '' ? '' : `${key}:`, value]
  return layOut([
    ['Name:', textAt(metadata, 'name') ?? ''],
    ['Namespace:', namespace],
    ...printLabels('Labels', textMapAt(metadata, 'labels')).map(field),
    ...printAnnotations('Annotations', textMapAt(metadata, 'annotations')).map(field),
    ...contentLines({ ...body, metadata: withoutShown(metadata) }, 0),
    ['Events:', '<none>'],
  ])
}

function withoutShown(metadata: JsonObject): JsonObject {
  const shown = ['name', 'namespace', 'labels', 'annotations', 'managedFields']
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !shown.includes(key)))
}

function contentLines(content: JsonObject, level: number): readonly Line[] {
  const indent = '  '.repeat(level)
  return Object.keys(content)
    .toSorted()
    .flatMap((key): readonly Line[] => {
      const value = content[key] ?? null
      const label = `${indent}${labelOf(key)}:`
      if (isObject(value)) return [[label], ...contentLines(value, level + 1)]
      if (Array.isArray(value))
        return [[label], ...value.flatMap((each: JsonValue) => itemLines(each, level + 1))]
      return [[label, printScalar(value)]]
    })
}

function itemLines(item: JsonValue, level: number): readonly Line[] {
  return isObject(item) ? contentLines(item, level) : [[`${'  '.repeat(level)}${printScalar(item)}`]]
}

/** As Go's `%v` prints it; lists in lists are not told apart further. */
function printScalar(value: JsonValue): string {
  if (value === null) return '<nil>'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** smartLabelFor: `parentRefs` → `Parent Refs`, `uid` → `UID`. */
function labelOf(field: string): string {
  if (!/[A-Za-z]/.test(field)) return field
  const words = field.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^A-Za-z0-9]+/g) ?? [field]
  return words
    .map((word) => {
      const upper = word.toUpperCase()
      return ['API', 'URL', 'UID', 'OSB', 'GUID'].includes(upper) || word === upper
        ? upper
        : `${upper.charAt(0)}${word.slice(1)}`
    })
    .join(' ')
}

/** A column is as wide as its widest cell among lines that follow each other and have one, and two places more. */
function layOut(lines: readonly Line[]): string {
  const texts: string[] = []
  for (let from = 0; from < lines.length;) {
    let to = from
    while (to < lines.length && lines[to]?.[1] !== undefined) to++
    const block = lines.slice(from, Math.max(to, from + 1))
    const width = Math.max(...block.map(([text]) => text.length)) + 2
    texts.push(
      ...block.map(([text, value]) => (value === undefined ? text : `${text.padEnd(width)}${value}`)),
    )
    from += block.length
  }
  return texts.map((text) => `${text}\n`).join('')
}
