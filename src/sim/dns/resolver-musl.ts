/**
 * Models musl's getaddrinfo, which Alpine has (musl 1.2.6 src/network/lookup_name.c, res_msend.c). Every nameserver is asked at once and
 * the first NOERROR or NXDOMAIN counts; the socket is not connected, so ICMP errors are not seen. Since 1.2.4 a truncated answer is
 * asked again over TCP; before, it was used as it came.
 */
import type { IpAddress } from '../network/address.ts'
import { addressRecords, orderedAddresses } from './found-addresses.ts'
import { ask, finish, setbackOf, settle, waitingRungs } from './lookup.ts'
import type { Lookup } from './lookup.ts'
import type { Setback } from './ladder.ts'
import type { DnsMessage } from './message.ts'
import type { Resolution, Resolving } from './resolver-step.ts'

/** The whole lookup. A name that exists without address, a failure and silence stop it; only NXDOMAIN goes on. */
export function* resolveMusl(lookup: Lookup): Resolving<Resolution> {
  for (const { index } of waitingRungs(lookup)) {
    const replies = yield* askAllServers(lookup, index)
    const setback = setbackOfPair(replies)
    if (setback === undefined) {
      settle(lookup, index, 'won', { kind: 'answered' })
      return found(lookup, index, replies)
    }
    settle(lookup, index, 'lost', { kind: setback })
    if (setback !== 'nxdomain') return stopped(lookup, index, setback)
  }
  return finish(lookup, { kind: 'failed', error: 'not-found', code: -2 })
}

function found(lookup: Lookup, index: number, replies: readonly (Accepted | undefined)[]): Resolution {
  const records = replies.flatMap((reply) =>
    reply?.message === undefined ? [] : addressRecords(reply.message, false),
  )
  const name = lookup.ladder[index]?.name ?? '.'
  return finish(
    lookup,
    { kind: 'found', addresses: orderedAddresses(records), records, name },
    { rung: index },
  )
}

function stopped(lookup: Lookup, index: number, setback: Setback): Resolution {
  const ended = { rung: index, by: setback }
  return setback === 'no-data'
    ? finish(lookup, { kind: 'failed', error: 'no-data', code: -5 }, ended)
    : finish(lookup, { kind: 'failed', error: 'try-again', code: -3 }, ended)
}

/** name_from_dns: A is looked at before AAAA, and the first that is missing or says NXDOMAIN decides. */
function setbackOfPair(replies: readonly (Accepted | undefined)[]): Setback | undefined {
  for (const reply of replies) {
    if (reply?.message === undefined) return reply?.setback ?? 'timed-out'
    if (reply.message.rcode === 'NXDOMAIN') return 'nxdomain'
  }
  const some = replies.some(
    (reply) => reply?.message !== undefined && addressRecords(reply.message, false).length > 0,
  )
  return some ? undefined : 'no-data'
}

/** What one question got: an accepted reply and when it came, or what came instead. */
interface Accepted {
  readonly message?: DnsMessage
  readonly server: IpAddress
  readonly atMs: number
  readonly setback?: Setback
}

/** res_msend: rounds every `timeout / attempts`, each to all nameservers, of the questions without an accepted reply. */
function* askAllServers(lookup: Lookup, rung: number): Resolving<readonly (Accepted | undefined)[]> {
  const { timeoutSeconds, attempts } = lookup.conf
  const endMs = lookup.nowMs + timeoutSeconds * 1000
  const roundMs = Math.floor((timeoutSeconds * 1000) / attempts)
  const got: (Accepted | undefined)[] = lookup.types.map(() => undefined)
  let socket: 'new' | 'same' = 'new'
  while (lookup.nowMs < endMs && got.some((each) => each?.message === undefined)) {
    yield* round(lookup, rung, got, Math.min(roundMs, endMs - lookup.nowMs), socket)
    socket = 'same'
  }
  if (!lookup.usesTruncated) yield* again(lookup, rung, got)
  return got
}

/** One round: the sends, and the immediate repeats that SERVFAIL earns, at most two a question in all. */
function* round(
  lookup: Lookup,
  rung: number,
  got: (Accepted | undefined)[],
  roundMs: number,
  socket: 'new' | 'same',
): Resolving<void> {
  const startMs = lookup.nowMs
  let repeats = 2 * lookup.types.length
  let sends = lookup.conf.nameservers.map((server) => ({
    server,
    types: openTypes(lookup, got),
    atMs: startMs,
  }))
  let first = true
  while (sends.length > 0) {
    const failed: typeof sends = []
    for (const [place, send] of sends.entries()) {
      lookup.nowMs = send.atMs
      const waitMs = startMs + roundMs - send.atMs
      const sending = { rung, types: send.types, server: send.server, waitMs, withPrevious: place > 0 }
      const replies = yield* ask(lookup, { ...sending, socket: first ? socket : 'same' })
      first = false
      const repeat = send.types.filter((type, at) => {
        const reply = replies[at]
        if (reply?.kind !== 'reply') return false
        const atMs = send.atMs + reply.afterMs
        const { message } = reply
        return take(got, lookup.types.indexOf(type), { message, server: send.server, atMs }) && repeats-- > 0
      })
      const latest = Math.max(
        ...replies.map((reply) => (reply.kind === 'reply' ? send.atMs + reply.afterMs : 0)),
      )
      if (repeat.length > 0) failed.push({ server: send.server, types: repeat, atMs: latest })
    }
    sends = failed
  }
  const complete = got.every((each) => each?.message !== undefined)
  lookup.nowMs = complete ? Math.max(...got.map((each) => each?.atMs ?? startMs)) : startMs + roundMs
}

/** Keeps the earliest acceptable reply of a question. True: it was a SERVFAIL, which is sent again at once. */
function take(
  got: (Accepted | undefined)[],
  at: number,
  reply: Accepted & { readonly message: DnsMessage },
): boolean {
  const before = got[at]
  const { rcode } = reply.message
  if (rcode === 'NOERROR' || rcode === 'NXDOMAIN') {
    if (before?.message === undefined || reply.atMs < before.atMs) got[at] = reply
    return false
  }
  const setback = setbackOf(reply.message)
  if (before?.message === undefined && setback !== 'answered')
    got[at] = { server: reply.server, atMs: reply.atMs, setback }
  return rcode === 'SERVFAIL'
}

function openTypes(lookup: Lookup, got: readonly (Accepted | undefined)[]): Lookup['types'] {
  return lookup.types.filter((_, at) => got[at]?.message === undefined)
}

/** The questions whose accepted answer was truncated, over TCP; that answer is used where TCP brings none. */
function* again(lookup: Lookup, rung: number, got: (Accepted | undefined)[]): Resolving<void> {
  for (const [at, type] of lookup.types.entries()) {
    const truncated = got[at]
    if (truncated?.message?.flags.tc !== true) continue
    const { server } = truncated
    const waitMs = lookup.conf.timeoutSeconds * 1000
    const [reply] = yield* ask(lookup, {
      rung,
      types: [type],
      server,
      waitMs,
      socket: 'new',
      transport: 'TCP',
    })
    if (reply?.kind !== 'reply') continue
    lookup.nowMs += reply.afterMs
    got[at] = { message: reply.message, server, atMs: lookup.nowMs }
  }
}
