/**
 * Models BusyBox nslookup's own resolver (BusyBox 1.37 networking/nslookup.c): every name of the search list in one burst, A of all, then
 * AAAA of all; 5 s a nameserver, repeated at 2.5 s; SERVFAIL sent again at once, two repeats a question in all.
 */
import type { IpAddress } from '../network/address.ts'
import { ask, finish, setbackOf, settle, waitingRungs } from './lookup.ts'
import type { Lookup } from './lookup.ts'
import type { DnsMessage, RecordType } from './message.ts'
import type { Resolution, Resolving } from './resolver-step.ts'

const timeoutMs = 5000
const roundMs = 2500

/**
 * The burst, until one nameserver has answered anything. Every reply is printed in the order in which it came. A name that cannot be
 * encoded breaks the burst off, and is a failure whatever was asked before it.
 */
export function* resolveBusybox(lookup: Lookup): Resolving<Resolution> {
  const rungs = waitingRungs(lookup).map(({ index }) => index)
  const broken = lookup.ladder.findIndex(({ reason }) => ['illegal', 'too-long'].includes(reason.kind))
  const isSearching = lookup.ladder.some(({ reason }) => reason.kind === 'never-absolute')
  if (isSearching && broken >= 0) {
    const before = rungs.filter((index) => index < broken)
    return yield* breakOff(lookup, before)
  }
  for (const server of lookup.conf.nameservers) {
    const burst = yield* askServer(lookup, server, rungs)
    for (const question of burst.questions) note(lookup, question, burst.refused)
    const [message, ...others] = burst.questions
      .filter((question) => question.reply !== undefined)
      .toSorted((a, b) => a.atMs - b.atMs || a.place - b.place)
      .flatMap((question) => question.reply ?? [])
    if (message !== undefined) return finish(lookup, { kind: 'reply', message, others })
  }
  return finish(lookup, { kind: 'failed', error: 'try-again', code: 1 })
}

function* breakOff(lookup: Lookup, rungs: readonly number[]): Resolving<Resolution> {
  const types = lookup.types.slice(0, 1)
  for (const server of lookup.conf.nameservers) {
    for (const [place, rung] of rungs.entries())
      yield* ask(lookup, { rung, types, server, waitMs: 0, socket: 'new', withPrevious: place > 0 })
  }
  return finish(lookup, { kind: 'failed', error: 'illegal', code: 1, flaw: 'empty-label' })
}

/** A question of the burst, and what it has got so far. */
interface BurstQuestion {
  readonly rung: number
  readonly type: RecordType
  reply?: DnsMessage
  atMs: number
  /** Which reply it was that came. */
  place: number
}

function* askServer(
  lookup: Lookup,
  server: IpAddress,
  rungs: readonly number[],
): Resolving<{ readonly questions: readonly BurstQuestion[]; readonly refused: boolean }> {
  const questions: BurstQuestion[] = lookup.types.flatMap((type) =>
    rungs.map((rung) => ({ rung, type, atMs: 0, place: 0 })),
  )
  const endMs = lookup.nowMs + timeoutMs
  while (lookup.nowMs < endMs) {
    const startMs = lookup.nowMs
    const open = questions.filter((question) => question.reply === undefined)
    let repeats = 2 * questions.length
    let replies = 0
    let sends = open
    while (sends.length > 0) {
      const failed: BurstQuestion[] = []
      for (const [place, question] of sends.entries()) {
        const result = yield* askOne(lookup, server, question, { startMs, withPrevious: place > 0 })
        question.place = ++replies
        if (result === 'refused') return { questions, refused: true }
        if (result === 'servfail' && repeats-- > 0) failed.push(question)
      }
      lookup.nowMs = Math.max(lookup.nowMs, ...failed.map((question) => question.atMs))
      for (const question of failed) delete question.reply
      sends = failed
    }
    const answered = questions.every((question) => question.reply !== undefined)
    lookup.nowMs = answered
      ? Math.max(startMs, ...questions.map((question) => question.atMs))
      : startMs + roundMs
    if (answered) break
  }
  return { questions, refused: false }
}

/** One send of the burst. The socket is connected, so a refusal of the first shows in the next write, and BusyBox gives up. */
function* askOne(
  lookup: Lookup,
  server: IpAddress,
  question: BurstQuestion,
  round: { readonly startMs: number; readonly withPrevious: boolean },
): Resolving<'refused' | 'servfail' | 'taken'> {
  const waitMs = round.startMs + roundMs - lookup.nowMs
  const { rung, type } = question
  const socket = lookup.nowMs === 0 && !round.withPrevious ? 'new' : 'same'
  const [reply] = yield* ask(lookup, {
    rung,
    types: [type],
    server,
    waitMs,
    socket,
    withPrevious: round.withPrevious,
  })
  if (reply?.kind === 'port-unreachable') return 'refused'
  if (reply?.kind !== 'reply') return 'taken'
  question.reply = reply.message
  question.atMs = lookup.nowMs + reply.afterMs
  return reply.message.rcode === 'SERVFAIL' ? 'servfail' : 'taken'
}

/** A rung with an answer of either type has won; else it shows what its first question got. */
function note(lookup: Lookup, question: BurstQuestion, refused: boolean): void {
  if (lookup.ladder[question.rung]?.verdict !== 'not-tried' && question.reply?.answer.length === 0) return
  const result =
    question.reply === undefined ? (refused ? 'port-unreachable' : 'timed-out') : setbackOf(question.reply)
  if (result === 'answered') settle(lookup, question.rung, 'won', { kind: 'answered' })
  else if (lookup.ladder[question.rung]?.verdict === 'not-tried')
    settle(lookup, question.rung, 'lost', { kind: result })
}
