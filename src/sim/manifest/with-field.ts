/** A manifest's text with one field set, as a person would type it: all else stays, comments and order too. */
import { fieldKey, type FieldPath, type ManifestSource } from './manifest.ts'

/** Where a field goes that is not there yet: in front of a field of the same object, or behind one whose value is a word. */
export interface Neighbour {
  readonly where: 'before' | 'behind'
  readonly path: FieldPath
}

/**
 * The field's value replaced where it stands; a field that is not there comes beside its neighbour, in the style of the object (block, flow
 * or JSON). Without a neighbour in the text it stays as it is.
 * @param word a text; quoted where YAML would read something else
 */
export function withField(
  source: ManifestSource,
  text: string,
  path: FieldPath,
  word: string,
  neighbour: Neighbour,
): string {
  const name = String(path.at(-1) ?? '')
  const field = source.ranges[fieldKey(path)]
  if (field !== undefined) {
    // A range spans key and value; the key is plain or quoted.
    const [key = `${name}:`] = /^(?:"[^"]*"|'[^']*'|[^\s:]+)\s*:/.exec(text.slice(field.from, field.to)) ?? []
    const isJson = key.startsWith('"')
    return splice(text, field.from + key.length, field.to, ` ${quoted(word, isJson)}`)
  }
  const beside = source.ranges[fieldKey(neighbour.path)]
  if (beside === undefined) return text
  const isJson = text.charAt(beside.from) === '"'
  const pair = `${isJson ? `"${name}"` : name}: ${quoted(word, isJson)}`
  const gap = isJson || isFlow(source, text, path) ? ', ' : `\n${' '.repeat(beside.column - 1)}`
  return neighbour.where === 'before'
    ? splice(text, beside.from, beside.from, `${pair}${gap}`)
    : splice(text, beside.to, beside.to, `${gap}${pair}`)
}

/** The first field in the text of the object that holds the path. */
export function firstField(source: ManifestSource, parent: FieldPath): FieldPath | undefined {
  const prefix = fieldKey(parent)
  const inside = Object.entries(source.ranges)
    .filter(([key]) => key.startsWith(`${prefix}.`) && !key.slice(prefix.length + 1).includes('.'))
    .toSorted(([, a], [, b]) => a.from - b.from)
  const key = inside[0]?.[0]
  return key === undefined ? undefined : [...parent, key.slice(prefix.length + 1)]
}

function quoted(word: string, isJson: boolean): string {
  return isJson || /^(true|false|yes|no|on|off|null|~|[\d.+-].*)$/i.test(word) ? `"${word}"` : word
}

/** Whether the object that holds the field is written in braces. */
function isFlow(source: ManifestSource, text: string, path: FieldPath): boolean {
  const parent = path.slice(0, -1)
  if (parent.length === 0) return text.charAt(source.range.from) === '{'
  const range = source.ranges[fieldKey(parent)]
  return range !== undefined && /^[^\s:]+\s*:\s*\{/.test(text.slice(range.from, range.to))
}

function splice(text: string, from: number, to: number, insert: string): string {
  return text.slice(0, from) + insert + text.slice(to)
}
