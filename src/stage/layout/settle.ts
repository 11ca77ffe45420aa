/** Against overlap along one axis, and balanced: what is pushed gives way to both sides. */

export interface Wish {
  readonly size: number
  /** Where its middle would like to be; undefined: close to the one before. */
  readonly middle: number | undefined
}

/** Things that touch: from where, in what order, and the mean of the starts that they wish for, weighed by their sizes. */
interface Block {
  readonly wishes: readonly Wish[]
  readonly length: number
  readonly wished: number
  readonly weight: number
}

/**
 * Places things one after the other, in the order given, each as near to its wish as the others let it; those that want the same place
 * share it by their sizes. What would stand beyond `to` is pushed back, as far as `from`.
 * @returns the start of each
 */
export function settle(wishes: readonly Wish[], from: number, to: number, gap: number): readonly number[] {
  const startOf = ({ wished, length }: Block) => Math.max(from, Math.min(wished, to - length))
  const blocks: Block[] = []
  for (const wish of wishes) {
    let block = blockOf(wish, blocks.length === 0 ? from : undefined)
    for (let before = blocks.at(-1); before !== undefined; before = blocks.at(-1)) {
      if (block.weight > 0 && startOf(before) + before.length + gap <= startOf(block)) break
      block = merged(before, block, gap)
      blocks.pop()
    }
    blocks.push(block)
  }
  return blocks.flatMap((block) => {
    let free = Math.round(startOf(block))
    return block.wishes.map(({ size }) => {
      const start = free
      free += size + gap
      return start
    })
  })
}

/** What has no wish of its own weighs nothing; the first of all then stands at the beginning. */
function blockOf(wish: Wish, beginning: number | undefined): Block {
  const { size, middle } = wish
  if (middle !== undefined) return { wishes: [wish], length: size, wished: middle - size / 2, weight: size }
  return { wishes: [wish], length: size, wished: beginning ?? 0, weight: beginning === undefined ? 0 : 1e-3 }
}

function merged(a: Block, b: Block, gap: number): Block {
  const weight = a.weight + b.weight
  const offset = a.length + gap
  return {
    wishes: [...a.wishes, ...b.wishes],
    length: offset + b.length,
    wished: weight === 0 ? a.wished : (a.wished * a.weight + (b.wished - offset) * b.weight) / weight,
    weight,
  }
}
