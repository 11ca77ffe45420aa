/** One pass against overlap along one axis. */

export interface Wish {
  readonly size: number
  /** Where its middle would like to be; undefined: close to the one before. */
  readonly middle: number | undefined
}

/**
 * Places things one after the other, in the order given, each as near to its wish as the others let it; what would stand beyond `to` is
 * pushed back, as far as `from`.
 * @returns the start of each
 */
export function settle(wishes: readonly Wish[], from: number, to: number, gap: number): readonly number[] {
  const starts: number[] = []
  let free = from
  for (const { size, middle } of wishes) {
    const start = middle === undefined ? free : Math.max(free, Math.round(middle - size / 2))
    starts.push(start)
    free = start + size + gap
  }
  let limit = to
  for (let i = wishes.length - 1; i >= 0; i--) {
    const size = wishes[i]?.size ?? 0
    starts[i] = Math.min(starts[i] ?? 0, limit - size)
    limit = (starts[i] ?? 0) - gap
  }
  const below = from - Math.min(from, ...starts)
  return below === 0 ? starts : packed(wishes, from, gap)
}

/** More than there is room for: from the top, without regard to the end. */
function packed(wishes: readonly Wish[], from: number, gap: number): readonly number[] {
  let free = from
  return wishes.map(({ size }) => {
    const start = free
    free += size + gap
    return start
  })
}
