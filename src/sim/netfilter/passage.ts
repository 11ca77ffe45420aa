/** A packet on its way through one hook, between two stations. */
import { ipVersion } from '../network/address.ts'
import type { Packet } from '../network/packet.ts'
import type {
  HookContext,
  HookPass,
  HookVerdict,
  IpvsMark,
  NetfilterState,
  Rewrite,
  Tracking,
} from './evaluation.ts'
import type { Moment } from './moment.ts'
import type { ConntrackState, Hook } from './ruleset.ts'
import type { TriedNftRule } from './tried-nft.ts'
import type { TableWalk } from './walk-table.ts'
import { isDestinationRewritten, isSourceRewritten } from './tuple.ts'

/** Everything that a packet takes along from station to station. */
export interface Passage {
  readonly hook: Hook
  readonly context: HookContext
  readonly before: Packet
  readonly packet: Packet
  readonly state: NetfilterState
  readonly tracking: Tracking
  readonly isFirst: boolean
  readonly verdict: HookVerdict
  /** The iptables tables that it went through. */
  readonly walks: readonly TableWalk[]
  readonly rewrites: readonly Rewrite[]
  readonly triedNft: readonly TriedNftRule[]
  readonly ipvs?: HookPass['ipvs']
  readonly ipvsMark?: IpvsMark
  readonly clashResolved?: true
}

/** What a match may ask about at this point of the passage. */
export function momentOf({ context, state, tracking, ipvsMark }: Passage): Moment {
  const { inInterface, outInterface, isLocal, routeTo, sender, sets, now } = context
  return {
    ...(ipvsMark?.kind === 'request' && { ipvs: ipvsMark.server }),
    ...(inInterface !== undefined && { inInterface }),
    ...(outInterface !== undefined && { outInterface }),
    isLocal,
    ...(routeTo && { routeTo }),
    ...(sender && { sender }),
    ...(tracking.kind === 'tracked' && { connection: tracking }),
    ctStates: ctStates(tracking),
    recent: state.recent,
    ...(sets !== undefined && { sets }),
    now,
  }
}

/** xt_conntrack.c: a packet without a connection is INVALID. */
function ctStates(tracking: Tracking): readonly ConntrackState[] {
  if (tracking.kind !== 'tracked') return [tracking.kind === 'invalid' ? 'INVALID' : 'UNTRACKED']
  const states: ConntrackState[] = [tracking.ctState]
  if (!tracking.entry.byIpvs && isDestinationRewritten(tracking.entry)) states.push('DNAT')
  if (isSourceRewritten(tracking.entry)) states.push('SNAT')
  return states
}

/** What REJECT answers where no other error is named, in the packet's family. */
export function portUnreachable(packet: Packet): string {
  return ipVersion(packet.dst) === 4 ? 'icmp-port-unreachable' : 'icmp6-port-unreachable'
}
