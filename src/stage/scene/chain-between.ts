/** The way between two cards over the wires that there are: a reply from a Pod to the client goes back over the Service's card. */

interface Ends {
  readonly from: string
  readonly to: string
}

/** A wire, and whether it is taken against its own direction. */
export interface Link<W extends Ends> {
  readonly wire: W
  readonly isReversed: boolean
}

/** More wires than this are no way but a coincidence. */
const most = 3

/** The fewest wires that join two cards, in the order taken; undefined where at most three do not. */
export function chainBetween<W extends Ends>(
  wires: readonly W[],
  from: string,
  to: string,
): readonly Link<W>[] | undefined {
  let reached: readonly { readonly end: string; readonly chain: readonly Link<W>[] }[] = [
    { end: from, chain: [] },
  ]
  for (let length = 0; length < most; length++) {
    reached = reached.flatMap(({ end, chain }) =>
      linksAt(wires, end)
        .filter(({ link }) => !chain.some(({ wire }) => wire === link.wire))
        .map(({ link, other }) => ({ end: other, chain: [...chain, link] })),
    )
    const found = reached.find(({ end }) => end === to)
    if (found !== undefined) return found.chain
  }
  return undefined
}

function linksAt<W extends Ends>(wires: readonly W[], card: string) {
  return wires.flatMap((wire): { readonly link: Link<W>; readonly other: string }[] => {
    if (wire.from === card) return [{ link: { wire, isReversed: false }, other: wire.to }]
    return wire.to === card ? [{ link: { wire, isReversed: true }, other: wire.from }] : []
  })
}
