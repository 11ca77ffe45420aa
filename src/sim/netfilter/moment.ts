/** What a match knows beyond the packet, and what it may say. */
import type { Millis } from '../clock.ts'
import type { SeenConnection } from './check-conntrack.ts'
import type { HookContext } from './evaluation.ts'
import type { IpSets } from './ip-sets.ts'
import type { VirtualServer } from './ipvs-server.ts'
import type { RecentLists } from './recent.ts'
import type { Sender } from './sender.ts'
import type { ConntrackState } from './ruleset.ts'

/** What a match may ask about beyond the packet itself. */
export interface Moment {
  readonly inInterface?: string
  readonly outInterface?: string
  readonly isLocal: HookContext['isLocal']
  readonly routeTo?: HookContext['routeTo']
  /** What conntrack says of the packet: one of NEW to UNTRACKED, and beside it DNAT and SNAT where they are true. */
  readonly ctStates: readonly ConntrackState[]
  /** Absent for a packet that belongs to none. */
  readonly connection?: SeenConnection
  /** Packets that the rule's `nth` match has counted before this one. */
  readonly nthBefore?: number
  readonly recent: RecentLists
  readonly sender?: Sender
  /** The ipsets that are known. */
  readonly sets?: IpSets
  /** The virtual server for which IPVS has rewritten the packet. */
  readonly ipvs?: Pick<VirtualServer, 'protocol' | 'address' | 'port'>
  readonly now: Millis
}

/** `actual` is text for people in iptables' own words; `drawn` is there when chance was asked. */
export type CheckedMatch =
  | { readonly kind: 'holds'; readonly drawn?: number }
  | { readonly kind: 'fails'; readonly actual: string; readonly drawn?: number }
  | { readonly kind: 'not-modelled'; readonly text: string }
