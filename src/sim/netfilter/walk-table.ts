/**
 * One packet through one table at one hook: the built-in chain from its top, jumps, gotos and returns, to a target that decides or
 * to the policy. Models Linux net/ipv4/netfilter/ip_tables.c, ipt_do_table.
 */
import type { Draw } from '../draw.ts'
import { chainNamed } from './chain-order.ts'
import type { Packet } from '../network/packet.ts'
import type { Moment } from './moment.ts'
import type { RuleOutcome, TriedRule } from './evaluation.ts'
import { countsNth, nthAfter, type NthCounts } from './nth.ts'
import { recentAfter, type RecentLists } from './recent.ts'
import { ruleId, type Chain, type Hook, type Rule, type RuleId, type Table, type Target } from './ruleset.ts'
import { tryRule } from './try-rule.ts'

/** Targets that rewrite addresses; they decide in nat and belong nowhere else. */
export type NatTarget = Extract<Target, { kind: 'DNAT' | 'SNAT' | 'MASQUERADE' | 'REDIRECT' }>

/** How a table decided. `accept` without `by` is the policy. */
export type TableVerdict =
  | { readonly kind: 'accept'; readonly by?: RuleId }
  | { readonly kind: 'drop'; readonly by?: RuleId }
  | { readonly kind: 'reject'; readonly by: RuleId; readonly with: string }
  | { readonly kind: 'translate'; readonly by: RuleId; readonly target: NatTarget }
  | { readonly kind: 'unknown'; readonly by: RuleId; readonly text: string }

/** What a table did. `packet` may have another mark; nothing else changes here. `tried` has every rule that was tried, in order. */
export interface TableWalk {
  readonly verdict: TableVerdict
  readonly packet: Packet
  readonly tried: readonly TriedRule[]
  readonly recent: RecentLists
  readonly nth: NthCounts
  /** The mark that the packet's connection has now; absent: no rule wrote it. */
  readonly connectionMark?: number
  /** A rule turned tracking off. */
  readonly untracked: boolean
}

/** Walks the chain that is named like the hook. A table without it accepts. */
export function walkTable(
  table: Table,
  hook: Hook,
  packet: Packet,
  draw: Draw,
  moment: Moment,
  counts: NthCounts = {},
): TableWalk {
  const tried: TriedRule[] = []
  const base = chainNamed(table, hook)
  const stack: Frame[] = base ? [{ chain: base, next: 0 }] : []
  let [passing, current, nth, jumps, untracked] = [packet, moment, counts, 0, false]
  const end = (verdict: TableVerdict): TableWalk => ({
    verdict,
    packet: passing,
    tried,
    recent: current.recent,
    nth,
    ...connectionMarkOf(moment, current),
    untracked,
  })

  while (true) {
    const frame = stack.at(-1)
    if (!frame) return end(base?.policy === 'DROP' ? { kind: 'drop' } : { kind: 'accept' })
    const rule = frame.chain.rules[frame.next++]
    if (!rule) {
      stack.pop()
      continue
    }
    const place = placeOf(table, frame, rule, stack.length - 1)
    const isNth = countsNth(rule)
    const asked = isNth ? { ...current, nthBefore: nth[place.ruleId] ?? 0 } : current
    const outcome = tryRule(rule, passing, draw, asked)
    if (isNth) nth = nthAfter(nth, place.ruleId, rule, failedMatch(outcome))
    const recent = recentAfter(current.recent, rule, passing, failedMatch(outcome), moment.now)
    if (recent !== current.recent) current = { ...current, recent }
    tried.push({ ...place, outcome })
    const step = stepOf(rule, outcome, place.ruleId, table)
    switch (step.kind) {
      case 'next':
        break
      case 'mark':
        passing = { ...passing, mark: ((passing.mark & ~step.mask) ^ step.value) >>> 0 }
        break
      case 'connection-mark':
        ;[passing, current] = markConnection(step.target, passing, current)
        break
      case 'untrack':
        untracked = true
        break
      case 'return':
        stack.pop()
        break
      case 'enter':
        if (++jumps > MAX_JUMPS) return end({ kind: 'unknown', by: place.ruleId, text: 'loop' })
        if (step.isGoto) stack.pop()
        stack.push({ chain: step.chain, next: 0 })
        break
      case 'decide':
        return end(step.verdict)
    }
  }
}

/** A rule set with a loop would never have loaded (ip_tables.c, mark_source_chains); a pasted one ends here instead of never. */
const MAX_JUMPS = 10_000

interface Frame {
  readonly chain: Chain
  next: number
}

type Step =
  | { readonly kind: 'next' | 'return' | 'untrack' }
  | { readonly kind: 'connection-mark'; readonly target: Extract<Target, { kind: 'CONNMARK' }> }
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number }
  | { readonly kind: 'enter'; readonly chain: Chain; readonly isGoto: boolean }
  | { readonly kind: 'decide'; readonly verdict: TableVerdict }

function stepOf(rule: Rule, outcome: RuleOutcome, by: RuleId, table: Table): Step {
  if (outcome.kind === 'skipped') return { kind: 'next' }
  // Whether such a rule is taken or not, the packet goes on to the next one.
  if (outcome.kind === 'not-modelled' && passesAnyway(rule)) return { kind: 'next' }
  if (outcome.kind === 'not-modelled') return decide({ kind: 'unknown', by, text: outcome.text })
  const { target } = outcome
  switch (target?.kind) {
    case undefined:
    case 'passing':
      return { kind: 'next' }
    case 'CONNMARK':
      return { kind: 'connection-mark', target }
    case 'NOTRACK':
      return { kind: 'untrack' }
    case 'jump':
    case 'goto': {
      const chain = chainNamed(table, target.chain)
      const text = `${target.kind === 'goto' ? '-g' : '-j'} ${target.chain}`
      if (!chain) return decide({ kind: 'unknown', by, text })
      return { kind: 'enter', chain, isGoto: target.kind === 'goto' }
    }
    case 'ACCEPT':
      return decide({ kind: 'accept', by })
    case 'DROP':
      return decide({ kind: 'drop', by })
    case 'RETURN':
      return { kind: 'return' }
    case 'REJECT':
      return decide({ kind: 'reject', by, with: target.with })
    case 'MARK':
      return { kind: 'mark', value: target.value, mask: target.mask }
    case 'DNAT':
    case 'SNAT':
    case 'MASQUERADE':
    case 'REDIRECT':
      return decide({ kind: 'translate', by, target })
    case 'unknown':
      return decide({ kind: 'unknown', by, text: target.text })
  }
}

function passesAnyway({ target }: Rule): boolean {
  return target === undefined || target.kind === 'passing'
}

/** xt_connmark.c, connmark_tg: a packet without a connection goes on as it is. */
function markConnection(
  target: Extract<Target, { kind: 'CONNMARK' }>,
  packet: Packet,
  moment: Moment,
): [Packet, Moment] {
  const { connection } = moment
  if (connection === undefined) return [packet, moment]
  const mark = connection.entry.mark ?? 0
  if (target.action === 'restore') {
    const restored = (packet.mark & ~target.packetMask) ^ (mark & target.connectionMask)
    return [{ ...packet, mark: restored >>> 0 }, moment]
  }
  const [kept, written] =
    target.action === 'set'
      ? [mark & ~target.mask, target.value]
      : [mark & ~target.connectionMask, packet.mark & target.packetMask]
  const entry = { ...connection.entry, mark: (kept ^ written) >>> 0 }
  return [packet, { ...moment, connection: { ...connection, entry } }]
}

function connectionMarkOf(before: Moment, after: Moment): Pick<TableWalk, 'connectionMark'> {
  const mark = after.connection?.entry.mark
  return mark === undefined || mark === before.connection?.entry.mark ? {} : { connectionMark: mark }
}

function decide(verdict: TableVerdict): Step {
  return { kind: 'decide', verdict }
}

function failedMatch(outcome: RuleOutcome) {
  return outcome.kind === 'skipped' ? outcome.because.match : undefined
}

function placeOf(table: Table, frame: Frame, rule: Rule, depth: number) {
  const [chain, number] = [frame.chain.name, frame.next]
  return { ruleId: ruleId(table.name, chain, number), table: table.name, chain, number, rule, depth }
}
