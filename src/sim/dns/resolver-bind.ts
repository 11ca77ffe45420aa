/**
 * Models the resolver of BIND's dig, host and nslookup (BIND 9.18 bin/dig/dighost.c). Only NXDOMAIN leads to the next name; any other reply
 * ends the search and is printed. What leads to the next nameserver is silence, a refused port, and for host and nslookup also SERVFAIL or
 * a reply that offers no recursion, as CoreDNS's of the cluster's own names do.
 */
import { sameName } from './domain-name.ts'
import { ask, elapsed, finish, setbackOf, settle, waitingRungs } from './lookup.ts'
import type { Lookup, Sending } from './lookup.ts'
import type { Setback } from './ladder.ts'
import type { DnsMessage, RecordType } from './message.ts'
import type { Resolution, Resolving } from './resolver-step.ts'

/**
 * The ladder with the first type; host and nslookup then ask the other types of the name that exists, or of what its CNAMEs lead to, and
 * over TCP where the first answer came that way.
 */
export function* resolveBind(lookup: Lookup): Resolving<Resolution> {
  const [firstType = 'A', ...otherTypes] = lookup.types
  let last: Found | undefined
  let tries = lookup.conf.attempts
  for (const { index } of waitingRungs(lookup)) {
    const asking = { types: [firstType], transport: transportOf(lookup), tries }
    const got = yield* askInTurn(lookup, index, asking)
    if (got.kind === 'failed') {
      settle(lookup, index, 'lost', { kind: got.setback })
      return finish(lookup, unreachable(lookup), { rung: index, by: got.setback })
    }
    tries = got.tries
    const setback = setbackOf(got.message)
    last = { ...got, index }
    settle(lookup, index, setback === 'answered' ? 'won' : 'lost', { kind: setback })
    if (setback === 'answered') break
    if (setback === 'nxdomain') continue
    const others = setback === 'no-data' ? yield* askOthers(lookup, last, otherTypes) : []
    return finish(lookup, { kind: 'reply', message: got.message, others }, { rung: index, by: setback })
  }
  if (last === undefined) return finish(lookup, unreachable(lookup))
  const others = last.message.rcode === 'NOERROR' ? yield* askOthers(lookup, last, otherTypes) : []
  return finish(lookup, { kind: 'reply', message: last.message, others }, { rung: last.index })
}

/** The reply to a rung's first question. */
interface Found {
  readonly message: DnsMessage
  readonly transport: 'UDP' | 'TCP'
  readonly index: number
}

function* askOthers(
  lookup: Lookup,
  { message, transport, index }: Found,
  types: readonly RecordType[],
): Resolving<readonly DnsMessage[]> {
  const name = endOfChain(message)
  const messages: DnsMessage[] = []
  for (const type of types) {
    const got = yield* askInTurn(lookup, index, {
      name,
      types: [type],
      transport,
      tries: lookup.conf.attempts,
    })
    if (got.kind === 'reply') messages.push(got.message)
  }
  return messages
}

/** The name to which the answer's CNAMEs lead (bin/dig/dighost.c, chase_cnamechain). */
function endOfChain({ question, answer }: DnsMessage): string {
  const aliases = answer.filter(({ type }) => type === 'CNAME')
  return aliases.reduce(
    (name) => aliases.find((alias) => sameName(alias.name, name))?.data ?? name,
    question.name,
  )
}

type Turn =
  | {
      readonly kind: 'reply'
      readonly message: DnsMessage
      readonly transport: 'UDP' | 'TCP'
      /** How many are left. */
      readonly tries: number
    }
  | { readonly kind: 'failed'; readonly setback: Setback }

function transportOf({ told }: Lookup): 'UDP' | 'TCP' {
  return told.overTcp === true ? 'TCP' : 'UDP'
}

/** What is asked of a name, and how often it may still be sent: what an earlier name of the list used up is gone. */
type Asking = Pick<Sending, 'name' | 'types'> & {
  readonly transport: 'UDP' | 'TCP'
  readonly tries: number
}

/** One question: a nameserver as often as there are tries, each later one once; each send is from a port of its own. */
function* askInTurn(lookup: Lookup, rung: number, { tries, ...asking }: Asking): Resolving<Turn> {
  const { nameservers, timeoutSeconds } = lookup.conf
  let turn: Turn = { kind: 'failed', setback: 'timed-out' }
  let { transport } = asking
  let left = tries
  for (const server of nameservers) {
    const sending = { ...asking, rung, server, waitMs: timeoutSeconds * 1000, socket: 'new' as const }
    turn = yield* askOnce(lookup, { ...sending, transport })
    for (; turn.kind === 'failed' && left > 1; left--)
      turn = yield* askOnce(lookup, { ...sending, transport })
    if (turn.kind === 'failed') continue
    if (!leadsToNextServer(lookup, turn.message)) return { ...turn, tries: left }
    transport = turn.transport
  }
  return turn.kind === 'failed' ? turn : { ...turn, tries: left }
}

/** A truncated reply is asked again over TCP. */
function* askOnce(lookup: Lookup, sending: Sending & { readonly transport: 'UDP' | 'TCP' }): Resolving<Turn> {
  const turn = yield* sendOnce(lookup, sending)
  const isCut = turn.kind === 'reply' && turn.message.flags.tc && sending.transport === 'UDP'
  return isCut ? yield* sendOnce(lookup, { ...sending, transport: 'TCP' }) : turn
}

function* sendOnce(
  lookup: Lookup,
  sending: Sending & { readonly transport: 'UDP' | 'TCP' },
): Resolving<Turn> {
  const replies = yield* ask(lookup, sending)
  lookup.nowMs += elapsed(replies, sending.waitMs)
  const [reply] = replies
  if (reply?.kind === 'reply')
    return { kind: 'reply', message: reply.message, transport: sending.transport, tries: 0 }
  return { kind: 'failed', setback: reply?.kind === 'port-unreachable' ? 'port-unreachable' : 'timed-out' }
}

/** dig takes whatever comes (`+fail`, and it does not look at ra). */
function leadsToNextServer({ flavour }: Lookup, { rcode, flags }: DnsMessage): boolean {
  if (flavour !== 'host' && flavour !== 'nslookup') return false
  return rcode === 'SERVFAIL' || (flags.rd && !flags.ra)
}

/** No nameserver answered: exit code 9 of dig, 1 of host and nslookup. */
function unreachable(lookup: Lookup) {
  const isDig = lookup.flavour === 'dig' || lookup.flavour === 'dig-search'
  return { kind: 'failed', error: 'try-again', code: isDig ? 9 : 1 } as const
}
