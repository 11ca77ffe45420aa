/** A name becomes addresses: the resolver's questions, each a real packet to the name server and back. */
import { between } from '../clock.ts'
import type { ResolverFlavour } from '../dns/flavour.ts'
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
import { tellAskedAgain, tellResolved, tellResolver, type Lookup } from './tell-lookup.ts'
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
  let last = { rung: -1, transport: 'UDP', written: run.world.written() }
  for (;;) {
    const { done, value } = resolving.next(replies)
    if (connection !== undefined && (done === true || value.socket === 'new')) {
      close(run, run.recorder.exchanges.length - 1, connection)
      connection = undefined
    }
    if (done === true) return { resolution: value, asked, askedAgain }
    const { rung, transport, server } = value
    // The same question meets the same things, unless rules and records have changed meanwhile.
    const written = run.world.written()
    const isAgain = rung === last.rung && transport === last.transport && written === last.written
    if (isAgain) askedAgain++
    last = { rung, transport, written }
    if (transport === 'TCP') ({ replies, connection } = askOverTcp(run, party, value, connection))
    else {
      const told = { ...(value.socket === 'same' && port !== undefined ? { port } : {}), told: !isAgain }
      ;({ replies, port } = askServer(run, party, value, told))
    }
    if (isGone(run, party)) return { resolution: unanswered, asked, askedAgain }
    for (const [index, query] of value.queries.entries())
      asked.push({ server, transport, rung, query, reply: replies[index] ?? { kind: 'silence' } })
    if (transport === 'UDP') passSilence(run, value, replies)
  }
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

/** Time passes where nobody answered; what was answered has taken its time on the way. */
function passSilence(run: Run, step: ResolverStep, replies: readonly ServerReply[]): void {
  if (replies.some((reply) => reply.kind === 'silence')) run.world.passed(step.waitMs)
}
