/** A name becomes addresses: the resolver's questions, each a real packet to the name server and back. */
import { between } from '../clock.ts'
import type { Origin } from '../cluster/object-ref.ts'
import type { DnsMessage } from '../dns/message.ts'
import { printResolvConf, type ResolvConf } from '../dns/resolv-conf.ts'
import { resolve } from '../dns/resolver.ts'
import { ladderOf } from '../dns/ladder.ts'
import type { Resolution, ResolverStep, ServerReply } from '../dns/resolver-step.ts'
import { lookupHosts } from '../dns/hosts-file.ts'
import { parseIp, type IpAddress } from '../network/address.ts'
import { hopText, phrase } from '../phrase.ts'
import { askServer } from './ask-server.ts'
import { isGone } from './client-gone.ts'
import { foundAtOnce, lookUpOutside } from './lookup-outside.ts'
import { ladderEvidence } from './name-evidence.ts'
import { questionHeader } from './question-header.ts'
import type { Run } from './run.ts'
import { placeOf } from './subjects.ts'
import { flavourOf, hostsOf, nodeResolvConf, resolvConfOfPod, type Place } from './vantage.ts'

/** What the lookup gave; `server` was asked, for programs that print it. */
export interface NameLookup {
  readonly resolution: Resolution
  readonly server?: IpAddress
}

/** Looks a name up as the vantage's program would. An address in digits asks nobody and leaves no hop. */
export function lookUpName(
  run: Run,
  place: Place,
  name: string,
  types?: readonly DnsMessage['question']['type'][],
): NameLookup {
  const literal = parseIp(name)
  if (literal !== undefined && types === undefined) return { resolution: foundAtOnce(name, [literal]) }
  if (place.kind === 'laptop') return { resolution: lookUpOutside(run, place.party, name) }
  const { conf, origins } = confOf(run, place)
  const flavour = flavourOf(place, run.request)
  const hosts = hostsOf(run.world.cluster(), place)
  tellResolver(run, place, name, conf, origins, flavour)
  const resolving = resolve({
    name,
    conf,
    flavour,
    hosts,
    draw: run.world.stream('resolver'),
    ...(types === undefined ? {} : { types }),
  })
  let replies: readonly ServerReply[] = []
  let port: number | undefined
  let askedAgain = 0
  let lastRung = -1
  let lastWritten = run.world.written()
  const startedAt = run.world.now()
  for (;;) {
    const step = resolving.next(replies)
    if (step.done === true) {
      run.world.passed(Math.max(0, step.value.tookMs - between(startedAt, run.world.now())))
      if (askedAgain > 0) tellAskedAgain(run, place, conf, name, askedAgain)
      tellResolved(run, place, name, conf, step.value, hosts)
      const server = conf.nameservers[0]
      return { resolution: step.value, ...(server === undefined ? {} : { server }) }
    }
    // The same question meets the same things, unless rules and records have changed meanwhile.
    const again = step.value.rung === lastRung && run.world.written() === lastWritten
    if (again) askedAgain++
    lastRung = step.value.rung
    lastWritten = run.world.written()
    const asked = askServer(run, place.party, step.value, {
      ...(step.value.socket === 'same' && port !== undefined ? { port } : {}),
      told: !again,
    })
    if (isGone(run, place.party)) return { resolution: unanswered }
    port = asked.port
    replies = asked.replies
    passSilence(run, step.value, replies)
  }
}

/** A lookup that nobody waits for any more. */
const unanswered: Resolution = {
  outcome: { kind: 'failed', error: 'try-again', code: -3 },
  ladder: [],
  tookMs: 0,
}

function confOf(run: Run, place: Place): { readonly conf: ResolvConf; readonly origins: readonly Origin[] } {
  const cluster = run.world.cluster()
  if (place.kind !== 'pod') return { conf: nodeResolvConf(cluster), origins: [] }
  const conf = resolvConfOfPod(cluster, place.pod)
  return { conf, origins: conf.because }
}

/** Time passes where nobody answered; what was answered has taken its time on the way. */
function passSilence(run: Run, step: ResolverStep, replies: readonly ServerReply[]): void {
  if (replies.some((reply) => reply.kind === 'silence')) run.world.passed(step.waitMs)
}

function tellResolver(
  run: Run,
  place: Place,
  name: string,
  conf: ResolvConf,
  origins: readonly Origin[],
  flavour: ReturnType<typeof flavourOf>,
): void {
  const exchange = run.recorder.open('dns', 'client', phrase('exchange.dns'))
  const ladder = ladderOf(name, conf, flavour)
  const dots = name.split('.').length - 1
  run.recorder.hop({
    exchange,
    kind: 'read-resolver',
    phase: 'dns',
    packetId: run.recorder.newPacket(),
    direction: 'request',
    place: placeOf(run.world.cluster(), place.party.host, 'resolver'),
    subject: place.party.subject,
    ...hopText(dots < conf.ndots ? 'read-resolver-list' : 'read-resolver-absolute', {
      name,
      dots,
      ndots: conf.ndots,
      flavour,
    }),
    before: questionHeader(run, place.party, conf, name),
    basis: place.kind === 'pod' ? 'computed' : 'assumed',
    evidence: [ladderEvidence(ladder, printResolvConf(conf))],
    origins,
  })
}

/** The same question once more, and more than once: told as one hop, since the same things happen. */
function tellAskedAgain(run: Run, place: Place, conf: ResolvConf, name: string, count: number): void {
  run.recorder.hop({
    exchange: lastExchange(run),
    kind: 'retransmit',
    phase: 'dns',
    packetId: run.recorder.newPacket(),
    direction: 'request',
    place: placeOf(run.world.cluster(), place.party.host, 'resolver'),
    subject: place.party.subject,
    ...hopText('asked-again', { count }),
    before: questionHeader(run, place.party, conf, name),
  })
}

function tellResolved(
  run: Run,
  place: Place,
  name: string,
  conf: ResolvConf,
  resolution: Resolution,
  hosts: ReturnType<typeof hostsOf>,
): void {
  const { outcome } = resolution
  const fromHosts = outcome.kind === 'found' && lookupHosts(hosts, name).length > 0
  const address = outcome.kind === 'found' ? outcome.addresses.join(', ') : ''
  const failure = outcome.kind === 'failed' ? outcome.error : 'reply'
  const key = fromHosts
    ? 'hosts'
    : outcome.kind === 'found'
      ? 'found'
      : outcome.kind === 'reply'
        ? 'reply'
        : failure
  const values = { name, address, rcode: outcome.kind === 'reply' ? outcome.message.rcode : '' }
  run.recorder.hop({
    exchange: lastExchange(run),
    kind: 'receive',
    phase: outcome.kind === 'failed' ? 'drop' : 'dns',
    packetId: run.recorder.newPacket(),
    direction: 'reply',
    place: placeOf(run.world.cluster(), place.party.host, 'resolver'),
    subject: place.party.subject,
    ...hopText(`resolved-${key}`, values),
    before: questionHeader(run, place.party, conf, name),
    evidence: [ladderEvidence(resolution.ladder, printResolvConf(conf))],
  })
}

function lastExchange(run: Run): number {
  return run.recorder.exchanges.length - 1
}
