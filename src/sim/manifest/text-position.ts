/** Offsets of a text as lines and columns. Lines end at LF, CR LF or a lone CR, as YAML and editors count them. */
import type { TextRange } from './diagnostic.ts'

/** Gives the {@link TextRange} of two offsets. */
export type RangeOf = (from: number, to: number) => TextRange

/** Indexes a text once; each range then costs a binary search. Offsets outside the text are moved to its ends. */
export function rangesOf(text: string): RangeOf {
  const starts = lineStarts(text)
  const lineAt = (offset: number) => lastAtMost(starts, offset)
  return (from, to) => {
    const start = Math.min(Math.max(from, 0), text.length)
    const end = Math.min(Math.max(to, start), text.length)
    const line = lineAt(start)
    return {
      from: start,
      to: end,
      line: line + 1,
      column: start - (starts[line] ?? 0) + 1,
      endLine: lineAt(Math.max(start, end - 1)) + 1,
    }
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length)
  return starts
}

/** The index of the last element ≤ `wanted`; the list is sorted and begins with 0. */
function lastAtMost(sorted: readonly number[], wanted: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sorted[middle] ?? 0) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}
