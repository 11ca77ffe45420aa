/** Where a line of a text inside a manifest stands in the file. */
import type { TextRange } from './manifest/diagnostic.ts'

/**
 * The range of line `number` (from 1) of `block`, a field's text written as a block of lines.
 * @param range of the field
 * @param manifest the file; undefined where it is not known
 * @returns the whole field's range where its text is no block of lines
 */
export function lineOfBlock(
  range: TextRange,
  manifest: string | undefined,
  block: string,
  number: number,
): TextRange {
  const count = block.replace(/\n+$/, '').split('\n').length
  const lines = manifest?.split('\n') ?? []
  const last = lines.slice(0, range.endLine).findLastIndex((each) => each.trim() !== '') + 1
  const line = last - count + number
  const text = lines[line - 1]
  if (text?.trim() !== block.split('\n')[number - 1]?.trim() || text === undefined) return range
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  const indent = text.length - text.trimStart().length
  return { from: start + indent, to: start + text.length, line, column: indent + 1, endLine: line }
}
