/** A host's netfilter before its first packet. */
import { emptyConntrack } from './conntrack.ts'
import type { NetfilterState } from './evaluation.ts'
import type { Ruleset } from './ruleset.ts'

/** The state that a rule set starts in: no connections, empty `recent` lists, counters at zero. */
export function openNetfilter(ruleset: Ruleset): NetfilterState {
  return { ruleset, conntrack: emptyConntrack, recent: {}, counters: {} }
}
