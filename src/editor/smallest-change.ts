/** The one stretch in which two texts differ, so that a text from outside keeps the cursor, the scroll position and the history. */

/** Replace `from`…`to` (half-open, UTF-16 offsets of the old text) by `insert`. */
export interface TextChange {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** What makes `after` of `before`; undefined where they are the same. */
export function smallestChange(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++
  let tail = 0
  while (
    tail < shorter - from &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) }
}
