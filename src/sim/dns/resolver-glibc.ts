/**
 * Models glibc's getaddrinfo over DNS (glibc 2.36 resolv/res_query.c, resolv/nss_dns/dns-host.c): the ladder and its errors.
 * How one name is asked is in `glibc-send.ts`. Not modelled: the option
 * `rotate`, and that with `no-aaaa` gethostbyname2 asks A in the place of AAAA.
 */
import { addressRecords, orderedAddresses } from './found-addresses.ts'
import { sendGlibc } from './glibc-send.ts'
import type { GlibcSocketMode, NameReplies } from './glibc-send.ts'
import type { Setback } from './ladder.ts'
import { finish, setbackOf, settle, waitingRungs } from './lookup.ts'
import type { Lookup } from './lookup.ts'
import type { Outcome, Resolution, Resolving } from './resolver-step.ts'

/** The room that getaddrinfo gives to what it finds (nss/getaddrinfo.c), in octets; doubled as often as it is too small. */
const FIRST_ROOM = 1024
/** Of one address in it: struct gaih_addrtuple on a machine of 64 bits. */
const ADDRESS_ROOM = 40

/** The whole lookup, and once more from its beginning for each time that what was found had no room: over 25 addresses or so. */
export function* resolveGlibc(lookup: Lookup): Resolving<Resolution> {
  const { ladder } = lookup
  let resolution = yield* climb(lookup)
  for (let room = FIRST_ROOM; roomOf(lookup, resolution) > room; room *= 2) {
    lookup.ladder = ladder
    resolution = yield* climb(lookup)
  }
  return resolution
}

/** Only getaddrinfo's, which asks for both families: gethostbyname2, which asks for one, has room for over 80 addresses. */
function roomOf({ types }: Lookup, { outcome }: Resolution): number {
  if (outcome.kind !== 'found' || types.length < 2) return 0
  return ADDRESS_ROOM * outcome.records.length + outcome.name.length
}

/**
 * The search list, once. NXDOMAIN, a name without address and SERVFAIL lead to the next search domain; silence and REFUSED leave the list for
 * the absolute name; a port unreachable ends it. The error is that of the absolute name where it was asked first, else the worst remembered.
 */
function* climb(lookup: Lookup): Resolving<Resolution> {
  let mode: GlibcSocketMode = modeOf(lookup.conf.options)
  let absoluteFirst: Setback | undefined
  const listed: Setback[] = []
  let last: Setback = 'nxdomain'
  dropBehindTooLong(lookup)
  for (const { index, rung } of waitingRungs(lookup)) {
    if (rung.reason.kind === 'in-list' && !listed.every(goesOn)) continue
    const sent = yield* sendGlibc(lookup, index, mode)
    mode = sent.mode
    const setback = verdictOf(sent.replies)
    if (setback === undefined) return found(lookup, index, sent.replies)
    settle(lookup, index, 'lost', { kind: setback })
    last = setback
    if (rung.reason.kind === 'absolute-first') absoluteFirst = setback
    else if (setback === 'port-unreachable') return fail(lookup, 'port-unreachable', index)
    else if (rung.reason.kind === 'in-list') {
      listed.push(setback)
      if (!goesOn(setback)) dropList(lookup, index, setback)
    }
  }
  return fail(lookup, absoluteFirst ?? remembered(listed) ?? last)
}

/** Whether the next search domain is tried after this. */
function goesOn(setback: Setback): boolean {
  return setback === 'nxdomain' || setback === 'no-data' || setback === 'servfail'
}

/** The search domains that are left out because one got silence or REFUSED. */
function dropList(lookup: Lookup, index: number, by: Setback): void {
  for (const [at, rung] of lookup.ladder.entries()) {
    if (rung.reason.kind === 'in-list')
      settle(lookup, at, 'not-tried', { kind: 'list-stopped', by, rung: index })
  }
}

/** A search domain with which the name is too long to be encoded ends the list (NO_RECOVERY), and the absolute name is asked. */
function dropBehindTooLong(lookup: Lookup): void {
  const tooLong = lookup.ladder.findIndex(({ reason }) => reason.kind === 'too-long')
  if (tooLong < 0) return
  for (const [at, rung] of lookup.ladder.entries()) {
    if (at > tooLong && rung.reason.kind === 'in-list')
      settle(lookup, at, 'not-tried', { kind: 'list-stopped', by: 'other-error', rung: tooLong })
  }
}

/** What the search list is remembered for; what the absolute name got at last does not count here (`got_nodata`, `got_servfail`). */
function remembered(listed: readonly Setback[]): Setback | undefined {
  if (listed.includes('no-data')) return 'no-data'
  return listed.includes('servfail') ? 'servfail' : undefined
}

function fail(lookup: Lookup, setback: Setback, stoppedAt?: number): Resolution {
  const ended = stoppedAt === undefined ? undefined : { rung: stoppedAt, by: setback }
  return finish(lookup, errorOf(setback), ended)
}

/** getaddrinfo's errors, glibc's EAI numbers. */
function errorOf(setback: Setback): Outcome {
  switch (setback) {
    case 'nxdomain':
    case 'other-owner':
      return { kind: 'failed', error: 'not-found', code: -2 }
    case 'no-data':
      return { kind: 'failed', error: 'no-data', code: -5 }
    case 'servfail':
    case 'refused':
    case 'other-error':
    case 'timed-out':
    case 'port-unreachable':
      return { kind: 'failed', error: 'try-again', code: -3 }
  }
}

/** What a name got, both questions together; undefined: an answer to either. */
function verdictOf(replies: NameReplies): Setback | undefined {
  if (replies.kind === 'failed') return replies.setback
  const setbacks = replies.messages.map(setbackOf)
  if (setbacks.includes('answered')) return undefined
  return setbacks.includes('nxdomain') ? 'nxdomain' : 'no-data'
}

/** What gethostbyaddr is given is the reply. An answer whose records all belong to another name is no answer, and ends the search all the same. */
function found(lookup: Lookup, index: number, replies: NameReplies): Resolution {
  const messages = replies.kind === 'failed' ? [] : replies.messages
  const [message] = messages
  if (message?.question.type === 'PTR') {
    settle(lookup, index, 'won', { kind: 'answered' })
    return finish(lookup, { kind: 'reply', message, others: [] }, { rung: index })
  }
  const records = messages.flatMap((message) => addressRecords(message, true))
  if (records.length === 0) {
    settle(lookup, index, 'lost', { kind: 'other-owner' })
    return fail(lookup, 'other-owner', index)
  }
  settle(lookup, index, 'won', { kind: 'answered' })
  const name = lookup.ladder[index]?.name ?? '.'
  return finish(
    lookup,
    { kind: 'found', addresses: orderedAddresses(records), records, name },
    { rung: index },
  )
}

function modeOf(options: readonly string[]): GlibcSocketMode {
  if (options.includes('single-request-reopen')) return 'single-reopen'
  return options.includes('single-request') ? 'single' : 'pair'
}
