/** Rules of nftables as evidence: a candidate a rule tried, and one a row where a draw named the endpoint. */
import type { Origin } from '../cluster/object-ref.ts'
import type { NodeRules } from '../kube-proxy/compile-node-rules.ts'
import { MARK_FOR_MASQUERADE } from '../kube-proxy/nft-names.ts'
import { elementKey } from '../kube-proxy/nft-writer.ts'
import type { HookPass } from '../netfilter/evaluation.ts'
import type { NftRule, NftStatement } from '../netfilter/nft-ruleset.ts'
import { nftRowId } from '../netfilter/pass-nft.ts'
import type { TriedNftRule } from '../netfilter/tried-nft.ts'
import { printElement, printNftRule, printVerdict } from '../netfilter/print-nft.ts'
import { phrase, type Phrase } from '../phrase.ts'
import type { Candidate, Evidence, EvidenceText } from './trace.ts'

/** What nat did with a connection's first packet, cut into the decisions that people tell apart. */
export interface NftDecision {
  /** The look into the maps, and the chain for outside traffic where it was met. */
  readonly dispatch: Evidence
  /** The element that led to a Service; absent where no map has the packet's key. */
  readonly element?: string
  readonly byNodePort: boolean
  /** Present where a Service's own chain was entered. */
  readonly choice?: Evidence
  /** How many endpoints the draw was among; absent where affinity chose. */
  readonly drawnOf?: number
  readonly chain?: string
  readonly rewrite?: Evidence
  readonly origins: readonly Origin[]
  readonly rulesTried: number
}

/** Cuts a passage of PREROUTING or OUTPUT. */
export function nftDecision(pass: HookPass, rules: NodeRules): NftDecision {
  const tried = natRules(pass)
  const chosen = tried.filter(({ chain }) => /^(service|local)-/.test(chain))
  const rewrite = tried.filter(({ chain }) => chain.startsWith('endpoint-'))
  const dispatch = tried.filter(({ chain }) => chain === 'services' || chain.startsWith('external-'))
  const found = dispatch.find((each) => each.outcome.kind === 'taken' && each.outcome.found !== undefined)
  const element = found?.outcome.kind === 'taken' ? found.outcome.found : undefined
  const choiceChain = chosen[0]?.chain
  const drawn = chosen.find((each) => each.outcome.kind === 'taken' && each.outcome.drawn !== undefined)
  const drawnOf = drawn === undefined ? undefined : verdictsOf(drawn).length
  return {
    dispatch: nftEvidence(phrase('evidence.nft-dispatch'), dispatch),
    ...(element === undefined ? {} : { element: printElement(element) }),
    byNodePort: found !== undefined && mapOf(found) === 'service-nodeports',
    ...(choiceChain === undefined
      ? {}
      : { choice: choiceEvidence(choiceChain, chosen, rules), chain: choiceChain }),
    ...(drawnOf === undefined ? {} : { drawnOf }),
    ...(rewrite.length === 0 ? {} : { rewrite: nftEvidence(phrase('evidence.endpoint'), rewrite) }),
    origins: nftOrigins(rules, tried),
    rulesTried: tried.length,
  }
}

/** Whether nftables' nat chains were asked: for a connection's first packet. */
export function wasNftAsked(pass: HookPass): boolean {
  return natRules(pass).length > 0
}

/** The rules of nftables' filter chains at a hook, those before nat and those beside iptables' filter. */
export function nftFilterEvidence(pass: HookPass): Evidence | undefined {
  const tried = (pass.triedNft ?? []).filter(({ type }) => type === 'filter')
  return tried.length === 0
    ? undefined
    : nftEvidence(phrase('evidence.nft-filter', { hook: pass.hook }), tried)
}

/** The rules of masquerading, for a source that was rewritten. */
export function nftMasquerade(pass: HookPass): Evidence {
  return nftEvidence(phrase('evidence.masquerade'), natRules(pass))
}

/** The fields behind rules that were taken and elements that were found. */
export function nftOrigins(rules: NodeRules, tried: readonly TriedNftRule[]): readonly Origin[] {
  return tried.flatMap((each) => {
    if (each.outcome.kind !== 'taken') return []
    const { found } = each.outcome
    const behind = found && rules.origins(elementKey(mapOf(each) ?? '', found.key))
    return [...(rules.origins(each.chain) ?? []), ...(behind ?? [])]
  })
}

function natRules(pass: HookPass): readonly TriedNftRule[] {
  return (pass.triedNft ?? []).filter(({ type }) => type === 'nat')
}

function nftEvidence(title: Phrase, tried: readonly TriedNftRule[]): Evidence {
  return {
    kind: 'rules',
    title,
    candidates: tried.map(candidateOf),
    texts: tried.filter(({ outcome }) => outcome.kind === 'taken').map(textOf),
  }
}

function candidateOf(tried: TriedNftRule): Candidate {
  const { ruleId, rule, outcome } = tried
  const common = { id: ruleId, name: nameOf(rule) }
  if (outcome.kind === 'skipped')
    return { ...common, verdict: 'lost', reason: reasonLost(outcome.because, outcome.actual) }
  if (outcome.kind === 'not-modelled')
    return { ...common, verdict: 'unknown', reason: phrase('reason.not-modelled', { text: outcome.text }) }
  const reason =
    outcome.found === undefined
      ? phrase('reason.applies', { target: actionOf(tried) })
      : phrase('reason.nft-element', { element: printElement(outcome.found) })
  return { ...common, verdict: 'won', reason }
}

/** The mark for SNAT is known by its chain, as in iptables mode. */
function nameOf(rule: NftRule): string {
  const last = rule.statements.at(-1)
  const isMark =
    last?.kind === 'verdict' && 'chain' in last.verdict && last.verdict.chain === MARK_FOR_MASQUERADE
  return rule.comment ?? (isMark ? MARK_FOR_MASQUERADE : printNftRule(rule))
}

function reasonLost(because: NftStatement, actual: string): Phrase {
  if (because.kind === 'look-up') return phrase('reason.nft-no-element', { key: actual, map: because.map })
  if (because.kind === 'mark-unset') return phrase('reason.mark-set', { actual })
  const field = 'field' in because ? because.field : because.kind
  return phrase('reason.match-failed', { actual, match: field })
}

/** What a rule that was taken does: its last statement. */
function actionOf({ rule }: TriedNftRule): string {
  const last = rule.statements.at(-1)
  if (last?.kind === 'verdict') return printVerdict(last.verdict)
  return printNftRule({ statements: rule.statements.slice(-1) })
}

function textOf(tried: TriedNftRule): EvidenceText {
  const { rule, chain, outcome } = tried
  const element = outcome.kind === 'taken' ? outcome.found : undefined
  const text = `${chain}: ${printNftRule(rule)}`
  if (element === undefined) return { text, marks: [] }
  const found = printElement(element)
  return { text: `${text}\n@${mapOf(tried) ?? ''} { ${found} }`, marks: [found] }
}

function mapOf({ rule }: TriedNftRule): string | undefined {
  const statement = rule.statements.find((each) => each.kind === 'look-up')
  return statement?.kind === 'look-up' ? statement.map : undefined
}

function verdictsOf({ rule }: TriedNftRule) {
  const statement = rule.statements.find((each) => each.kind === 'numgen')
  return statement?.kind === 'numgen' ? statement.verdicts : []
}

/** Rules before the draw as they were tried, and then a candidate a row. */
function choiceEvidence(chain: string, tried: readonly TriedNftRule[], rules: NodeRules): Evidence {
  const draw = tried.find((each) => verdictsOf(each).length > 0)
  const before = tried.filter((each) => each !== draw)
  const endpoints = rules.cards.ofChain(chain)?.rows
  const drawn = draw?.outcome.kind === 'taken' ? draw.outcome.drawn : undefined
  const rows = (draw === undefined ? [] : verdictsOf(draw)).map((verdict, row): Candidate => {
    const id = nftRowId(draw?.ruleId ?? '', row)
    const known = endpoints?.find(({ ruleId }) => ruleId === id)?.endpoint
    const target = known ?? ('chain' in verdict ? verdict.chain.replace(/^.*__/, '') : verdict.kind)
    return {
      id,
      name: target,
      verdict: row === drawn ? 'won' : 'lost',
      reason: phrase(row === drawn ? 'reason.nft-drawn' : 'reason.nft-not-drawn', {
        drawn: drawn ?? 0,
        row,
      }),
    }
  })
  return {
    kind: 'rules',
    title: phrase('evidence.nft-choice', { chain, count: rows.length }),
    candidates: [...before.map(candidateOf), ...rows],
    texts: tried.filter(({ outcome }) => outcome.kind === 'taken').map(textOf),
  }
}
