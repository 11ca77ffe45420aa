/** What a packet's label says: the flight it belongs to, what happens to it, and the value that counts now. */
import { carried, endpointText, headerChange } from '../../playback/rewrite.ts'
import type { Packet } from '../../sim/network/packet.ts'
import type { Phrase } from '../../sim/phrase.ts'
import type { Hop, Trace } from '../../sim/trace/trace.ts'

/** Two lines, and the header of a tunnel as a label of its own. `was` and `now` are set at a rewrite alone: the old value struck, the new one bold beside it. */
export interface PacketLabel {
  /** On the way to the hop. */
  readonly headBefore: string
  readonly head: string
  readonly value: string
  readonly was?: string
  readonly now?: string
  /** The rest of `value` where it may stand on a line of its own. */
  readonly rest?: string
  /** The outer header, after the hop and before it: `VXLAN 192.168.61.11 → 192.168.62.13`. */
  readonly outer?: string
  readonly outerBefore?: string
}

/** How the page says things, for the code that draws outside React. */
export interface Speech {
  readonly locale: string
  readonly say: (phrase: Phrase) => string
  /** `destination rewritten`, `source rewritten`. */
  readonly rewritten: (field: 'src' | 'dst') => string
}

/** A label a hop. */
export function labelsOf(trace: Trace, speech: Speech): readonly PacketLabel[] {
  return trace.hops.map((hop, index) => labelOf(hop, flightStart(trace, index), speech))
}

const errorArrow = ' → '

function labelOf(hop: Hop, flight: Hop, speech: Speech): PacketLabel {
  const [outerBefore, outer] = [outerText(hop.before), outerText(hop.after)]
  return {
    ...carriedLabel({ ...hop, before: carried(hop.before), after: carried(hop.after) }, flight, speech),
    ...(outer === undefined ? {} : { outer }),
    ...(outerBefore === undefined ? {} : { outerBefore }),
  }
}

function outerText(packet: Packet): string | undefined {
  return carried(packet) === packet ? undefined : `VXLAN ${packet.src} → ${packet.dst}`
}

function carriedLabel(hop: Hop, flight: Hop, { say, rewritten }: Speech): PacketLabel {
  const headBefore = say(flight.label)
  const own = say(hop.label)
  const change = headerChange(hop)
  if (change !== undefined) {
    const head = [headBefore, rewritten(change.field)].join(' · ')
    return { headBefore, head, value: change.was, was: change.was, now: change.now }
  }
  const head = own === headBefore ? own : `${headBefore} · ${own}`
  const [value = '', rest] = valueOf(hop).split(errorArrow)
  // What the head says is not said twice: NOERROR.
  return {
    headBefore,
    head,
    value: value.startsWith(`${own} `) ? value.slice(own.length + 1) : value,
    ...(rest === undefined ? {} : { rest: `→ ${rest}` }),
  }
}

/** The first hop of the packet's flight: what it was sent as. */
function flightStart(trace: Trace, index: number): Hop {
  const hop = trace.hops[index]
  if (hop === undefined) throw new Error(`no hop ${index}`)
  return (
    trace.hops
      .slice(0, index + 1)
      .find((earlier) => earlier.packetId === hop.packetId && earlier.kind !== 'read-resolver') ?? hop
  )
}

/** The question in a lookup, the rule at a drop, sender and receiver of an error; else where to, or for a reply where from. */
function valueOf(hop: Hop): string {
  const { after, kind, direction } = hop
  if (kind === 'refuse' || kind === 'drop') return decidingName(hop) ?? endpointText(after, 'dst')
  if (after.payload?.protocol === 'DNS') return after.payload.summary.replace(/^[A-Z, ]+\? /, '')
  if (direction === 'request') return endpointText(after, 'dst')
  return hop.phase === 'drop' ? `${after.src}${errorArrow}${after.dst}` : endpointText(after, 'src')
}

function decidingName({ evidence }: Hop): string | undefined {
  return evidence.flatMap(({ candidates }) => candidates).find(({ verdict }) => verdict === 'won')?.name
}
