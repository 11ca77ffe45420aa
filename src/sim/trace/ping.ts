/** ICMP echo (RFC 792): a request there, the other kernel's reply back, or what became of it. */
import { between, type Millis } from '../clock.ts'
import { drawBelow } from '../draw.ts'
import { processOf } from './packet-sender.ts'
import { ipVersion, type IpAddress } from '../network/address.ts'
import { hasPorts, type IcmpPacket, type Packet } from '../network/packet.ts'
import { walkFrom } from '../network/walk.ts'
import { hopText, phrase } from '../phrase.ts'
import { isGone } from './client-gone.ts'
import { follow } from './follow.ts'
import { answerWithError } from './icmp-error.ts'
import type { Flight, Party, Run } from './run.ts'
import { nameOfAddress, placeOf, podOfAddress, podSubject, subjectOfAddress } from './subjects.ts'
import { localAddress } from './local-endpoint.ts'
import { flightParts } from './tell-parts.ts'
import type { Result } from './trace.ts'

type Echo = Extract<Result, { kind: 'ping' }>['echoes'][number]

/** Types of request and reply by family (RFC 792, RFC 4443 §4). */
const echo = {
  4: { protocol: 'icmp', request: 8, reply: 0 },
  6: { protocol: 'icmpv6', request: 128, reply: 129 },
} as const
/** How long BusyBox and iputils wait for the last answer. */
const LAST_WAIT_MS = 10_000
const INTERVAL_MS = 1000

/** Sends `request.count` echo requests a second apart; the first is told, the others only counted. */
export function ping(
  run: Run,
  client: Party,
  name: string,
  address: IpAddress,
): Extract<Result, { kind: 'ping' }> {
  const count = Math.max(1, run.request.count ?? 1)
  const exchange = run.recorder.open('ping', 'client', phrase('exchange.ping'))
  const id = drawBelow(run.world.stream('ping'), 65536)
  run.world.opened(client.host, id, processOf(run.world.cluster(), client.subject))
  const echoes = Array.from({ length: count }, (_, sequence) => {
    const sent = sendEcho(run, exchange, client, { address, id, sequence })
    if (sequence < count - 1) run.world.passed(INTERVAL_MS - (sent.rttMs ?? 0))
    return sent
  })
  const isSilent = echoes.every(({ rttMs, error }) => rttMs === undefined && error === undefined)
  if (isSilent && !isGone(run, client)) {
    run.world.passed(run.request.timeoutMs ?? LAST_WAIT_MS)
    tellSilence(run, exchange, client, address, count)
  }
  return { kind: 'ping', name, address, echoes }
}

function sendEcho(
  run: Run,
  exchange: number,
  client: Party,
  to: { readonly address: IpAddress; readonly id: number; readonly sequence: number },
): Echo {
  const { sequence } = to
  const kind = echo[ipVersion(to.address)]
  const sentAt = run.world.now()
  const packet: IcmpPacket = {
    protocol: kind.protocol,
    src: localAddress(run, client.host, to.address),
    dst: to.address,
    type: kind.request,
    code: 0,
    id: to.id,
    ttl: 64,
    mark: 0,
  }
  const flight = flightOf(run, exchange, sequence, 'request')
  if (sequence === 0) tellSent(run, flight, client, packet)
  const end = follow(run, flight, walkFrom(run.world, client.host, packet))
  if (end.kind !== 'delivered') {
    const heard = answerWithError(run, exchange, client, end, { silently: sequence > 0 })
    switch (heard.kind) {
      case 'nothing':
      case 'held-back':
      case 'too-early':
      case 'reset':
        return { sequence }
      case 'not-sent':
        return { sequence, error: { from: packet.src, text: heard.error } }
      case 'icmp':
        return { sequence, error: { from: heard.error.src, text: errorText(heard.error) } }
    }
  }
  const seen = end.packet
  if (hasPorts(seen)) throw new Error('an echo request became something else')
  const reply: IcmpPacket = { ...seen, src: seen.dst, dst: seen.src, type: kind.reply, ttl: 64, mark: 0 }
  const back = flightOf(run, exchange, sequence, 'reply')
  if (sequence === 0) tellReply(run, back, end.host, reply)
  const home = follow(run, back, walkFrom(run.world, end.host, reply))
  if (home.kind !== 'delivered' || home.host !== client.host) return { sequence }
  const rttMs = between(sentAt, run.world.now())
  if (sequence === 0) tellReceived(run, back, client, home.packet, rttMs)
  return { sequence, rttMs, ttl: home.packet.ttl }
}

/** What ping prints of an ICMP destination unreachable (iputils ping/ping.c and ping6_common.c, pr_icmph). */
function errorText({ protocol, code }: IcmpPacket): string {
  if (protocol === 'icmpv6') {
    const reasons = ['No route', 'Administratively prohibited', 'Beyond scope of source address']
    const reason = [...reasons, 'Address unreachable', 'Port unreachable'][code]
    return `Destination unreachable: ${reason ?? `Unknown code ${code}`}`
  }
  const texts: Readonly<Record<number, string>> = {
    0: 'Destination Net Unreachable',
    1: 'Destination Host Unreachable',
    2: 'Destination Protocol Unreachable',
    3: 'Destination Port Unreachable',
    9: 'Destination Net Prohibited',
    10: 'Destination Host Prohibited',
    13: 'Packet filtered',
  }
  return texts[code] ?? `Dest Unreachable, Bad Code: ${code}`
}

function flightOf(run: Run, exchange: number, sequence: number, direction: Flight['direction']): Flight {
  return {
    exchange,
    packetId: run.recorder.newPacket(),
    direction,
    phase: direction === 'request' ? 'nat' : 'reply',
    detail: sequence === 0 ? (direction === 'request' ? 'full' : 'brief') : 'silent',
    says: direction === 'request' ? 'echo request' : 'echo reply',
  }
}

function tellSent(run: Run, flight: Flight, client: Party, packet: IcmpPacket): void {
  const values = { dst: packet.dst }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'send',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    ...hopText('echo', values),
    before: packet,
  })
}

function tellReply(run: Run, flight: Flight, host: string, packet: IcmpPacket): void {
  const cluster = run.world.cluster()
  const pod = podOfAddress(cluster, packet.src)
  const values = { name: nameOfAddress(cluster, packet.src) }
  run.recorder.hop({
    ...flightParts({ ...flight, phase: 'pod' }),
    kind: 'answer',
    place: placeOf(cluster, host, 'kernel'),
    subject: pod === undefined ? subjectOfAddress(cluster, packet.src) : podSubject(pod),
    ...hopText('echo-reply', values),
    before: packet,
  })
}

function tellReceived(run: Run, flight: Flight, client: Party, packet: Packet, rttMs: Millis): void {
  const values = { from: packet.src, ms: rttMs.toFixed(2), ttl: packet.ttl }
  run.recorder.hop({
    ...flightParts({ ...flight, phase: 'pod' }),
    kind: 'receive',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    ...hopText('echo-received', values),
    before: packet,
  })
}

function tellSilence(run: Run, exchange: number, client: Party, address: IpAddress, count: number): void {
  const cluster = run.world.cluster()
  const isService = subjectOfAddress(cluster, address).kind === 'service'
  const values = { address, count, name: nameOfAddress(cluster, address) }
  const last = run.recorder.hops.findLast((hop) => hop.exchange === exchange)
  if (last === undefined) return
  run.recorder.hop({
    exchange,
    kind: 'silence',
    phase: 'drop',
    packetId: run.recorder.newPacket(),
    direction: 'reply',
    place: placeOf(cluster, client.host, 'socket'),
    subject: client.subject,
    ...hopText(isService ? 'no-echo-service' : 'no-echo', values),
    before: last.before,
  })
}
