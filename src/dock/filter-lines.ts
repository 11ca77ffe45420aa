/** What the filter box lets through. */

/** A line and its place in the whole text, from 0. */
export interface FoundLine<Line> {
  readonly line: Line
  readonly index: number
}

/** The words of a filter: all must be in a line, in any order, in any case. */
export function filterWords(filter: string): readonly string[] {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
}

/** Lines that hold every word, in order. No word: all lines. */
export function filterLines<Line extends { readonly text: string }>(
  lines: readonly Line[],
  words: readonly string[],
): readonly FoundLine<Line>[] {
  const found: FoundLine<Line>[] = []
  lines.forEach((line, index) => {
    const text = line.text.toLowerCase()
    if (words.every((word) => text.includes(word))) found.push({ line, index })
  })
  return found
}

/** A piece of a line; all pieces in order are the line again. */
export interface Piece {
  readonly text: string
  readonly found: boolean
}

/** The line cut where the words stand; where words overlap, the first from the left and there the longest counts. */
export function foundPieces(text: string, words: readonly string[]): readonly Piece[] {
  if (words.length === 0) return [{ text, found: false }]
  const pattern = new RegExp(
    words
      .toSorted((a, b) => b.length - a.length)
      .map(escaped)
      .join('|'),
    'gi',
  )
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), found: false })
    pieces.push({ text: match[0], found: true })
    at = match.index + match[0].length
  }
  if (at < text.length) pieces.push({ text: text.slice(at), found: false })
  return pieces
}

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
