/** Which rules of a node the current step touched. */
import type { Hop } from '../sim/trace/trace.ts'
import { lineOf } from './rule-lines.ts'

/** `won`: the rule that decided; `tried`: looked at, and its matches did not hold. */
export type RuleMark = 'won' | 'tried'

/** Marks by rule id, for the rules that the hop tried on this node. Empty for a hop elsewhere. */
export function ruleMarks(hop: Hop | undefined, node: string): ReadonlyMap<string, RuleMark> {
  const marks = new Map<string, RuleMark>()
  if (hop === undefined || hop.place.node !== node) return marks
  for (const evidence of hop.evidence) {
    if (evidence.kind !== 'rules') continue
    for (const { id: candidate, verdict } of evidence.candidates) {
      const id = lineOf(candidate)
      if (verdict === 'won' || verdict === 'unknown') marks.set(id, 'won')
      else if (verdict === 'lost' && !marks.has(id)) marks.set(id, 'tried')
    }
  }
  return marks
}
