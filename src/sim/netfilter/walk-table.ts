/**
 * One packet through one table at one hook: the built-in chain from its top, jumps, gotos and returns, to a target that decides or
 * to the policy. Models Linux net/ipv4/netfilter/ip_tables.c, ipt_do_table.
 */
import type { Draw } from '../draw.ts'
import { candidatesIn } from './chain-index.ts'
import type { Packet } from '../network/packet.ts'
import type { Moment } from './moment.ts'
import type { RuleOutcome, TriedRule } from './evaluation.ts'
import { nthAfter, type NthCounts } from './nth.ts'
import { recentAfter, type RecentLists } from './recent.ts'
import { placedChain, type PlacedChain, type PlacedRule, type Step } from './placed-chain.ts'
import type { Hook, Rule, RuleId, Table, Target } from './ruleset.ts'
import type { TableVerdict } from './table-verdict.ts'
import { tryRule } from './try-rule.ts'

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
    const placed = nextRule(frame)
    rulesTried += frame.next - before
    if (!placed) {
      stack.pop()
      continue
    }
    const { rule, id } = placed
    let outcome: RuleOutcome
    if (placed.remembers) [outcome, moment, counts] = tryRemembering(rule, id, packet, draw, moment, counts)
    else outcome = tryRule(rule, packet, draw, moment)
    tell?.(triedRule(placed, stack.length - 1, outcome))
    if (outcome.kind === 'skipped') continue
    if (outcome.kind === 'taken') taken.push(id)
    const step = outcome.kind === 'taken' ? placed.step() : beyondUs(placed, outcome.text)
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
  readonly within: PlacedChain
  /** Places of the rules that may match; undefined: all. */
  readonly candidates: readonly number[] | undefined
  /** Which of the candidates comes next. */
  at: number
  /** The place of the rule that the kernel would try next. */
  next: number
}

function enter(within: PlacedChain, packet: Packet, tell: unknown): Frame {
  const candidates = tell === undefined ? candidatesIn(within.chain, packet) : undefined
  return { within, candidates, at: 0, next: 0 }
}

/** The rule to be tried next, and the frame at the place behind it; undefined at the chain's end. */
function nextRule(frame: Frame): PlacedRule | undefined {
  const { length } = frame.within.chain.rules
  const place = frame.candidates === undefined ? frame.next : (frame.candidates[frame.at++] ?? length)
  frame.next = Math.min(place + 1, length)
  return frame.within.ruleAt(place)
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

/** What comes after a rule that is not modelled: taken or not, one without a target lets the packet go on to the next. */
function beyondUs({ rule: { target }, id }: PlacedRule, text: string): Step {
  if (target === undefined || target.kind === 'passing') return { kind: 'next' }
  return { kind: 'decide', verdict: { kind: 'unknown', by: id, text } }
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

function triedRule(placed: PlacedRule, depth: number, outcome: RuleOutcome): TriedRule {
  const { id: ruleId, number, rule } = placed
  const { table, chain } = placed.within
  return { ruleId, table: table.name, chain: chain.name, number, rule, depth, outcome }
}
