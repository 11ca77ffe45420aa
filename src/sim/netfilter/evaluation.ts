/** What happened when a packet passed one hook: every rule tried, in order, with the reason that it did not match. */
import type { Millis } from '../clock.ts'
import type { Draw } from '../draw.ts'
import type { IpAddress } from '../network/address.ts'
import type { Packet } from '../network/packet.ts'
import type { ConntrackEntry, ConntrackTable } from './conntrack.ts'
import type { ConntrackSettings } from './conntrack-settings.ts'
import type { ConntrackStatistics } from './conntrack-statistics.ts'
import type { IpSets } from './ip-sets.ts'
import type { IpvsState } from './ipvs-state.ts'
import type { NftTable } from './nft-ruleset.ts'
import type { NftDynamic, TriedNftRule } from './tried-nft.ts'
import type { IpvsOutcome } from './pass-ipvs.ts'
import type { VirtualServer } from './ipvs-server.ts'
import type { NthCounts } from './nth.ts'
import type { RecentLists } from './recent.ts'
import type { Sender } from './sender.ts'
import type { Hook, Match, Rule, RuleId, Ruleset, TableName } from './ruleset.ts'
import type { Direction, Tuple } from './tuple.ts'

/** All that one network namespace's netfilter remembers between packets. Plain data. */
export interface NetfilterState {
  readonly ruleset: Ruleset
  readonly conntrack: ConntrackTable
  /** What connection tracking has counted; absent: nothing yet. */
  readonly statistics?: ConntrackStatistics
  /** `-m recent` lists. */
  readonly recent: RecentLists
  /** What `-m statistic --mode nth` has counted; absent: nothing yet. */
  readonly nth?: NthCounts
  /** Packets that each rule took, for `iptables-save -c`; a missing rule took none. Number 0 stands for a built-in chain's policy. */
  readonly counters: Readonly<Record<RuleId, { readonly packets: number; readonly bytes: number }>>
  /** kube-proxy's nftables table, and what its rules have put into sets; absent: none. */
  readonly nft?: { readonly table: NftTable; readonly dynamic: NftDynamic }
  /** Absent: the kernel has no virtual server, and IPVS's hooks do nothing. */
  readonly ipvs?: IpvsState
  /** The packet on its way between two hooks of this host; absent before the first and after a drop. */
  readonly inFlight?: InFlight
}

/** What the kernel hangs on a packet from hook to hook (`skb->_nfct`). The next hook knows the packet again by its addresses. */
export interface InFlight {
  /** The packet's own tuple as the last hook left it. */
  readonly tuple: Tuple
  readonly tracking: Tracking
  /** IPVS has rewritten the packet and looks at it no more (`skb->ipvs_property`); the virtual server of a request. */
  readonly ipvs?: IpvsMark
}

export type IpvsMark =
  | { readonly kind: 'request'; readonly server: Pick<VirtualServer, 'protocol' | 'address' | 'port'> }
  | { readonly kind: 'reply' }

/** What connection tracking says of one packet. */
export type Tracking =
  | {
      readonly kind: 'tracked'
      readonly entry: ConntrackEntry
      readonly direction: Direction
      /** What `--ctstate` compares; RELATED is an ICMP error about the connection. */
      readonly ctState: 'NEW' | 'ESTABLISHED' | 'RELATED'
      /** Whether the entry stands in the table: not before its first packet has left POSTROUTING or INPUT. */
      readonly confirmed: boolean
      /** The rewrites that nat has decided upon; it is asked for each only once. */
      readonly decided: readonly Rewrite['kind'][]
    }
  | { readonly kind: 'invalid' }
  /** A rule of `raw` said that no connection is to be tracked. */
  | { readonly kind: 'untracked' }

/** What a hook must know of the host around it. */
export interface HookContext {
  readonly inInterface?: string
  readonly outInterface?: string
  /** Whether the host owns the address, on that very interface where one is named: addrtype LOCAL. 127.0.0.0/8 is local everywhere. */
  readonly isLocal: (address: IpAddress, interfaceName?: string) => boolean
  /** The interface by which the host sends to the address, `lo` to its own; undefined where it cannot. Absent: routes are not known. */
  readonly routeTo?: (address: IpAddress) => string | undefined
  /** The outgoing interface's address, what MASQUERADE writes; asked only in POSTROUTING. */
  readonly masqueradeAddress?: IpAddress
  /** The incoming interface's first address, what REDIRECT writes; asked only in PREROUTING. */
  readonly redirectAddress?: IpAddress
  /** Whose the packet is; absent: not known. Asked only where it leaves. */
  readonly sender?: Sender
  /** The host's ipsets by name; a set that is not there is not modelled. */
  readonly sets?: IpSets
  /** Absent: as the kernel starts. */
  readonly conntrack?: ConntrackSettings
  /**
   * The packet passes on one CPU while, on another, a packet of the same socket opens the connections with this id and later: looking
   * for its own connection it does not find them yet. Absent: nothing happens at the same moment.
   */
  readonly racingFrom?: number
  readonly now: Millis
  readonly draw: Draw
}

/** Why a rule did not match: the first match that failed, and what the packet had instead (as text for people; empty where chance decided). */
export interface FailedMatch {
  readonly match: Match
  readonly actual: string
  /** What `statistic` drew, 0 ≤ drawn < 2^31. */
  readonly drawn?: number
}

export type RuleOutcome =
  | { readonly kind: 'skipped'; readonly because: FailedMatch }
  | {
      readonly kind: 'taken'
      /** Of a statistic match that held. */ readonly drawn?: number
    }
  | {
      /** A match or target that we do not evaluate. The hook ends here and its verdict is unknown. */ readonly kind: 'not-modelled'
      readonly text: string
    }

/** One rule tried. */
export interface TriedRule {
  readonly ruleId: RuleId
  readonly table: TableName
  readonly chain: string
  /** From 1. */
  readonly number: number
  readonly rule: Rule
  /** How many jumps deep the chain is; 0 in a built-in chain. */
  readonly depth: number
  readonly outcome: RuleOutcome
}

export type HookVerdict =
  | { readonly kind: 'accept' }
  | {
      readonly kind: 'drop'
      /** Absent: the chain's policy, IPVS, or what `because` says. */ readonly by?: RuleId
      /** `nf_conntrack: table full, dropping packet`; or another CPU's packet opened the same connection at the same moment. */
      readonly because?: 'conntrack-full' | 'conntrack-clash'
    }
  | {
      readonly kind: 'reject'
      /** Absent: IPVS, whose virtual server has no real server. */ readonly by?: RuleId
      readonly with: string
    }
  /** IPVS sends the packet, rewritten, on its way as if the host itself had sent it: OUTPUT comes next. */
  | { readonly kind: 'stolen' }
  | { readonly kind: 'unknown'; /** Absent: IPVS. */ readonly by?: RuleId; readonly text: string }

/** A rewrite that nat made or that conntrack repeated. */
export interface Rewrite {
  readonly kind: 'DNAT' | 'SNAT'
  /** The rule that decided; absent when conntrack repeated an earlier outcome or undid it in a reply. */
  readonly by?: RuleId
  readonly before: Packet
  readonly after: Packet
}

/** A packet's whole passage of one hook, all tables in the kernel's order. */
export interface HookPass {
  readonly hook: Hook
  readonly verdict: HookVerdict
  readonly before: Packet
  readonly after: Packet
  /** Every rule tried, in order, over all tables. nat's are there only for the first packet of a connection. */
  readonly tried: () => readonly TriedRule[]
  /** How many those are. */
  readonly rulesTried: number
  readonly rewrites: readonly Rewrite[]
  /** Every rule of nftables tried, in order, over all base chains. */
  readonly triedNft?: readonly TriedNftRule[]
  /** What IPVS did, where the packet was its own. */
  readonly ipvs?: Exclude<IpvsOutcome, { kind: 'ignored' }>
  readonly connection?: {
    readonly entry: ConntrackEntry
    readonly direction: Direction
    /** Whether this packet is the connection's first here, so that nat was asked. */
    readonly isFirst: boolean
  }
  /** Another CPU's packet had just opened the very same connection, and this one goes on as that one's. */
  readonly clashResolved?: true
  readonly state: NetfilterState
}

/** How many rules the kernel tried in one passage, over all tables and base chains. */
export function rulesTriedIn({ rulesTried, triedNft = [] }: HookPass): number {
  return rulesTried + triedNft.length
}
