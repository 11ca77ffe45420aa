/** A name becomes addresses: the resolver's questions, each a real packet to the name server and back. */
import { between } from '../clock.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { ResolverFlavour } from '../dns/flavour.ts'
import type { DnsMessage } from '../dns/message.ts'
import type { AskedServer, NameQuestion, NameTalk } from '../dns/name-question.ts'
import { resolve } from '../dns/resolver.ts'
import type { Resolution, ResolverStep, ServerReply } from '../dns/resolver-step.ts'
import { ip, parseIp, type IpAddress } from '../network/address.ts'
import { phrase } from '../phrase.ts'
import { askOverTcp } from './ask-over-tcp.ts'
import { askServer } from './ask-server.ts'
import { isGone } from './client-gone.ts'
import { foundAtOnce, lookUpOutside } from './lookup-outside.ts'
import type { Run } from './run.ts'
import type { Connection } from './tcp-connection.ts'
import { close } from './tcp-data.ts'
import { tellAnswerMissing, tellAskedAgain, tellResolved, tellResolver, type Lookup } from './tell-lookup.ts'
import { hostsOf, libraryOf, nodeResolvConf, resolvConfOfPod, type Place } from './vantage.ts'

/** What a lookup asked and gave; `server` is the first that it would ask, for programs that print it. */
export interface NameLookup extends NameTalk {
  readonly server: IpAddress
}

/** A name, and what the command line says beside it. `flavour` absent: that of the vantage's C library. */
export interface Wanted extends Pick<NameQuestion, 'name' | 'types' | 'told'> {
  readonly flavour?: ResolverFlavour
  readonly server?: IpAddress
}

/** Looks a name up as the program would. An address in digits is no name to getaddrinfo: it asks nobody and leaves no hop. */
export function lookUpName(run: Run, place: Place, wanted: Wanted): NameLookup {
  const { name, flavour = libraryOf(place) } = wanted
  const { conf, origins } = confOf(run, place)
  const server = wanted.server ?? conf.nameservers[0] ?? ip('127.0.0.1')
  const literal = flavour === 'glibc' || flavour === 'musl' ? parseIp(name) : undefined
  if (literal !== undefined) return { resolution: foundAtOnce(name, [literal]), asked: [], server }
  const lookup: Lookup = { place, name, conf, origins, flavour, hosts: hostsOf(run.world.cluster(), place) }
  if (place.kind === 'laptop') return { ...lookUpOutside(run, place.party, lookup, wanted), server }
  tellResolver(run, run.recorder.open('dns', 'client', phrase('exchange.dns')), lookup)
  const startedAt = run.world.now()
  const { resolution, asked, askedAgain } = askAll(run, lookup, wanted)
  if (isGone(run, place.party)) return { resolution, asked, server }
  run.world.passed(Math.max(0, resolution.tookMs - between(startedAt, run.world.now())))
  const exchange = run.recorder.exchanges.length - 1
  if (askedAgain > 0) tellAskedAgain(run, exchange, lookup, askedAgain)
  tellResolved(run, exchange, lookup, resolution)
  return { resolution, asked, server }
}

/** Carries the resolver's questions until it has what it needs, or nobody waits any more. `askedAgain` counts those not told. */
function askAll(run: Run, lookup: Lookup, wanted: Wanted): NameTalk & { readonly askedAgain: number } {
  const resolving = resolve({ ...lookup, ...wanted, draw: run.world.stream('resolver') })
  const { party } = lookup.place
  const asked: AskedServer[] = []
  let replies: readonly ServerReply[] = []
  let port: number | undefined
  let connection: Connection | undefined
  let askedAgain = 0
  let last: Sending | undefined
  for (;;) {
    const { done, value } = resolving.next(replies)
    if (connection !== undefined && (done === true || value.socket === 'new')) {
      close(run, run.recorder.exchanges.length - 1, connection)
      connection = undefined
    }
    if (done === true) return { resolution: value, asked, askedAgain }
    const { rung, transport, server } = value
    const sending = sendingOf(run, value)
    const isAgain = last !== undefined && meetsTheSame(sending, last)
    if (isAgain) askedAgain++
    last = sending
    if (transport === 'TCP') ({ replies, connection } = askOverTcp(run, party, value, connection))
    else {
      const told = { ...(value.socket === 'same' && port !== undefined ? { port } : {}), told: !isAgain }
      ;({ replies, port } = askServer(run, party, value, told))
    }
    if (isGone(run, party)) return { resolution: unanswered, asked, askedAgain }
    for (const [index, query] of value.queries.entries())
      asked.push({ server, transport, rung, query, reply: replies[index] ?? { kind: 'silence' } })
    if (transport === 'UDP') passSilence(run, lookup, value, replies)
  }
}

/** What a send is told by: the same questions meet the same things, unless rules and records have changed meanwhile. */
interface Sending {
  readonly rung: number
  readonly types: string
  readonly transport: ResolverStep['transport']
  readonly written: Cluster
}

function sendingOf(run: Run, { rung, queries, transport }: ResolverStep): Sending {
  return { rung, types: typesOf(queries), transport, written: run.world.written() }
}

function meetsTheSame(one: Sending, other: Sending): boolean {
  return (
    one.rung === other.rung &&
    one.types === other.types &&
    one.transport === other.transport &&
    one.written === other.written
  )
}

function typesOf(queries: readonly DnsMessage[]): string {
  return queries.map(({ question }) => question.type).join(', ')
}

/** A lookup that nobody waits for any more. */
const unanswered: Resolution = {
  outcome: { kind: 'failed', error: 'try-again', code: -3 },
  ladder: [],
  tookMs: 0,
}

function confOf(run: Run, place: Place): Pick<Lookup, 'conf' | 'origins'> {
  const cluster = run.world.cluster()
  if (place.kind !== 'pod') return { conf: nodeResolvConf(cluster), origins: [] }
  const conf = resolvConfOfPod(cluster, place.pod)
  return { conf, origins: conf.because }
}

/** Time passes where nobody answered; what was answered has taken its time on the way. Half an answer is told: nothing else says why it waits. */
function passSilence(run: Run, lookup: Lookup, step: ResolverStep, replies: readonly ServerReply[]): void {
  const silent = step.queries.filter((_, index) => replies[index]?.kind === 'silence')
  if (silent.length === 0) return
  run.world.passed(step.waitMs)
  if (silent.length < step.queries.length)
    tellAnswerMissing(run, run.recorder.exchanges.length - 1, lookup, typesOf(silent), step.waitMs)
}
