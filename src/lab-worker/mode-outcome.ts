/** What came of one request in one mode of kube-proxy: of its trace the few things in which modes differ. */
import type { ProxyMode } from '../sim/cluster/cluster.ts'
import type { IpAddress } from '../sim/network/address.ts'
import type { Phrase } from '../sim/phrase.ts'
import { decidedBy, legOf, ruleTextOf } from '../sim/trace/deciding-hop.ts'
import type { Basis, Hop, Trace, Verdict } from '../sim/trace/trace.ts'

/** Of the leg that the client opened, name lookups left aside; of a request that is a lookup, that one. */
export interface ModeOutcome {
  readonly mode: ProxyMode
  readonly verdict: Verdict
  /** Who answered, refused or lost it: the host of that step. */
  readonly end?: { readonly title: Phrase; readonly host: string }
  /** The step that decided. `rule`: the very rule or virtual server, where one did; without it none matched. */
  readonly decided?: {
    readonly title: Phrase
    readonly host: string
    readonly hook?: string
    readonly rule?: string
    readonly basis: Basis
  }
  /** What the kernels on its way tried for the first packet, iptables and nftables together. */
  readonly firstPacket?: { readonly says: string; readonly rulesTried: number }
  /** The source address that the program that answered saw. */
  readonly seenFrom?: IpAddress
  /** What the client's program prints; absent where no tool of the terminal asks this. */
  readonly prints?: string
}

/** Reads a trace. `prints` is the terminal's to say. */
export function modeOutcome(mode: ProxyMode, trace: Trace): Omit<ModeOutcome, 'prints'> {
  const hops = legOf(trace)
  const end = endOf(hops)
  const decided = decidedBy(hops)
  const packet = trace.packets.find(
    ({ exchange, direction }) => exchange === hops[0]?.exchange && direction === 'request',
  )
  const seen = hops.find(({ kind }) => kind === 'answer')?.before.dst
  return {
    mode,
    verdict: trace.verdict,
    ...(end && { end: { title: end.title, host: end.place.host } }),
    ...(decided && { decided: deciding(decided) }),
    ...(packet && { firstPacket: { says: packet.says, rulesTried: packet.cost.rulesTried } }),
    ...(seen !== undefined && { seenFrom: seen }),
  }
}

/** A refusal ends it, then an answer; else the place where it was lost. */
function endOf(hops: readonly Hop[]): Hop | undefined {
  return (
    hops.find(({ kind }) => kind === 'refuse' || kind === 'drop') ??
    hops.findLast(({ kind }) => kind === 'answer') ??
    hops.find(({ kind }) => kind === 'silence')
  )
}

function deciding(hop: Hop): NonNullable<ModeOutcome['decided']> {
  const { title, place, basis } = hop
  const rule = ruleTextOf(hop)
  return {
    title,
    host: place.host,
    basis,
    ...(place.hook !== undefined && { hook: place.hook }),
    ...(rule !== undefined && { rule }),
  }
}
