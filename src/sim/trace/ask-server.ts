/** One send of a resolver as packets: the question through the cluster to a name server, the answer back. */
import { between, type Millis } from '../clock.ts'
import { sentBytes } from '../dns/wire-size.ts'
import type { DnsAnswer } from '../dns/dns-answer.ts'
import type { DnsMessage } from '../dns/message.ts'
import type { ResolverStep, ServerReply } from '../dns/resolver-step.ts'
import type { Packet, Payload } from '../network/packet.ts'
import { hopText, phrase } from '../phrase.ts'
import { answerAsCoreDns } from './answer-name.ts'
import { openRace } from './conntrack-race.ts'
import { datagram, sendDatagram, sendReply, type DatagramOutcome, type Taken } from './datagram.ts'
import { recordsEvidence } from './name-evidence.ts'
import type { Flight, Party, Run } from './run.ts'
import { placeOf, podSubject } from './subjects.ts'
import { ephemeralPort, localAddress, type Endpoint } from './local-endpoint.ts'
import { flightParts } from './tell-parts.ts'
import { podOfSocket } from './tell-socket.ts'

/** Sends every question of the step; the first is told in full where asked for, its companions ride along in its hops. */
export function askServer(
  run: Run,
  client: Party,
  step: ResolverStep,
  how: { readonly port?: number; readonly told: boolean },
): { readonly replies: readonly ServerReply[]; readonly port: number } {
  const exchange = how.told ? exchangeOf(run, step) : run.recorder.exchanges.length - 1
  const local: Endpoint = {
    address: localAddress(run, client.host, step.server),
    port: how.port ?? ephemeralPort(run, client),
  }
  const race = step.queries.length > 1 ? openRace(run, client) : undefined
  const common = { exchange, client, local, step }
  // Both questions are on their way before either is answered.
  const sent = step.queries.map((query, index) => {
    const races = index === 1 && race !== undefined
    const told = how.told && (index === 0 || races)
    // The two halves of a race are told one by one; otherwise the second rides along in the first one's hops.
    const companion = index === 0 && race === undefined ? step.queries[1] : undefined
    return ask(races ? race : run, { ...common, query, told, races, companion })
  })
  return { replies: sent.map((each) => awaitReply(run, each)), port: local.port }
}

interface Asking {
  readonly exchange: number
  readonly client: Party
  readonly local: Endpoint
  readonly step: ResolverStep
  readonly query: DnsMessage
  readonly told: boolean
  /** It leaves at the same moment as the first, and another CPU takes it. */
  readonly races: boolean
  readonly companion: DnsMessage | undefined
}

/** A question under way: who took it, or what came of it. */
interface Asked {
  readonly asking: Asking
  readonly sentAt: Millis
  readonly outcome: DatagramOutcome
}

function ask(run: Run, asking: Asking): Asked {
  const sentAt = run.world.now()
  const flight = flightOf(run, asking, 'request')
  const packet = datagram(asking.local, serverOf(asking), payloadOf(asking.query))
  if (asking.told) tellQuestion(run, flight, asking, packet)
  return { asking, sentAt, outcome: sendDatagram(run, flight, asking.client, packet) }
}

function awaitReply(run: Run, { asking, sentAt, outcome }: Asked): ServerReply {
  const after = () => between(sentAt, run.world.now())
  switch (outcome.kind) {
    case 'silence':
    case 'unknown':
      return { kind: 'silence' }
    // A resolver takes any error of its socket for a server that refuses, and goes on to the next.
    case 'port-unreachable':
    case 'unreachable':
    case 'not-sent':
      return { kind: 'port-unreachable', afterMs: after() }
    case 'taken': {
      const answer = answerAsCoreDns(run, outcome.taken.socket, asking.query)
      if (answer === undefined) return { kind: 'silence' }
      const companion =
        asking.companion === undefined
          ? undefined
          : answerAsCoreDns(run, outcome.taken.socket, asking.companion)
      const flight = flightOf(run, asking, 'reply')
      const payload = payloadOf(answer.reply)
      const { local, peer } = outcome.taken
      if (asking.told)
        tellAnswer(run, flight, outcome.taken, answer, datagram(local, peer, payload), companion)
      const arrived = sendReply(run, flight, outcome.taken, asking.client, serverOf(asking), payload)
      return arrived ? { kind: 'reply', message: answer.reply, afterMs: after() } : { kind: 'silence' }
    }
  }
}

function serverOf({ step }: Asking): Endpoint {
  return { address: step.server, port: 53 }
}

/** The first question of a lookup goes into the lookup's own lane; every later name has one of its own. */
function exchangeOf(run: Run, step: ResolverStep): number {
  const last = run.recorder.exchanges.length - 1
  const asked = run.recorder.hops.some((hop) => hop.exchange === last && hop.kind === 'send')
  if (!asked) return last
  const count = run.recorder.exchanges.filter((each) => each.kind === 'dns').length + 1
  return run.recorder.open(
    'dns',
    'client',
    phrase('exchange.dns-again', { number: count, rung: step.rung + 1 }),
  )
}

function flightOf(run: Run, asking: Asking, direction: Flight['direction']): Flight {
  const types =
    asking.companion === undefined
      ? asking.query.question.type
      : `${asking.query.question.type}, ${asking.companion.question.type}`
  return {
    exchange: asking.exchange,
    packetId: run.recorder.newPacket(),
    direction,
    phase: 'dns',
    detail: asking.told ? 'brief' : 'silent',
    says: direction === 'request' ? `${types}?` : asking.query.question.type,
  }
}

function tellQuestion(run: Run, flight: Flight, asking: Asking, packet: ReturnType<typeof datagram>): void {
  const place = placeOf(run.world.cluster(), asking.client.host, 'socket')
  const { name, type } = asking.query.question
  const values = { types: flight.says, type, name, server: asking.step.server, node: place.node ?? '' }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'send',
    place,
    subject: asking.client.subject,
    ...hopText(asking.races ? 'ask-racing' : 'ask', values),
    basis: asking.races ? 'assumed' : 'computed',
    before: packet,
    message: {
      kind: 'dns',
      message: asking.query,
      ...(asking.companion === undefined ? {} : { companion: asking.companion }),
    },
  })
}

/** The name server's hop: it has read the question and `sent` its answer. */
export function tellAnswer(
  run: Run,
  flight: Flight,
  taken: Pick<Taken, 'host' | 'socket'>,
  answer: DnsAnswer,
  sent: Packet,
  companion?: DnsAnswer,
): void {
  const pod = podOfSocket(run, taken.socket)
  const { reply } = answer
  const first = reply.answer.find((record) => record.type === reply.question.type) ?? reply.answer[0]
  const values = {
    rcode: reply.rcode,
    name: reply.question.name,
    data: first?.data ?? '',
    ttl: first?.ttlSeconds ?? 0,
    plugin: answer.plugin,
    pod: pod?.ref.name ?? taken.host,
  }
  const key =
    answer.notModelled !== undefined
      ? 'not-modelled'
      : reply.rcode !== 'NOERROR'
        ? 'failed'
        : first === undefined
          ? 'empty'
          : 'found'
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'answer',
    phase: 'dns',
    place: placeOf(run.world.cluster(), taken.host, 'CoreDNS'),
    subject: pod === undefined ? { kind: 'node', node: taken.host } : podSubject(pod),
    ...hopText(`dns-${key}`, values),
    before: sent,
    basis: answer.notModelled === undefined ? 'computed' : 'not-modelled',
    evidence: [recordsEvidence(answer)],
    origins: answer.because,
    message: {
      kind: 'dns',
      message: reply,
      ...(companion === undefined ? {} : { companion: companion.reply }),
    },
  })
}

/** A message as what a packet carries. */
export function payloadOf(message: DnsMessage, transport: 'UDP' | 'TCP' = 'UDP'): Payload {
  const { name, type } = message.question
  const data = message.answer.map((record) => record.data).join(', ')
  return {
    protocol: 'DNS',
    summary: message.isReply ? `${message.rcode}${data === '' ? '' : ` ${data}`}` : `${type}? ${name}`,
    // Over TCP two octets say how long it is (RFC 1035 §4.2.2).
    bytes: sentBytes(message, transport) + (transport === 'TCP' ? 2 : 0),
  }
}
