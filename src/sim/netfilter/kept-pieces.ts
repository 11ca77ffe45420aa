/**
 * What is made of a long list piece by piece, and kept: after a change of a few items nearly all pieces are as they were. Where a piece
 * ends is best said by its items and not by their places, so that whatever comes or goes elsewhere leaves it whole.
 */

/** A stretch of a list, and what was made of it. */
export interface Piece<Item, Made> {
  readonly items: readonly Item[]
  readonly made: Made
}

/**
 * Opens a store. It cuts a list into its pieces, all of them and in order; a piece is the same object as the last time where the very same
 * items stand between the same ends.
 * @param ends whether the piece that begins at `from` ends before the item at `to`
 */
export function keepPieces<Item extends object, Made>(
  ends: (list: readonly Item[], from: number, to: number) => boolean,
  make: (items: readonly Item[]) => Made,
): (list: readonly Item[]) => readonly Piece<Item, Made>[] {
  /** By the first item. */
  const kept = new WeakMap<Item, Piece<Item, Made>>()
  const endsAt = (list: readonly Item[], from: number, to: number) =>
    to >= list.length || ends(list, from, to)
  const pieceAt = (list: readonly Item[], first: Item, from: number) => {
    const known = kept.get(first)
    if (known && areAt(known.items, list, from) && endsAt(list, from, from + known.items.length)) return known
    let to = from + 1
    while (!endsAt(list, from, to)) to++
    const items = list.slice(from, to)
    const piece = { items, made: make(items) }
    kept.set(first, piece)
    return piece
  }
  return (list) => {
    const pieces: Piece<Item, Made>[] = []
    let from = 0
    for (let first = list[from]; first !== undefined; first = list[from]) {
      const piece = pieceAt(list, first, from)
      pieces.push(piece)
      from += piece.items.length
    }
    return pieces
  }
}

/** Whether these items stand in the list from there on. */
function areAt<Item>(items: readonly Item[], list: readonly Item[], from: number): boolean {
  for (let at = 0; at < items.length; at++) if (items[at] !== list[from + at]) return false
  return true
}
