/**
 * Models the resolver of BIND's dig, host and nslookup (BIND 9.18 bin/dig/dighost.c). Only NXDOMAIN leads to the next name; any other reply
 * ends the search and is printed, and an error reply never leads to the next nameserver.
 */
import { ask, elapsed, finish, setbackOf, settle, waitingRungs } from './lookup.ts'
import type { Lookup } from './lookup.ts'
import type { Setback } from './ladder.ts'
import type { DnsMessage, RecordType } from './message.ts'
import type { Resolution, Resolving } from './resolver-step.ts'

/** The ladder with the first type; host and nslookup then ask the other types of the name that exists. */
export function* resolveBind(lookup: Lookup): Resolving<Resolution> {
  const [firstType = 'A', ...otherTypes] = lookup.types
  let last: { readonly message: DnsMessage; readonly index: number } | undefined
  for (const { index } of waitingRungs(lookup)) {
    const got = yield* askInTurn(lookup, index, firstType)
    if (got.kind === 'failed') {
      settle(lookup, index, 'lost', { kind: got.setback })
      return finish(lookup, unreachable(lookup), { rung: index, by: got.setback })
    }
    const setback = setbackOf(got.message)
    last = { message: got.message, index }
    settle(lookup, index, setback === 'answered' ? 'won' : 'lost', { kind: setback })
    if (setback === 'answered') break
    if (setback === 'nxdomain') continue
    const others = setback === 'no-data' ? yield* askOthers(lookup, index, otherTypes) : []
    return finish(lookup, { kind: 'reply', message: got.message, others }, { rung: index, by: setback })
  }
  if (last === undefined) return finish(lookup, unreachable(lookup))
  const others = last.message.rcode === 'NOERROR' ? yield* askOthers(lookup, last.index, otherTypes) : []
  return finish(lookup, { kind: 'reply', message: last.message, others }, { rung: last.index })
}

function* askOthers(
  lookup: Lookup,
  index: number,
  types: readonly RecordType[],
): Resolving<readonly DnsMessage[]> {
  const messages: DnsMessage[] = []
  for (const type of types) {
    const got = yield* askInTurn(lookup, index, type)
    if (got.kind === 'failed') break
    messages.push(got.message)
  }
  return messages
}

type Turn =
  | { readonly kind: 'reply'; readonly message: DnsMessage }
  | { readonly kind: 'failed'; readonly setback: Setback }

/** One question: the nameservers one after the other, `attempts` times over, each send from a port of its own. */
function* askInTurn(lookup: Lookup, rung: number, type: RecordType): Resolving<Turn> {
  const waitMs = lookup.conf.timeoutSeconds * 1000
  const transport: 'UDP' | 'TCP' = lookup.told.overTcp === true ? 'TCP' : 'UDP'
  let setback: Setback = 'timed-out'
  for (let attempt = 0; attempt < lookup.conf.attempts; attempt++) {
    for (const server of lookup.conf.nameservers) {
      const sending = { rung, types: [type], server, waitMs, socket: 'new' as const, transport }
      const reply = yield* askOnce(lookup, sending)
      if (reply.kind === 'reply' && reply.message.flags.tc && transport === 'UDP') {
        const overTcp = yield* askOnce(lookup, { ...sending, transport: 'TCP' })
        if (overTcp.kind === 'reply') return overTcp
        setback = overTcp.setback
      } else if (reply.kind === 'reply') return reply
      else setback = reply.setback
    }
  }
  return { kind: 'failed', setback }
}

function* askOnce(lookup: Lookup, sending: Parameters<typeof ask>[1]): Resolving<Turn> {
  const replies = yield* ask(lookup, sending)
  lookup.nowMs += elapsed(replies, sending.waitMs)
  const [reply] = replies
  if (reply?.kind === 'reply') return { kind: 'reply', message: reply.message }
  return { kind: 'failed', setback: reply?.kind === 'port-unreachable' ? 'port-unreachable' : 'timed-out' }
}

/** No nameserver answered: exit code 9 of dig, 1 of host and nslookup. */
function unreachable(lookup: Lookup) {
  const isDig = lookup.flavour === 'dig' || lookup.flavour === 'dig-search'
  return { kind: 'failed', error: 'try-again', code: isDig ? 9 : 1 } as const
}
