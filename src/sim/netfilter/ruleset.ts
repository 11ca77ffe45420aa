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
  | (Negatable & { readonly kind: 'mark'; readonly value: number; readonly mask: number })
  | (Negatable & { readonly kind: 'conntrack'; readonly states: readonly ConntrackState[] })
  | {
      readonly kind: 'statistic-random'
      /** Of 2^31: the kernel keeps the nearest multiple. */ readonly threshold: number
    }
  | { readonly kind: 'statistic-nth'; readonly every: number; readonly packet: number }
  | (Negatable & {
      readonly kind: 'addrtype'
      readonly side: 'source' | 'destination'
      readonly type: string
    })
  | {
      readonly kind: 'recent'
      readonly name: string
      readonly action: 'set' | 'rcheck'
      readonly seconds?: number
      readonly reap?: boolean
      readonly mask: string
    }
  | (Negatable & {
      /** Whether the packet is in an ipset, looked at from these ends, one a dimension of the set. */
      readonly kind: 'set'
      readonly name: string
      readonly directions: readonly SetDirection[]
    })
  /** Came in through a port of a bridge. */
  | (Negatable & { readonly kind: 'physdev-is-in' })
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

export type Target =
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  | { readonly kind: 'ACCEPT' | 'DROP' | 'RETURN' }
  | { readonly kind: 'REJECT'; readonly with: string }
  | { readonly kind: 'DNAT'; readonly address: IpAddress; readonly port?: number }
  | {
      readonly kind: 'SNAT'
      readonly address: IpAddress
      readonly port?: number
      readonly randomFully: boolean
    }
  | { readonly kind: 'MASQUERADE'; readonly randomFully: boolean }
  | { readonly kind: 'REDIRECT'; readonly port?: number }
  | {
      /** `--set-xmark value/mask`: mark = (mark & ~mask) ^ value. */ readonly kind: 'MARK'
      readonly value: number
      readonly mask: number
    }
  | { readonly kind: 'unknown'; readonly name: string; readonly text: string }
