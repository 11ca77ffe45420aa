/**
 * Reads a trace: the rule that made the source what the other end saw. Where it was masqueraded, the rule that marked the packet and the
 * one that rewrote it; where it was not, each masquerade rule that was tried and why it did not fit; where it ended before, what ended it.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { MARK_FOR_MASQUERADE } from '../kube-proxy/nft-names.ts'
import type { NodeRules } from '../kube-proxy/compile-node-rules.ts'
import { ruleAt } from '../netfilter/chain-order.ts'
import { printRule } from '../netfilter/print-iptables-save.ts'
import { printNftRule } from '../netfilter/print-nft.ts'
import { hasPorts } from '../network/packet.ts'
import type { Phrase } from '../phrase.ts'
import { legOf, ruleTextOf } from '../trace/deciding-hop.ts'
import type { Basis, Candidate, Hop, Trace } from '../trace/trace.ts'
import { nodeRules } from '../trace/world.ts'

const KUBE_MARK_MASQ = 'KUBE-MARK-MASQ'

/** A rule as its tool prints it, and on which node. */
export interface PlacedRule {
  readonly host: string
  readonly text: string
}

export type Decided =
  | {
      readonly kind: 'masqueraded'
      /** Who set the mark; absent where the rule that rewrote asks for none (a hairpin's set, natOutgoing). */
      readonly marked?: PlacedRule
      readonly by: PlacedRule
      readonly basis: Basis
    }
  | { readonly kind: 'kept'; readonly tried: readonly (PlacedRule & { readonly reason: Phrase })[] }
  | {
      readonly kind: 'ended'
      readonly title: Phrase
      readonly host: string
      readonly rule?: string
      readonly basis: Basis
    }

/** @param arrived whether the first leg's packet was taken by a socket */
export function whatDecided(cluster: Cluster, trace: Trace, arrived: boolean): Decided | undefined {
  const leg = legOf(trace)
  if (!arrived) return ended(leg)
  const out = leg.filter(({ direction }) => direction === 'request')
  const rewrite = out.findLast(hasNewSource)
  const by = rewrite && ruleTextOf(rewrite)
  if (rewrite === undefined || by === undefined) return { kind: 'kept', tried: triedOn(cluster, out) }
  const { host } = rewrite.place
  const marked = asksForMark(by) ? markedBy(out, rewrite) : undefined
  return {
    kind: 'masqueraded',
    ...(marked !== undefined && { marked: { host, text: marked } }),
    by: { host, text: by },
    basis: rewrite.basis,
  }
}

/** Masquerading may change the port alone: a node's own packet has the node's address already. */
function hasNewSource({ kind, before, after }: Hop): boolean {
  if (kind !== 'rewrite') return false
  const hasNewPort = hasPorts(before) && hasPorts(after) && before.srcPort !== after.srcPort
  return before.src !== after.src || hasNewPort
}

/** kube-proxy's own masquerade comes behind a RETURN for what has no mark; a hairpin's or natOutgoing's asks otherwise. */
function asksForMark(text: string): boolean {
  return text.startsWith('masquerading: ') || /^-A KUBE-POSTROUTING (?!.*--match-set)/.test(text)
}

function markedBy(out: readonly Hop[], rewrite: Hop): string | undefined {
  return out
    .filter(({ index, place }) => index < rewrite.index && place.host === rewrite.place.host)
    .flatMap(({ evidence }) => evidence.flatMap(({ texts }) => texts))
    .map(({ text }) => text)
    .findLast((text) => text.endsWith(`-j ${KUBE_MARK_MASQ}`) || text.endsWith(`jump ${MARK_FOR_MASQUERADE}`))
}

function triedOn(cluster: Cluster, out: readonly Hop[]) {
  const tried = out.flatMap(({ place, evidence }) => {
    if (place.hostKind !== 'node') return []
    const rules = nodeRules(cluster, place.host)
    return evidence.flatMap(({ candidates }) =>
      candidates.flatMap((candidate) => {
        const text = markRuleOf(rules, candidate)
        return text === undefined ? [] : [{ host: place.host, text, reason: candidate.reason }]
      }),
    )
  })
  return tried.filter(({ text }, index) => tried.findIndex((each) => each.text === text) === index)
}

/** The text of a rule that would have marked the packet and did not, or that turned it away from those that would. */
function markRuleOf(rules: NodeRules, { id, verdict }: Candidate): string | undefined {
  const [table = '', chain = ''] = id.split(' ')
  if (table === 'nft') return verdict === 'lost' ? nftMarkRule(rules, id) : undefined
  const rule = table === 'nat' ? ruleAt(rules.ruleset, id) : undefined
  const target = rule?.target
  if (rule === undefined || target === undefined) return undefined
  const wouldMark = target.kind === 'jump' && target.chain === KUBE_MARK_MASQ && verdict === 'lost'
  const turnsAway = target.kind === 'RETURN' && chain === 'KUBE-NODE-PORT' && verdict === 'won'
  return wouldMark || turnsAway ? printRule(chain, rule) : undefined
}

function nftMarkRule({ nft }: NodeRules, id: string): string | undefined {
  const [, name, number] = id.split(' ')
  const rule = nft?.table.chains.find((chain) => chain.name === name)?.rules[Number(number) - 1]
  const last = rule?.statements.at(-1)
  const isMark =
    last?.kind === 'verdict' && 'chain' in last.verdict && last.verdict.chain === MARK_FOR_MASQUERADE
  return isMark && rule !== undefined ? `${name}: ${printNftRule(rule)}` : undefined
}

/** Who refused or dropped it; else the place where no rule took it, or where nobody answered. */
function ended(leg: readonly Hop[]): Decided | undefined {
  const first = (...kinds: readonly Hop['kind'][]) => leg.find(({ kind }) => kinds.includes(kind))
  const hop = first('refuse', 'drop') ?? first('no-match') ?? first('silence') ?? leg.at(-1)
  if (hop === undefined) return undefined
  const rule = ruleTextOf(hop)
  return {
    kind: 'ended',
    title: hop.title,
    host: hop.place.host,
    ...(rule !== undefined && { rule }),
    basis: hop.basis,
  }
}
