/**
 * An nftables rule set as a structure: what `nft list ruleset` prints, of what kube-proxy writes. Models nftables 1.0.6
 * (src/parser_bison.y) for the expressions and statements named here.
 */
import type { IpAddress } from '../network/address.ts'

/** One table of the families ip or ip6. Sets and chains in the order of their making. */
export interface NftTable {
  readonly family: 'ip' | 'ip6'
  readonly name: string
  readonly comment?: string
  readonly sets: readonly NftSet[]
  readonly chains: readonly NftChain[]
}

/** A named set, or a map from keys to verdicts. */
export interface NftSet {
  readonly name: string
  readonly kind: 'set' | 'map'
  /** `ipv4_addr`, `inet_proto`, `inet_service`: more than one is a concatenation. */
  readonly types: readonly string[]
  readonly comment?: string
  /** Seconds that an element lives after its last `update`: a set that rules fill. */
  readonly timeoutSeconds?: number
  readonly elements: readonly NftElement[]
}

/** `key` has a part for each type, as text: `['10.96.0.1', 'tcp', '443']`. */
export interface NftElement {
  readonly key: readonly string[]
  /** Of a map. */
  readonly verdict?: NftVerdict
  readonly comment?: string
}

export type NftVerdict =
  { readonly kind: 'accept' | 'drop' | 'return' } | { readonly kind: 'jump' | 'goto'; readonly chain: string }

export type NftHook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting'

export interface NftChain {
  readonly name: string
  /** A base chain's place; absent: reached by jumps alone. */
  readonly base?: { readonly type: 'filter' | 'nat'; readonly hook: NftHook; readonly priority: number }
  readonly comment?: string
  readonly rules: readonly NftRule[]
}

/** Statements in order; the first match that fails ends the rule. */
export interface NftRule {
  readonly statements: readonly NftStatement[]
  readonly comment?: string
}

/** What a packet is asked for. `th dport`: of whatever transport it has. */
export type NftField =
  | 'ip saddr'
  | 'ip daddr'
  | 'ip6 saddr'
  | 'ip6 daddr'
  | 'meta l4proto'
  | 'th dport'
  | 'tcp dport'
  | 'udp dport'
  | 'ct state'
  | 'fib saddr type'
  | 'fib daddr type'
  | 'iifname'

export type NftStatement =
  | {
      readonly kind: 'match'
      readonly field: NftField
      readonly negated?: boolean
      /** Any of them; ranges of addresses as CIDRs, a final `*` in a name is a wildcard. */ readonly values: readonly string[]
      /** Written as a list even where it is one. */ readonly listed?: boolean
    }
  | { readonly kind: 'in-set'; readonly field: NftField; readonly set: string }
  | { readonly kind: 'mark-unset'; readonly mask: number }
  | { readonly kind: 'look-up'; readonly key: readonly NftField[]; readonly map: string }
  | {
      /** One draw, 0 ≤ n < `verdicts.length`, names the verdict. */ readonly kind: 'numgen'
      readonly verdicts: readonly NftVerdict[]
    }
  | { readonly kind: 'set-mark'; readonly operation: 'or' | 'xor'; readonly value: number }
  | { readonly kind: 'update'; readonly set: string; readonly field: NftField }
  | { readonly kind: 'verdict'; readonly verdict: NftVerdict }
  | { readonly kind: 'reject' }
  | { readonly kind: 'dnat'; readonly address: IpAddress; readonly port: number }
  | { readonly kind: 'masquerade'; readonly fullyRandom: boolean }
  | { readonly kind: 'counter'; readonly packets: number; readonly bytes: number }
  | {
      /** Something that we do not evaluate: never silently passed. */
      readonly kind: 'unknown'
      readonly text: string
    }
