/** Which rows of a long list are worth drawing. All rows have one height. Lengths are CSS pixels. */

export interface RowWindow {
  /** Half-open, rows from 0. */
  readonly from: number
  readonly to: number
}

/** Drawn above and below what is seen, so that a scroll finds rows already there. */
const spareRows = 8

/** The rows in sight and a few more. */
export function rowWindow(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
): RowWindow {
  const first = Math.floor(scrollTop / rowHeight) - spareRows
  const last = Math.ceil((scrollTop + viewHeight) / rowHeight) + spareRows
  const from = Math.min(Math.max(first, 0), count)
  return { from, to: Math.max(from, Math.min(last, count)) }
}

/** Where to scroll so that a row stands in the middle third; `scrollTop` itself where the row is in sight. */
export function scrollTopFor(row: number, rowHeight: number, scrollTop: number, viewHeight: number): number {
  const top = row * rowHeight
  if (top >= scrollTop && top + rowHeight <= scrollTop + viewHeight) return scrollTop
  return Math.max(0, top - Math.floor(viewHeight / 3))
}
