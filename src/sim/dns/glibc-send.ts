/**
 * Models how glibc asks one name (glibc 2.36 resolv/res_send.c, send_dg and send_vc): `attempts` rounds over the nameservers, A and AAAA
 * from one port, and what it does when one of the two replies stays out: ask one at a time, then each from a port of its own.
 */
import type { IpAddress } from '../network/address.ts'
import type { Setback } from './ladder.ts'
import { ask, elapsed } from './lookup.ts'
import type { Lookup } from './lookup.ts'
import type { DnsMessage, RecordType } from './message.ts'
import type { Resolving, ServerReply } from './resolver-step.ts'

/** How a pair is sent. Once slowed down, a process stays so for its later names. */
export type GlibcSocketMode = 'pair' | 'single' | 'single-reopen'

/** The usable replies to a name (one may be missing), or what came instead at last. */
export type NameReplies =
  | { readonly kind: 'replies'; readonly messages: readonly DnsMessage[] }
  /** `isFinal`: a reply over TCP, which is the answer whatever it says; else the next nameserver or attempt follows. */
  | { readonly kind: 'failed'; readonly setback: Setback; readonly isFinal?: boolean }

/** Asks the name of a rung until a nameserver gives a usable reply to either question. */
export function* sendGlibc(
  lookup: Lookup,
  rung: number,
  startMode: GlibcSocketMode,
): Resolving<{ readonly replies: NameReplies; readonly mode: GlibcSocketMode }> {
  let mode = startMode
  const setbacks: Setback[] = []
  for (let attempt = 0; attempt < lookup.conf.attempts; attempt++) {
    for (const [place, server] of lookup.conf.nameservers.entries()) {
      const waitMs = 1000 * timeoutSeconds(lookup, place)
      const sent = yield* sendTo(
        lookup,
        { rung, server, waitMs, socket: attempt === 0 ? 'new' : 'same' },
        mode,
      )
      mode = sent.mode
      if (sent.replies.kind === 'replies' || sent.replies.isFinal === true)
        return { replies: sent.replies, mode }
      setbacks.push(sent.replies.setback)
    }
  }
  // Any reply or silence outweighs an unreachable port: only if every one was unreachable does the caller see ECONNREFUSED.
  const setback = setbacks.findLast((each) => each !== 'port-unreachable') ?? setbacks.at(-1) ?? 'timed-out'
  return { replies: { kind: 'failed', setback }, mode }
}

/** get_timeout: the first nameserver has `timeout`, the n-th `(timeout << n) / count`, at least a second. */
function timeoutSeconds(lookup: Lookup, place: number): number {
  const { timeoutSeconds: base, nameservers } = lookup.conf
  return place === 0 ? base : Math.max(1, Math.floor((base * 2 ** place) / nameservers.length))
}

interface Target {
  readonly rung: number
  readonly server: IpAddress
  readonly waitMs: number
  readonly socket: 'new' | 'same'
}

/** One nameserver, once; again more slowly while one of the two replies is missing. */
function* sendTo(
  lookup: Lookup,
  target: Target,
  startMode: GlibcSocketMode,
): Resolving<{ readonly replies: NameReplies; readonly mode: GlibcSocketMode }> {
  let mode = startMode
  let { socket } = target
  if (lookup.conf.options.includes('use-vc')) return { replies: yield* overTcp(lookup, target), mode }
  for (;;) {
    const replies = yield* sendOnce(lookup, { ...target, socket }, mode)
    const messages = replies.flatMap((reply) => (reply.kind === 'reply' ? [reply.message] : []))
    const usable = messages.filter(isUsable)
    if (usable.some((message) => message.flags.tc)) return { replies: yield* overTcp(lookup, target), mode }
    if (replies.some((reply) => reply.kind === 'port-unreachable') && messages.length === 0)
      return { replies: { kind: 'failed', setback: 'port-unreachable' }, mode }
    const complete = messages.length === lookup.types.length
    // Only a usable reply makes the other one worth asking for again; an error to the first of two is the nameserver's answer to both.
    if (complete || usable.length === 0 || mode === 'single-reopen')
      return { replies: usable.length > 0 ? { kind: 'replies', messages: usable } : failure(messages), mode }
    mode = mode === 'pair' ? 'single' : 'single-reopen'
    socket = 'new'
  }
}

function* sendOnce(lookup: Lookup, target: Target, mode: GlibcSocketMode): Resolving<readonly ServerReply[]> {
  if (mode === 'pair' || lookup.types.length === 1) return yield* sendTypes(lookup, target, lookup.types)
  const replies: ServerReply[] = []
  for (const [at, type] of lookup.types.entries()) {
    const socket = at === 0 ? target.socket : mode === 'single-reopen' ? 'new' : 'same'
    const one = yield* sendTypes(lookup, { ...target, socket }, [type])
    replies.push(...one)
    if (!one.every((reply) => reply.kind === 'reply' && isUsable(reply.message))) break
  }
  return replies
}

function* sendTypes(
  lookup: Lookup,
  target: Target,
  types: readonly RecordType[],
): Resolving<readonly ServerReply[]> {
  const replies = yield* ask(lookup, { ...target, types })
  lookup.nowMs += elapsed(replies, target.waitMs)
  return replies
}

/** A then AAAA on one connection. */
function* overTcp(lookup: Lookup, target: Target): Resolving<NameReplies> {
  const messages: DnsMessage[] = []
  for (const [at, type] of lookup.types.entries()) {
    const sending = {
      ...target,
      types: [type],
      transport: 'TCP' as const,
      socket: at === 0 ? ('new' as const) : ('same' as const),
    }
    const replies = yield* ask(lookup, sending)
    lookup.nowMs += elapsed(replies, target.waitMs)
    const [reply] = replies
    if (reply?.kind !== 'reply')
      return {
        kind: 'failed',
        setback: reply?.kind === 'port-unreachable' ? 'port-unreachable' : 'timed-out',
      }
    messages.push(reply.message)
  }
  const usable = messages.filter(isUsable)
  return usable.length > 0 ? { kind: 'replies', messages: usable } : { ...failure(messages), isFinal: true }
}

/** The reply to the first question speaks for both: the caller reads its header alone (res_query.c, __res_context_query). */
function failure([first]: readonly DnsMessage[]): Extract<NameReplies, { kind: 'failed' }> {
  return { kind: 'failed', setback: failureOf(first) }
}

function failureOf(unusable: DnsMessage | undefined): Setback {
  switch (unusable?.rcode) {
    case undefined:
      return 'timed-out'
    case 'SERVFAIL':
      return 'servfail'
    case 'REFUSED':
      return 'refused'
    case 'FORMERR':
    case 'NOTIMP':
    case 'NXDOMAIN':
    case 'NOERROR':
      return 'other-error'
  }
}

/** SERVFAIL, NOTIMP and REFUSED lead to the next nameserver, and so does a reply that only refers elsewhere. */
function isUsable(message: DnsMessage): boolean {
  const { rcode, flags, answer, additional, edns } = message
  if (rcode === 'SERVFAIL' || rcode === 'NOTIMP' || rcode === 'REFUSED') return false
  const sectionsEmpty = answer.length === 0 && additional.length === 0 && edns === undefined
  return !(rcode === 'NOERROR' && sectionsEmpty && !flags.aa && !flags.ra)
}
