/**
 * What `iptables-save` prints, as a structure. kube-proxy compiles to it, the parser gives it, and it alone is evaluated:
 * what a person reads is what ran.
 */
import type { Cidr, IpAddress, IpVersion } from '../network/address.ts'
import type { IpProtocol } from '../network/packet.ts'
import type { SetDirection } from './ip-sets.ts'

export type TableName = 'raw' | 'mangle' | 'nat' | 'filter' | 'security'
export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING'

/** `nat KUBE-SVC-2CMXP7HKUVJN7L6M 3`: table, chain, number from 1, as `iptables -L --line-numbers` counts. */
export type RuleId = string

/** The id of a rule by its place. */
export function ruleId(table: TableName, chain: string, number: number): RuleId {
  return `${table} ${chain} ${number}`
}

/** Tables in the order in which they were given; `printIptablesSave` orders them. */
export interface Ruleset {
  readonly tables: readonly Table[]
}

export interface Table {
  readonly name: TableName
  readonly chains: readonly Chain[]
}

export interface Chain {
  readonly name: string
  /** Built-in chains have a policy, the others print `-`. */
  readonly policy?: 'ACCEPT' | 'DROP'
  readonly rules: readonly Rule[]
}

/** Matches in the order in which they are checked and printed. No target: the rule only counts. */
export interface Rule {
  readonly matches: readonly Match[]
  readonly target?: Target
}

/** `negated`: written with `!`. */
interface Negatable {
  readonly negated?: boolean
}

/** Ports of a range, both ends included. One port: equal ends. */
export interface PortRange {
  readonly from: number
  readonly to: number
}

/** What tcp, udp and sctp compare one port with. */
export type PortCondition = PortRange & Negatable

export type ConntrackState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED' | 'DNAT' | 'SNAT'

/** TCP's flags as iptables names them. */
export type FlagName = 'FIN' | 'SYN' | 'RST' | 'PSH' | 'ACK' | 'URG'

/** What `-m conntrack` asks beside the state. */
export type ConntrackCondition = Negatable &
  (
    | { readonly ask: 'protocol'; readonly number: number }
    | {
        readonly ask: 'address'
        readonly tuple: 'original' | 'reply'
        readonly end: 'src' | 'dst'
        readonly cidr: Cidr
      }
    | (PortRange & {
        readonly ask: 'port'
        readonly tuple: 'original' | 'reply'
        readonly end: 'src' | 'dst'
      })
    | { readonly ask: 'status'; readonly statuses: readonly ConntrackStatus[] }
    | { readonly ask: 'direction'; readonly direction: 'ORIGINAL' | 'REPLY' }
  )

/** `NONE` is no bit at all. */
export type ConntrackStatus = 'NONE' | 'EXPECTED' | 'SEEN_REPLY' | 'ASSURED' | 'CONFIRMED'

/** Who sent the packet from this host; ids from … to, both included. */
export type OwnerCondition = Negatable &
  ((PortRange & { readonly ask: 'uid' | 'gid' }) | { readonly ask: 'socket-exists' })

export type PhysdevCondition = Negatable &
  (
    | { readonly ask: 'in' | 'out'; readonly name: string }
    | { readonly ask: 'is-in' | 'is-out' | 'is-bridged' }
  )

export type Match =
  | (Negatable & { readonly kind: 'source' | 'destination'; readonly cidr: Cidr })
  | (Negatable & {
      readonly kind: 'in-interface' | 'out-interface'
      /** A final `+` is a wildcard. */ readonly name: string
    })
  | (Negatable & {
      readonly kind: 'protocol'
      /** Or another name or number, as given; no packet here has it. */ readonly protocol:
        IpProtocol | (string & {})
    })
  | { readonly kind: 'comment'; readonly text: string }
  | {
      /** `-m tcp`, with no port: the protocol's extension was loaded and checks nothing but the protocol. */
      readonly kind: 'ports'
      readonly protocol: 'tcp' | 'udp' | 'sctp'
      readonly source?: PortCondition
      readonly destination?: PortCondition
      /** tcp alone: of the flags in `mask` those in `set` are there, and no others. `--syn` is one of these. */
      readonly flags?: Negatable & { readonly mask: readonly FlagName[]; readonly set: readonly FlagName[] }
    }
  | (Negatable & {
      readonly kind: 'multiport'
      readonly side: 'source' | 'destination' | 'both'
      readonly ports: readonly PortRange[]
    })
  | (Negatable & {
      readonly kind: 'icmp'
      /** 6: `-m icmp6`. */ readonly version: IpVersion
      readonly type: number
      readonly code?: number
    })
  | (Negatable & {
      /** The packet's mark, or its connection's. */ readonly kind: 'mark' | 'connmark'
      readonly value: number
      readonly mask: number
    })
  | (Negatable & {
      readonly kind: 'conntrack'
      /** Any of them; none named: the state is not asked. `negated` is about them. */
      readonly states: readonly ConntrackState[]
      /** Written `-m state --state`. */
      readonly asState?: true
      /** All of these as well. */
      readonly conditions?: readonly ConntrackCondition[]
    })
  | (Negatable & {
      readonly kind: 'statistic-random'
      /** Of 2^31: the kernel keeps the nearest multiple. */ readonly threshold: number
    })
  | {
      /** One packet of `every` that come so far: the one with this number, from 0. */
      readonly kind: 'statistic-nth'
      readonly every: number
      readonly packet: number
    }
  | (Negatable & {
      readonly kind: 'addrtype'
      readonly side: 'source' | 'destination'
      /** Names with commas between them: one of these. */
      readonly type: string
      /** An address of the interface that the packet came or leaves by. */
      readonly limit?: 'in' | 'out'
    })
  | (Negatable & {
      readonly kind: 'recent'
      readonly name: string
      readonly action: 'set' | 'rcheck' | 'update' | 'remove'
      readonly seconds?: number
      readonly reap?: boolean
      readonly hitcount?: number
      readonly mask: string
      /** Absent: the source. */
      readonly side?: 'destination'
    })
  | { readonly kind: 'owner'; readonly conditions: readonly OwnerCondition[] }
  | (Negatable & {
      readonly kind: 'pkttype'
      /** How it was sent to the host: `unicast`, `broadcast`, `multicast`. */ readonly type: string
    })
  | (Negatable & {
      /** The way back to the packet's source leaves by the interface that it came in by. `negated`: `--invert`. */
      readonly kind: 'rpfilter'
      readonly loose?: true
      readonly validMark?: true
      readonly acceptLocal?: true
    })
  | (Negatable & {
      /** Whether the packet is in an ipset, looked at from these ends, one a dimension of the set. */
      readonly kind: 'set'
      readonly name: string
      readonly directions: readonly SetDirection[]
    })
  /** Came in or leaves through a port of a bridge: all of these. */
  | { readonly kind: 'physdev'; readonly conditions: readonly PhysdevCondition[] }
  | {
      /** IPVS rewrote the packet for this virtual server. */ readonly kind: 'ipvs'
      readonly protocol: number
      readonly address: IpAddress
      readonly port: number
    }
  | { readonly kind: 'nfacct'; readonly name: string }
  | {
      /** Something that we do not evaluate: never silently passed. */ readonly kind: 'unknown'
      readonly text: string
    }

/** Ports that a rewrite may take: one, or up to `toPort`. */
interface NatPorts {
  readonly port?: number
  readonly toPort?: number
  readonly random?: boolean
}

/** Addresses too: one, or up to `toAddress`. */
interface NatRange extends NatPorts {
  readonly toAddress?: IpAddress
  /** A sender gets the same address for all that it sends to. */
  readonly persistent?: boolean
}

export type Target =
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  | { readonly kind: 'ACCEPT' | 'DROP' | 'RETURN' }
  | { readonly kind: 'REJECT'; readonly with: string }
  | (NatRange & { readonly kind: 'DNAT'; readonly address: IpAddress })
  | (NatRange & {
      readonly kind: 'SNAT'
      readonly address: IpAddress
      readonly randomFully: boolean
    })
  | (NatPorts & { readonly kind: 'MASQUERADE'; readonly randomFully: boolean })
  | (NatPorts & { readonly kind: 'REDIRECT' })
  | {
      /** `--set-xmark value/mask`: mark = (mark & ~mask) ^ value. */ readonly kind: 'MARK'
      readonly value: number
      readonly mask: number
    }
  | {
      /** The connection's mark: written like MARK's, or copied from the packet's or to it, as far as the masks go. */
      readonly kind: 'CONNMARK'
      readonly action: 'set'
      readonly value: number
      readonly mask: number
    }
  | {
      readonly kind: 'CONNMARK'
      readonly action: 'save' | 'restore'
      readonly packetMask: number
      readonly connectionMask: number
    }
  /** No connection is tracked for the packet. Two spellings of one thing: `NOTRACK` and `CT --notrack`. */
  | { readonly kind: 'NOTRACK'; readonly asCt?: true }
  | {
      /** Changes nothing that is modelled, and the packet goes on to the next rule. */
      readonly kind: 'passing'
      readonly name: PassingTarget
      readonly text: string
    }
  | { readonly kind: 'unknown'; readonly name: string; readonly text: string }

/** They write logs, or fields that no packet here has (the segment size, the checksum). */
export type PassingTarget = 'LOG' | 'NFLOG' | 'TRACE' | 'TCPMSS' | 'CHECKSUM'
