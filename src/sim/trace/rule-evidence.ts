/** Rules tried, as evidence: one candidate a rule, in the kernel's order, with why it lost. */
import { DRAW_RANGE } from '../draw.ts'
import type { FailedMatch, TriedRule } from '../netfilter/evaluation.ts'
import { printRule } from '../netfilter/print-iptables-save.ts'
import type { Match, Rule } from '../netfilter/ruleset.ts'
import { phrase, type Phrase } from '../phrase.ts'
import type { Candidate, Evidence, EvidenceText } from './trace.ts'

/** More rules than this are folded: the first ones, a count, and those from the winner's neighbourhood on. */
const MOST_SHOWN = 24

/**
 * Evidence of the rules tried in one passage. `texts` are the rules that were taken, as `iptables-save` prints them.
 * @param title what was decided
 */
export function rulesEvidence(title: Phrase, tried: readonly TriedRule[]): Evidence {
  return {
    kind: 'rules',
    title,
    candidates: folded(tried),
    texts: tried.filter((each) => each.outcome.kind !== 'skipped').map(textOf),
  }
}

/** One rule tried, as a candidate. A jump that came back undecided is said to have returned by {@link returned}. */
export function candidateOf(tried: TriedRule): Candidate {
  const { outcome } = tried
  const common = { id: tried.ruleId, name: ruleName(tried.rule) }
  switch (outcome.kind) {
    case 'skipped':
      return {
        ...common,
        verdict: 'lost',
        reason: reasonLost(outcome.because),
        ...drawOf(tried.rule, outcome.because.drawn),
      }
    case 'taken':
      return {
        ...common,
        verdict: 'won',
        reason: reasonWon(tried.rule),
        ...drawOf(tried.rule, outcome.drawn),
      }
    case 'not-modelled':
      return { ...common, verdict: 'unknown', reason: phrase('reason.not-modelled', { text: outcome.text }) }
  }
}

/** A rule that was taken and led into a chain which decided nothing. */
export function returned(candidate: Candidate): Candidate {
  return { ...candidate, verdict: 'lost', reason: phrase('reason.chain-returned') }
}

/** A rule's short name: its probability, else its comment, else its target. */
function ruleName(rule: Rule): string {
  const statistic = rule.matches.find((match) => match.kind === 'statistic-random')
  if (statistic?.kind === 'statistic-random') return `p ${(statistic.threshold / DRAW_RANGE).toFixed(2)}`
  const comment = rule.matches.find((match) => match.kind === 'comment')
  if (comment?.kind === 'comment') return comment.text
  return targetName(rule)
}

/** The target as the rule names it. */
export function targetName(rule: Rule): string {
  const { target } = rule
  if (target === undefined) return '–'
  switch (target.kind) {
    case 'jump':
    case 'goto':
      return target.chain
    case 'passing':
    case 'unknown':
      return target.name
    case 'NOTRACK':
      return target.asCt === true ? 'CT' : 'NOTRACK'
    case 'CONNMARK':
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
    case 'REJECT':
    case 'DNAT':
    case 'SNAT':
    case 'MASQUERADE':
    case 'REDIRECT':
    case 'MARK':
      return target.kind
  }
}

function textOf(tried: TriedRule): EvidenceText {
  const text = printRule(tried.chain, tried.rule)
  const jump = text.lastIndexOf(' -j ')
  const goto = text.lastIndexOf(' -g ')
  const at = Math.max(jump, goto)
  return { text, marks: at < 0 ? [] : [text.slice(at + 1)] }
}

function drawOf(rule: Rule, drawn: number | undefined): Pick<Candidate, 'draw'> {
  const statistic = rule.matches.find((match) => match.kind === 'statistic-random')
  if (statistic?.kind !== 'statistic-random' || drawn === undefined) return {}
  return { draw: { drawn: drawn / DRAW_RANGE, probability: statistic.threshold / DRAW_RANGE } }
}

function reasonLost({ match, actual, drawn }: FailedMatch): Phrase {
  switch (match.kind) {
    case 'source':
      return phrase(match.negated === true ? 'reason.source-inside' : 'reason.source-outside', {
        actual,
        wanted: match.cidr,
      })
    case 'destination':
      return phrase('reason.destination-differs', { actual, wanted: match.cidr })
    case 'protocol':
      return phrase('reason.protocol-differs', { actual, wanted: match.protocol })
    case 'ports':
      return phrase('reason.port-differs', {
        actual: actual.replace(/^--[sd]port /, ''),
        wanted: portsText(match),
      })
    case 'mark':
      return phrase(match.negated === true ? 'reason.mark-set' : 'reason.mark-not-set', { actual })
    case 'conntrack':
      return phrase('reason.state-differs', { actual, wanted: match.states.join(',') })
    case 'statistic-random':
      return phrase('reason.draw-lost', {
        drawn: ((drawn ?? 0) / DRAW_RANGE).toFixed(2),
        probability: (match.threshold / DRAW_RANGE).toFixed(2),
      })
    case 'addrtype':
      return phrase('reason.address-not-local', { actual, wanted: match.type })
    case 'recent':
      return phrase('reason.not-seen-recently', { seconds: match.seconds ?? 0 })
    case 'set':
      return phrase(match.negated === true ? 'reason.in-set' : 'reason.not-in-set', {
        actual,
        set: match.name,
      })
    case 'in-interface':
    case 'out-interface':
    case 'comment':
    case 'multiport':
    case 'icmp':
    case 'statistic-nth':
    case 'connmark':
    case 'owner':
    case 'pkttype':
    case 'rpfilter':
    case 'physdev':
    case 'ipvs':
    case 'nfacct':
    case 'unknown':
      return phrase('reason.match-failed', { actual, match: match.kind })
  }
}

function portsText(match: Extract<Match, { kind: 'ports' }>): string {
  const range = match.destination ?? match.source
  if (range === undefined) return match.protocol
  return range.from === range.to ? String(range.from) : `${range.from}:${range.to}`
}

function reasonWon(rule: Rule): Phrase {
  if (rule.matches.some((match) => match.kind === 'statistic-random')) return phrase('reason.draw-won')
  const { target } = rule
  if (target?.kind === 'jump' || target?.kind === 'goto')
    return phrase('reason.jumps', { chain: target.chain })
  return phrase('reason.applies', { target: targetName(rule) })
}

function folded(tried: readonly TriedRule[]): readonly Candidate[] {
  if (tried.length <= MOST_SHOWN) return tried.map(candidateOf)
  const half = MOST_SHOWN / 2
  const hidden = tried.length - MOST_SHOWN
  const fold: Candidate = {
    id: 'folded',
    name: '⋯',
    verdict: 'lost',
    reason: phrase('reason.more-rules-lost', { count: hidden }),
  }
  return [...tried.slice(0, half).map(candidateOf), fold, ...tried.slice(-half).map(candidateOf)]
}
