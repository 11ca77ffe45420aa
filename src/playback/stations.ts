/**
 * Where each hop's packet stands in the Logical view, said in cards and not in pixels: at a card, or on the way between two.
 * A hop about a node has no card there, so a run of them is spread evenly over the way from the last card to the next.
 */
import { objectKey } from '../sim/cluster/object-ref.ts'
import type { Hop, Subject, Trace } from '../sim/trace/trace.ts'

/** `fraction` is of the way `from` → `to`, 0…1. */
export type Station =
  | { readonly kind: 'at'; readonly card: string }
  | { readonly kind: 'between'; readonly from: string; readonly to: string; readonly fraction: number }

/** A hop's move. The two are the same object where the packet stays, or appears, where the hop happens. */
export interface Move {
  readonly from: Station
  readonly to: Station
}

/**
 * The id of the card at which the Logical view stands a packet; undefined on the way between cards. An object's card has the object's
 * key, also where a Pod is the client.
 */
export function cardOf(subject: Subject): string | undefined {
  switch (subject.kind) {
    case 'client':
      return subject.vantage.startsWith('pod/')
        ? `Pod/${subject.vantage.slice(4)}`
        : `client/${subject.vantage}`
    case 'name':
      return `name/${subject.name}`
    case 'service':
      return objectKey(subject.ref)
    case 'node-port':
      return `node-port/${subject.ref.namespace}/${subject.ref.name}@${subject.node}`
    case 'vip':
      return `vip/${subject.address}`
    case 'ingress-controller':
    case 'pod':
      return objectKey(subject.ref)
    case 'router':
      return `router/${subject.address}`
    case 'outside':
      return `outside/${subject.address}`
    case 'node':
      return undefined
  }
}

/** The move of every hop, in the order of `trace.hops`. */
export function movesOf(trace: Trace): readonly Move[] {
  const moves: Move[] = []
  let lastCard: string | undefined
  let run = 0
  trace.hops.forEach((hop, index) => {
    const card = cardOf(hop.subject)
    run = card === undefined ? run + 1 : 0
    const to: Station =
      card === undefined ? onTheWay(trace.hops, index, run, lastCard ?? nodeCard(hop)) : { kind: 'at', card }
    const before = moves.at(-1)?.to
    const stays = before === undefined || appears(hop, trace.hops[index - 1]) || sameStation(before, to)
    moves.push({ from: stays ? to : before, to })
    lastCard = card ?? lastCard
  })
  return moves
}

/** Whether the packet changes its place in this hop. */
export function isMoving(move: Move): boolean {
  return move.from !== move.to
}

/** A packet that nobody carried here: the first of a request, or a client that waits while the packet is gone. */
function appears(hop: Hop, previous: Hop | undefined): boolean {
  const waits = hop.kind === 'silence' || hop.kind === 'retransmit' || hop.kind === 'read-resolver'
  if (waits && hop.subject.kind === 'client') return true
  return hop.direction === 'request' && hop.packetId !== previous?.packetId
}

function onTheWay(hops: readonly Hop[], index: number, run: number, from: string): Station {
  let ahead = index
  while (ahead < hops.length && continues(hops, index, ahead)) {
    const hop = hops[ahead]
    const to = hop === undefined ? undefined : cardOf(hop.subject)
    if (to !== undefined)
      return to === from
        ? { kind: 'at', card: from }
        : { kind: 'between', from, to, fraction: run / (run + ahead - index) }
    ahead += 1
  }
  return { kind: 'at', card: from }
}

/** Whether the packet at `index` is still on its way at `ahead`; an answer's first hop is where the question arrived. */
function continues(hops: readonly Hop[], index: number, ahead: number): boolean {
  const [here, there] = [hops[index], hops[ahead]]
  if (here === undefined || there === undefined) return false
  return (
    there.packetId === here.packetId ||
    (there.direction === 'reply' && hops[ahead - 1]?.packetId === here.packetId)
  )
}

function sameStation(a: Station, b: Station): boolean {
  if (a.kind === 'at' || b.kind === 'at') return a.kind === 'at' && b.kind === 'at' && a.card === b.card
  return a.from === b.from && a.to === b.to && a.fraction === b.fraction
}

/** A trace that begins on a node, before any card: the node stands for the missing one. */
function nodeCard(hop: Hop): string {
  return `client/${hop.place.host}`
}
