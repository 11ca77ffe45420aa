/**
 * What `-m statistic --mode nth` has counted: a rule's packets that came as far as this match.
 * Models Linux net/netfilter/xt_statistic.c.
 */
import type { Match, Rule, RuleId } from './ruleset.ts'

/** Packets counted so far, by rule. Writing rules anew begins at zero. */
export type NthCounts = Readonly<Record<RuleId, number>>

/** The counts after a rule was tried: one more where its match was reached. `failed`: the match that ended it. */
export function nthAfter(counts: NthCounts, id: RuleId, rule: Rule, failed: Match | undefined): NthCounts {
  const reached = failed ? rule.matches.slice(0, rule.matches.indexOf(failed) + 1) : rule.matches
  return reached.some(isNth) ? { ...counts, [id]: (counts[id] ?? 0) + 1 } : counts
}

function isNth(match: Match): boolean {
  return match.kind === 'statistic-nth'
}
