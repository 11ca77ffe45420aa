/**
 * What stands behind the rules of service ports. It is asked about the few rules that a packet takes, of the many that are there: nothing
 * is written down beforehand, and a question costs a walk over the service ports.
 */
import { ruleAt } from '../netfilter/chain-order.ts'
import type { Ruleset } from '../netfilter/ruleset.ts'
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
  return {
    origins: (id) => {
      const owner = ownerOfChain(all, id)
      if (owner !== undefined) return originsOfChain(owner.port, owner.chosen, id)
      const rule = ruleAt(ruleset, id)
      const writer = all.find(({ shared }) => shared.some((each) => each.rule === rule))
      return writer?.shared.find((each) => each.rule === rule)?.origins
    },
    cards: {
      ofServices: (isWanted = () => true) =>
        all.filter(({ port }) => isWanted(port.service.ref)).map(cardOfPort),
      ofChain: (chain) => {
        const owner = ownerOfChain(all, chain)
        const card = owner && cardOfPort(owner)
        return card?.chains.includes(chain) === true ? card : undefined
      },
    },
  }
}

function ownerOfChain(all: readonly ServicePortRules[], chain: string): ServicePortRules | undefined {
  return all.find(({ chains }) => chains.some(({ name }) => name === chain))
}

const known = new WeakMap<ServicePortRules, ServiceChain>()

function cardOfPort(rules: ServicePortRules): ServiceChain {
  const before = known.get(rules)
  if (before !== undefined) return before
  const card = serviceChain(rules.port, rules.chosen, rules.chains)
  known.set(rules, card)
  return card
}
