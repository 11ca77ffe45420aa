/** Writes a trace down while it happens: numbers hops and exchanges, and lets the world change between two hops. */
import type { Cluster } from '../cluster/cluster.ts'
import { becauseOf } from '../cluster/origin.ts'
import { sameObject, type Origin } from '../cluster/object-ref.ts'
import type { Phrase } from '../phrase.ts'
import { ipVersion } from '../network/address.ts'
import type { Packet } from '../network/packet.ts'
import { differencesOfHop } from './differences-of-hop.ts'
import { ownedEvidence } from './owned-evidence.ts'
import type { Because, Exchange, Hop, TracedPacket } from './trace.ts'
import type { World } from './world.ts'

/** A hop before it has its number; what is left out takes the common value. */
export interface HopDraft extends Pick<
  Hop,
  | 'exchange'
  | 'kind'
  | 'phase'
  | 'packetId'
  | 'direction'
  | 'place'
  | 'subject'
  | 'title'
  | 'caption'
  | 'label'
  | 'before'
> {
  readonly after?: Packet
  readonly basis?: Hop['basis']
  readonly evidence?: Hop['evidence']
  readonly origins?: readonly Origin[]
  readonly conntrack?: NonNullable<Hop['conntrack']>
  readonly message?: NonNullable<Hop['message']>
  readonly rulesTried?: number
}

/** A trace being written. */
export interface Recorder {
  readonly exchanges: readonly Exchange[]
  readonly hops: readonly Hop[]
  readonly packets: readonly TracedPacket[]
  /** Opens an exchange; its number. */
  open(kind: Exchange['kind'], leg: Exchange['leg'], title: Phrase): number
  /** The number of a packet that was not there before. */
  newPacket(): number
  /** Writes down a packet whose way has ended. */
  packet(traced: TracedPacket): void
  /** Writes a hop at the world's time, then lets happen what is due before the next one. */
  hop(draft: HopDraft): void
}

/** A recorder for one request in `world`. */
export function openRecorder(world: World): Recorder {
  const exchanges: Exchange[] = []
  const hops: Hop[] = []
  const packets: TracedPacket[] = []
  let nextPacket = 0
  world.beforeHop(0)
  return {
    exchanges,
    hops,
    packets,
    open: (kind, leg, title) => {
      exchanges.push({ id: exchanges.length, kind, leg, title })
      return exchanges.length - 1
    },
    newPacket: () => nextPacket++,
    packet: (traced) => {
      packets.push(traced)
    },
    hop: ({ origins = [], ...draft }) => {
      const told = { after: draft.before, basis: 'computed' as const, evidence: [], ...draft }
      hops.push({
        ...told,
        evidence:
          told.place.node === undefined
            ? told.evidence
            : ownedEvidence(told.evidence, world.rules(told.place.node, ipVersion(told.before.dst))),
        differences: differencesOfHop(world.written(), told),
        index: hops.length,
        atMs: world.now(),
        because: becauseOfAll(world.written(), origins),
      })
      world.beforeHop(hops.length)
    },
  }
}

/** Every place once, in the order given; neighbouring ranges of a file become one. */
export function becauseOfAll(cluster: Cluster, origins: readonly Origin[]): readonly Because[] {
  const all: Because[] = []
  for (const because of origins.flatMap((origin) => becauseOf(cluster, origin))) {
    const at = all.findIndex((known) => touches(known, because))
    const known = all[at]
    if (known === undefined) all.push(because)
    else all[at] = joined(known, because)
  }
  return all
}

function touches(a: Because, b: Because): boolean {
  if (a.file !== b.file || !sameObject(a.object, b.object)) return false
  if (a.range === undefined || b.range === undefined) return a.range === b.range
  return a.range.line <= b.range.endLine + 1 && b.range.line <= a.range.endLine + 1
}

function joined(a: Because, b: Because): Because {
  if (a.range === undefined || b.range === undefined) return a
  return {
    ...a,
    range: {
      line: Math.min(a.range.line, b.range.line),
      endLine: Math.max(a.range.endLine, b.range.endLine),
      from: Math.min(a.range.from, b.range.from),
      to: Math.max(a.range.to, b.range.to),
    },
  }
}
