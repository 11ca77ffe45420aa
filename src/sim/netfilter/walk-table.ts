/**
 * One packet through one table at one hook: the built-in chain from its top, jumps, gotos and returns, to a target that decides or
 * to the policy. Models Linux net/ipv4/netfilter/ip_tables.c, ipt_do_table.
 */
import type { Draw } from '../draw.ts'
import { candidatesIn } from './chain-index.ts'
import { placedChain, type PlacedChain } from './chain-order.ts'
import type { Packet } from '../network/packet.ts'
import type { Moment } from './moment.ts'
import type { RuleOutcome, TriedRule } from './evaluation.ts'
import { nthAfter, type NthCounts } from './nth.ts'
import { recentAfter, type RecentLists } from './recent.ts'
import { type Hook, type Rule, type RuleId, type Table, type Target } from './ruleset.ts'
import { printTarget } from './print-target.ts'
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

/** What a table did. `packet` may have another mark; nothing else changes here. */
export interface TableWalk {
  readonly verdict: TableVerdict
  readonly packet: Packet
  /** How many rules the kernel tried. */
  readonly rulesTried: number
  /** Those that were taken, in order. */
  readonly taken: readonly RuleId[]
  /** With what it began and what was drawn: {@link triedIn} makes the walk again, to see every rule. */
  readonly start: WalkStart
  readonly drawn: readonly number[]
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
  const drawn: number[] = []
  const start: WalkStart = { table, hook, packet, moment, counts }
  const end = follow(start, () => {
    const value = draw()
    drawn.push(value)
    return value
  })
  const walk = {
    verdict: end.verdict,
    packet: end.packet,
    rulesTried: end.rulesTried,
    taken: end.taken,
    start,
    drawn,
    recent: end.moment.recent,
    nth: end.counts,
    untracked: end.untracked,
  }
  const mark = end.moment.connection?.entry.mark
  return mark === moment.connection?.entry.mark || mark === undefined
    ? walk
    : { ...walk, connectionMark: mark }
}

/** What a walk begins with; the draws come besides. */
export interface WalkStart {
  readonly table: Table
  readonly hook: Hook
  readonly packet: Packet
  readonly moment: Moment
  readonly counts: NthCounts
}

/** What it has come to. */
export interface WalkEnd {
  readonly verdict: TableVerdict
  readonly packet: Packet
  readonly moment: Moment
  readonly counts: NthCounts
  readonly rulesTried: number
  readonly taken: readonly RuleId[]
  readonly untracked: boolean
}

/** Every rule that was tried, in order. A walk keeps none of them; it is made once more for whoever asks. */
export function triedIn({ start, drawn }: TableWalk): readonly TriedRule[] {
  const tried: TriedRule[] = []
  let next = 0
  follow(
    start,
    () => drawn[next++] ?? 0,
    (rule) => tried.push(rule),
  )
  return tried
}

/**
 * Goes the way. Where somebody wants to be told, every rule is tried, one after the other; where nobody does, rules that cannot match are
 * passed over, and count as tried all the same.
 */
export function follow(start: WalkStart, draw: Draw, tell?: (tried: TriedRule) => void): WalkEnd {
  const { table } = start
  const base = placedChain(table, start.hook)
  const stack: Frame[] = base ? [enter(base, start.packet, tell)] : []
  const taken: RuleId[] = []
  let { packet, moment, counts } = start
  let [rulesTried, jumps, untracked] = [0, 0, false]
  let verdict: TableVerdict | undefined
  while (verdict === undefined) {
    const frame = stack.at(-1)
    if (!frame) {
      verdict = base?.chain.policy === 'DROP' ? { kind: 'drop' } : { kind: 'accept' }
      break
    }
    const before = frame.next
    const rule = nextRule(frame)
    rulesTried += frame.next - before
    if (!rule) {
      stack.pop()
      continue
    }
    let outcome: RuleOutcome
    if (remembers(rule))
      [outcome, moment, counts] = tryRemembering(rule, idOf(frame), packet, draw, moment, counts)
    else outcome = tryRule(rule, packet, draw, moment)
    tell?.(triedRule(frame, rule, stack.length - 1, outcome))
    if (outcome.kind === 'skipped') continue
    const id = idOf(frame)
    if (outcome.kind === 'taken') taken.push(id)
    const step = stepOf(rule, outcome, id, table)
    switch (step.kind) {
      case 'next':
        break
      case 'mark':
        packet = { ...packet, mark: ((packet.mark & ~step.mask) ^ step.value) >>> 0 }
        break
      case 'connection-mark':
        ;[packet, moment] = markConnection(step.target, packet, moment)
        break
      case 'untrack':
        untracked = true
        break
      case 'return':
        stack.pop()
        break
      case 'enter':
        if (++jumps > MAX_JUMPS) verdict = { kind: 'unknown', by: id, text: 'loop' }
        if (step.isGoto) stack.pop()
        stack.push(enter(step.chain, packet, tell))
        break
      case 'decide':
        verdict = step.verdict
    }
  }
  return { verdict, packet, moment, counts, rulesTried, taken, untracked }
}

/** A rule set with a loop would never have loaded (ip_tables.c, mark_source_chains); a pasted one ends here instead of never. */
const MAX_JUMPS = 10_000

interface Frame {
  readonly placed: PlacedChain
  /** Places of the rules that may match; undefined: all. */
  readonly candidates: readonly number[] | undefined
  /** Which of the candidates comes next. */
  at: number
  /** The place of the rule that the kernel would try next. */
  next: number
}

function enter(placed: PlacedChain, packet: Packet, tell: unknown): Frame {
  const candidates = tell === undefined ? candidatesIn(placed.chain, packet) : undefined
  return { placed, candidates, at: 0, next: 0 }
}

/** The rule to be tried next, and the frame at the place behind it; undefined at the chain's end. */
function nextRule(frame: Frame): Rule | undefined {
  const { rules } = frame.placed.chain
  const place = frame.candidates === undefined ? frame.next : (frame.candidates[frame.at++] ?? rules.length)
  frame.next = Math.min(place + 1, rules.length)
  return rules[place]
}

/** Of the rule that {@link nextRule} gave last. */
function idOf({ placed, next }: Frame): RuleId {
  return placed.idOf(next)
}

/** Tries a rule that counts packets or keeps addresses; what it remembers stands in the moment and counts after it. */
function tryRemembering(
  rule: Rule,
  id: RuleId,
  packet: Packet,
  draw: Draw,
  moment: Moment,
  counts: NthCounts,
): [RuleOutcome, Moment, NthCounts] {
  const outcome = tryRule(rule, packet, draw, { ...moment, nthBefore: counts[id] ?? 0 })
  const failed = outcome.kind === 'skipped' ? outcome.because.match : undefined
  const recent = recentAfter(moment.recent, rule, packet, failed, moment.now)
  return [
    outcome,
    recent === moment.recent ? moment : { ...moment, recent },
    nthAfter(counts, id, rule, failed),
  ]
}

/** Whether the rule leaves something behind for packets to come. */
function remembers({ matches }: Rule): boolean {
  for (const { kind } of matches) if (kind === 'recent' || kind === 'statistic-nth') return true
  return false
}

type Step =
  | { readonly kind: 'next' | 'return' | 'untrack' }
  | { readonly kind: 'connection-mark'; readonly target: Extract<Target, { kind: 'CONNMARK' }> }
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number }
  | { readonly kind: 'enter'; readonly chain: PlacedChain; readonly isGoto: boolean }
  | { readonly kind: 'decide'; readonly verdict: TableVerdict }

function stepOf(
  rule: Rule,
  outcome: Exclude<RuleOutcome, { kind: 'skipped' }>,
  by: RuleId,
  table: Table,
): Step {
  // Whether such a rule is taken or not, the packet goes on to the next one.
  if (outcome.kind === 'not-modelled' && passesAnyway(rule)) return { kind: 'next' }
  if (outcome.kind === 'not-modelled') return decide({ kind: 'unknown', by, text: outcome.text })
  const { target } = rule
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
      const chain = placedChain(table, target.chain)
      if (!chain) return decide({ kind: 'unknown', by, text: printTarget(target) })
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

function decide(verdict: TableVerdict): Step {
  return { kind: 'decide', verdict }
}

function triedRule(frame: Frame, rule: Rule, depth: number, outcome: RuleOutcome): TriedRule {
  const { next: number } = frame
  const { chain, table } = frame.placed
  return { ruleId: idOf(frame), table, chain: chain.name, number, rule, depth, outcome }
}
