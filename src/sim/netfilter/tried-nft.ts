/** What is remembered of nftables' rules: each that was tried, and what they have put into sets. */
import type { NftElement, NftRule, NftStatement } from './nft-ruleset.ts'
import type { RuleId } from './ruleset.ts'

/** Sets that rules fill: set → key → when it ends, in milliseconds. */
export type NftDynamic = Readonly<Record<string, Readonly<Record<string, number>>>>

/** One rule tried: which statement failed, or what it found and drew. */
export interface TriedNftRule {
  readonly ruleId: RuleId
  /** Of the base chain from which it was reached. */
  readonly type: 'filter' | 'nat'
  readonly chain: string
  /** From 1. */
  readonly number: number
  readonly rule: NftRule
  readonly depth: number
  readonly outcome:
    | {
        readonly kind: 'skipped'
        readonly because: NftStatement
        /** What the packet had. */ readonly actual: string
      }
    | {
        readonly kind: 'taken'
        /** The element of a map that was found. */ readonly found?: NftElement
        /** What `numgen` drew. */ readonly drawn?: number
      }
    /** The hook ends here and its verdict is unknown. */
    | { readonly kind: 'not-modelled'; readonly text: string }
}
