/** ipsets that were read from a real node, beside rules that ask them. */
import type { IpSets } from '../netfilter/ip-sets.ts'
import type { NodeRules } from './compile-node-rules.ts'

/**
 * The rules with these sets in place of their own of the same names. What rules decide by an imported set is no more than imported,
 * though a manifest wrote the rules.
 */
export function withImportedSets(rules: NodeRules, sets: IpSets): NodeRules {
  const isAsked = rules.ruleset.tables.some(({ chains }) =>
    chains.some((chain) =>
      chain.rules.some(({ matches }) =>
        matches.some((match) => match.kind === 'set' && Object.hasOwn(sets, match.name)),
      ),
    ),
  )
  return { ...rules, ...(isAsked && { basis: 'imported' }), sets: { ...rules.sets, ...sets } }
}
