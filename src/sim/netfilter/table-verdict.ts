/** How one table decides about a packet. */
import type { RuleId, Target } from './ruleset.ts'

/** Targets that rewrite addresses; they decide in nat and belong nowhere else. */
export type NatTarget = Extract<Target, { kind: 'DNAT' | 'SNAT' | 'MASQUERADE' | 'REDIRECT' }>

/** How a table decided. `accept` without `by` is the policy. */
export type TableVerdict =
  | { readonly kind: 'accept'; readonly by?: RuleId }
  | { readonly kind: 'drop'; readonly by?: RuleId }
  | { readonly kind: 'reject'; readonly by: RuleId; readonly with: string }
  | { readonly kind: 'translate'; readonly by: RuleId; readonly target: NatTarget }
  | { readonly kind: 'unknown'; readonly by: RuleId; readonly text: string }
