/** A name becomes addresses: the resolver's questions, each a real packet to the name server and back. */
import { between } from '../clock.ts'
import type { RecordType } from '../dns/message.ts'
import { resolve } from '../dns/resolver.ts'
import type { Resolution, ResolverStep, ServerReply } from '../dns/resolver-step.ts'
import { parseIp, type IpAddress } from '../network/address.ts'
import { phrase } from '../phrase.ts'
import { askServer } from './ask-server.ts'
import { isGone } from './client-gone.ts'
import { foundAtOnce, lookUpOutside } from './lookup-outside.ts'
import type { Run } from './run.ts'
import { tellAskedAgain, tellResolved, tellResolver, type Lookup } from './tell-lookup.ts'
import { flavourOf, hostsOf, nodeResolvConf, resolvConfOfPod, type Place } from './vantage.ts'

/** What the lookup gave; `server` was asked, for programs that print it. */
export interface NameLookup {
  readonly resolution: Resolution
  readonly server?: IpAddress
}

/** Looks a name up as the vantage's program would. An address in digits asks nobody and leaves no hop. */
export function lookUpName(run: Run, place: Place, name: string, types?: readonly RecordType[]): NameLookup {
  const literal = parseIp(name)
  if (literal !== undefined && types === undefined) return { resolution: foundAtOnce(name, [literal]) }
  if (place.kind === 'laptop') return { resolution: lookUpOutside(run, place.party, name) }
  const lookup: Lookup = {
    place,
    name,
    ...confOf(run, place),
    flavour: flavourOf(place, run.request),
    hosts: hostsOf(run.world.cluster(), place),
  }
  tellResolver(run, run.recorder.open('dns', 'client', phrase('exchange.dns')), lookup)
  const startedAt = run.world.now()
  const { resolution, askedAgain } = askAll(run, lookup, types)
  if (isGone(run, place.party)) return { resolution }
  run.world.passed(Math.max(0, resolution.tookMs - between(startedAt, run.world.now())))
  const exchange = run.recorder.exchanges.length - 1
  if (askedAgain > 0) tellAskedAgain(run, exchange, lookup, askedAgain)
  tellResolved(run, exchange, lookup, resolution)
  const server = lookup.conf.nameservers[0]
  return { resolution, ...(server === undefined ? {} : { server }) }
}

/** Carries the resolver's questions until it has what it needs, or nobody waits any more. `askedAgain` counts those not told. */
function askAll(
  run: Run,
  { name, conf, flavour, hosts, place }: Lookup,
  types: readonly RecordType[] | undefined,
): { readonly resolution: Resolution; readonly askedAgain: number } {
  const draw = run.world.stream('resolver')
  const resolving = resolve({ name, conf, flavour, hosts, draw, ...(types === undefined ? {} : { types }) })
  let replies: readonly ServerReply[] = []
  let port: number | undefined
  let askedAgain = 0
  let last = { rung: -1, written: run.world.written() }
  for (;;) {
    const { done, value } = resolving.next(replies)
    if (done === true) return { resolution: value, askedAgain }
    // The same question meets the same things, unless rules and records have changed meanwhile.
    const written = run.world.written()
    const isAgain = value.rung === last.rung && written === last.written
    if (isAgain) askedAgain++
    last = { rung: value.rung, written }
    const asked = askServer(run, place.party, value, {
      ...(value.socket === 'same' && port !== undefined ? { port } : {}),
      told: !isAgain,
    })
    if (isGone(run, place.party)) return { resolution: unanswered, askedAgain }
    port = asked.port
    replies = asked.replies
    passSilence(run, value, replies)
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
