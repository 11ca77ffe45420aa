/** One hook's passage, cut into the decisions that people tell apart: which Service, which endpoint, what was rewritten, what filter said. */
import type { ObjectRef, Origin } from '../cluster/object-ref.ts'
import type { NodeRules, RulesBasis } from '../kube-proxy/compile-node-rules.ts'
import type { HookPass, TriedRule } from '../netfilter/evaluation.ts'
import { chainNamed } from '../netfilter/chain-order.ts'
import { isNftRule } from '../netfilter/pass-nft.ts'
import { ruleId, type Rule, type RuleId, type Ruleset, type TableName } from '../netfilter/ruleset.ts'
import { phrase } from '../phrase.ts'
import { candidateOf, returned, rulesEvidence, targetName } from './rule-evidence.ts'
import type { Candidate, Evidence } from './trace.ts'

/** What nat did with a connection's first packet. */
export interface NatDecision {
  /** KUBE-SERVICES, and KUBE-NODEPORTS, KUBE-EXT, KUBE-FW where they were met. */
  readonly dispatch: Evidence
  /** The rule that led to a Service; absent where none matched. */
  readonly dispatchedBy?: TriedRule
  /** The choice among endpoints: present where a Service's own chain was entered. */
  readonly choice?: Evidence
  /** The chain that rewrote: an endpoint's, with hairpin mark and DNAT, or any other of a node's own. */
  readonly rewrite?: Evidence
  readonly service?: ObjectRef
  readonly serviceChain?: string
  /** Entered by a node port, so that the Service is met as a port of the node. */
  readonly byNodePort: boolean
  readonly rulesTried: number
  readonly origins: readonly Origin[]
}

/** Cuts a passage of nat PREROUTING or OUTPUT. */
export function natDecision(pass: HookPass, rules: NodeRules): NatDecision {
  const nat = pass.tried().filter((tried) => tried.table === 'nat')
  const dnat = nat.find((tried) => isTaken(tried) && isRewrite(tried.rule))
  const choiceChain = nat.find((tried) => isChoiceChain(tried))?.chain
  const choice = nat.filter((tried) => tried.chain === choiceChain)
  const rewrite = nat.filter((tried) => tried.chain === dnat?.chain)
  const dispatch = nat.filter(
    (tried) =>
      tried.depth > 0 &&
      !choice.includes(tried) &&
      !rewrite.includes(tried) &&
      tried.chain !== 'KUBE-MARK-MASQ',
  )
  const dispatchedBy = dispatch.findLast((tried) => isTaken(tried) && tried.chain === 'KUBE-SERVICES')
  const service = choiceChain === undefined ? undefined : rules.cards.ofChain(choiceChain)?.service
  return {
    dispatch: dispatchEvidence(dispatch, choiceChain),
    ...(dispatchedBy === undefined ? {} : { dispatchedBy }),
    ...(choice.length === 0 ? {} : { choice: choiceEvidence(choice, pass.state.ruleset) }),
    ...(dnat === undefined ? {} : { rewrite: rulesEvidence(phrase('evidence.endpoint'), rewrite) }),
    ...(service === undefined ? {} : { service }),
    ...(choiceChain === undefined ? {} : { serviceChain: choiceChain }),
    byNodePort: nat.some((tried) => tried.chain === 'KUBE-NODEPORTS' && isTaken(tried)),
    rulesTried: nat.length,
    origins: originsOf(rules, nat),
  }
}

/** What filter said at this hook: a candidate a jump of the built-in chain, and the very rule that decided. */
export function filterEvidence(pass: HookPass): Evidence {
  const filter = pass.tried().filter((tried) => tried.table === 'filter')
  const decidedBy = filter.findLast((tried) => isTaken(tried) && isTerminal(tried.rule))
  const top = filter.filter((tried) => tried.depth === 0)
  const decidedIn =
    decidedBy === undefined
      ? undefined
      : top.findLast((each) => filter.indexOf(each) <= filter.indexOf(decidedBy))
  const tried = top.map((each): Candidate => {
    const candidate = { ...candidateOf(each), name: targetName(each.rule) }
    if (candidate.verdict !== 'won') return candidate
    if (each !== decidedIn || decidedBy === undefined) return returned(candidate)
    return { ...candidate, reason: phrase('reason.applies', { target: targetName(decidedBy.rule) }) }
  })
  const last = top.at(-1)
  const rest = last === undefined ? [] : rulesAfter(pass.state.ruleset, last)
  return {
    kind: 'rules',
    title: phrase('evidence.filter', { hook: pass.hook }),
    candidates: [...tried, ...(decidedBy === undefined ? [] : rest)],
    texts: decidedBy === undefined ? [] : rulesEvidence(phrase('evidence.rule'), [decidedBy]).texts,
  }
}

/** The fields behind the rules that were taken. */
export function originsOf(rules: NodeRules, tried: readonly TriedRule[]): readonly Origin[] {
  return tried
    .filter(isTaken)
    .flatMap((each) => rules.origins(each.ruleId) ?? rules.origins(each.chain) ?? [])
}

/** Whether the rule was taken. */
function isTaken(tried: TriedRule): boolean {
  return tried.outcome.kind === 'taken'
}

function isChoiceChain(tried: TriedRule): boolean {
  return (
    /^KUBE-SV[CL]-/.test(tried.chain) || tried.rule.matches.some((match) => match.kind === 'statistic-random')
  )
}

function isRewrite({ target }: Rule): boolean {
  return target?.kind === 'DNAT' || target?.kind === 'REDIRECT'
}

function isTerminal(rule: Rule): boolean {
  const kind = rule.target?.kind
  return kind === 'ACCEPT' || kind === 'DROP' || kind === 'REJECT'
}

function dispatchEvidence(dispatch: readonly TriedRule[], choiceChain: string | undefined): Evidence {
  const evidence = rulesEvidence(phrase('evidence.dispatch'), dispatch)
  if (choiceChain !== undefined) return evidence
  // Without a Service's chain nothing was decided: a jump that was taken came back.
  return {
    ...evidence,
    candidates: evidence.candidates.map((each) => (each.verdict === 'won' ? returned(each) : each)),
    texts: [],
  }
}

function choiceEvidence(choice: readonly TriedRule[], ruleset: Ruleset): Evidence {
  const evidence = rulesEvidence(phrase('evidence.choice', { chain: choice[0]?.chain ?? '' }), choice)
  const last = choice.at(-1)
  const rest = last === undefined ? [] : rulesAfter(ruleset, last)
  return {
    ...evidence,
    candidates: [...evidence.candidates.map((each) => namedByTarget(each, choice)), ...rest],
  }
}

function namedByTarget(candidate: Candidate, choice: readonly TriedRule[]): Candidate {
  const rule = choice.find((tried) => tried.ruleId === candidate.id)?.rule
  if (rule === undefined) return candidate
  if (targetName(rule) === 'KUBE-MARK-MASQ') return { ...candidate, name: 'KUBE-MARK-MASQ' }
  if (!targetName(rule).startsWith('KUBE-SEP-') || candidate.draw !== undefined) return candidate
  const reason = candidate.verdict === 'won' ? phrase('reason.takes-the-rest') : candidate.reason
  return { ...candidate, name: targetName(rule), reason }
}

/** The rules of a chain behind the last one tried: they were never asked. */
function rulesAfter(ruleset: Ruleset, last: TriedRule): readonly Candidate[] {
  const rules = chainRules(ruleset, last.table, last.chain)
  return rules.slice(last.number).map((rule, index) => ({
    id: ruleId(last.table, last.chain, last.number + index + 1),
    name: notTriedName(rule),
    verdict: 'not-tried',
    reason: phrase('reason.not-tried'),
  }))
}

function notTriedName(rule: Rule): string {
  const statistic = rule.matches.find((match) => match.kind === 'statistic-random')
  if (statistic?.kind === 'statistic-random') return `p ${(statistic.threshold / 2 ** 31).toFixed(2)}`
  return targetName(rule)
}

function chainRules(ruleset: Ruleset, table: TableName, chain: string): readonly Rule[] {
  const found = ruleset.tables.find((each) => each.name === table)
  return (found && chainNamed(found, chain)?.rules) ?? []
}

/** How a rule is known: as the text in which it stands. Absent: a policy, which stands with iptables' rules. */
export function basisOfRule(rules: NodeRules, by: RuleId | undefined): RulesBasis {
  const isNft = by !== undefined && isNftRule(by)
  return (isNft ? rules.nft?.basis : undefined) ?? rules.basis
}
