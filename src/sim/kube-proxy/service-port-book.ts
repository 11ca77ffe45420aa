/**
 * What stands behind the rules of service ports. It is asked about the few rules that a packet takes, so that nothing is written down
 * beforehand: an index is made with the first question, and an answer worked out with each.
 */
import type { Origin } from '../cluster/object-ref.ts'
import { ruleId, type Rule, type RuleId, type Ruleset } from '../netfilter/ruleset.ts'
import type { Origins } from './rule-writer.ts'
import { serviceChain, type ServiceCards, type ServiceChain } from './service-chain.ts'
import type { ServicePortRules } from './service-port-rules.ts'
import { originsOfChain } from './write-service-chains.ts'

/** The fields behind rules, and the cards of service ports. */
export interface ServicePortBook {
  readonly origins: Origins
  readonly cards: ServiceCards
}

/** Of all service ports, whose rules stand in `ruleset`. */
export function servicePortBook(all: readonly ServicePortRules[], ruleset: Ruleset): ServicePortBook {
  const byChain = once(() => new Map(all.flatMap((rules) => rules.chains.map(({ name }) => [name, rules]))))
  const behind = once(() => sharedOrigins(all, ruleset))
  const cards = once(() => all.map(cardOfPort))
  return {
    origins: (id) => {
      const owner = byChain().get(id)
      return owner === undefined ? behind().get(id) : originsOfChain(owner.port, owner.chosen, id)
    },
    cards: {
      all: cards,
      ofChain: (chain) => {
        const owner = byChain().get(chain)
        const card = owner && cardOfPort(owner)
        return card?.chains.includes(chain) === true ? card : undefined
      },
    },
  }
}

function once<T extends object>(work: () => T): () => T {
  let known: T | undefined
  return () => (known ??= work())
}

/** Those of the rules in chains that all Services share. */
function sharedOrigins(
  all: readonly ServicePortRules[],
  ruleset: Ruleset,
): ReadonlyMap<RuleId, readonly Origin[]> {
  const shared = all.flatMap((rules) => rules.shared)
  const byRule = new Map<Rule, readonly Origin[]>(shared.map(({ rule, origins }) => [rule, origins]))
  const chains = new Set(shared.map(({ chain }) => chain))
  const found = new Map<RuleId, readonly Origin[]>()
  for (const table of ruleset.tables)
    for (const { name, rules } of table.chains.filter((chain) => chains.has(chain.name)))
      for (const [index, rule] of rules.entries()) {
        const origins = byRule.get(rule)
        if (origins !== undefined) found.set(ruleId(table.name, name, index + 1), origins)
      }
  return found
}

const known = new WeakMap<ServicePortRules, ServiceChain>()

function cardOfPort(rules: ServicePortRules): ServiceChain {
  const before = known.get(rules)
  if (before !== undefined) return before
  const card = serviceChain(rules.port, rules.chosen, rules.chains)
  known.set(rules, card)
  return card
}
