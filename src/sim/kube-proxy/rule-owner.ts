/** Whose a node's chains and rules are: kube-proxy's, or those of its neighbours in the same tables. */
import type { RuleId } from '../netfilter/ruleset.ts'

/** Who wrote a rule. `imported`: it stood in a real node's dump, which says no writer. */
export type RuleOwner = 'kube-proxy' | Neighbour | 'imported'

/** Who keeps chains around kube-proxy's. */
export type Neighbour = 'kubelet' | 'calico'

/** `nat cali-nat-outgoing`, or a rule's id where others write into the chain too → whose it is. What is not there is kube-proxy's. */
export type Owners = Readonly<Record<string, Neighbour>>

/** Who wrote the rule with this id (`filter INPUT 4`). */
export function ownerOfRule(owners: Owners | undefined, id: RuleId): RuleOwner {
  if (owners === undefined) return 'imported'
  const chain = id.slice(0, id.lastIndexOf(' '))
  return owners[id] ?? owners[chain] ?? 'kube-proxy'
}
