/** Cuts a text where it is to be marked. */

/** A piece of the text; all pieces in order are the text again. */
export interface Part {
  readonly text: string
  readonly marked: boolean
}

/**
 * The text cut at its marks. Every occurrence of a mark counts; marks that overlap or touch become one piece;
 * a mark that the text does not hold marks nothing.
 */
export function markedParts(text: string, marks: readonly string[]): readonly Part[] {
  const parts: Part[] = []
  let at = 0
  for (const range of joined(rangesOf(text, marks))) {
    if (range.from > at) parts.push({ text: text.slice(at, range.from), marked: false })
    parts.push({ text: text.slice(range.from, range.to), marked: true })
    at = range.to
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false })
  return parts
}

interface Range {
  readonly from: number
  readonly to: number
}

function rangesOf(text: string, marks: readonly string[]): readonly Range[] {
  const ranges: Range[] = []
  for (const mark of marks) {
    if (mark === '') continue
    for (let from = text.indexOf(mark); from >= 0; from = text.indexOf(mark, from + mark.length))
      ranges.push({ from, to: from + mark.length })
  }
  return ranges
}

function joined(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = []
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last !== undefined && range.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
    else result.push(range)
  }
  return result
}
