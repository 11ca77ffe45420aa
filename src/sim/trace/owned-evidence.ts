/** Says of each rule among a decision's candidates whose it is. */
import type { NodeRules } from '../kube-proxy/compile-node-rules.ts'
import { ownerOfRule } from '../kube-proxy/rule-owner.ts'
import type { Evidence } from './trace.ts'

/** The same evidence; candidates that are rules of the node's iptables have an owner. nft's table is kube-proxy's alone and says none. */
export function ownedEvidence(evidence: readonly Evidence[], rules: NodeRules): readonly Evidence[] {
  return evidence.map((each) => {
    if (each.kind !== 'rules') return each
    const candidates = each.candidates.map((candidate) =>
      isIptablesRule(candidate.id)
        ? { ...candidate, owner: ownerOfRule(rules.owners, candidate.id) }
        : candidate,
    )
    return { ...each, candidates }
  })
}

function isIptablesRule(id: string): boolean {
  return /^(raw|mangle|nat|filter|security) \S+ \d+$/.test(id)
}
