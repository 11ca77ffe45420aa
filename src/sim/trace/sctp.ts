/**
 * An SCTP association, `sctp://host:port`: its four-way handshake (RFC 9260 §5.1), and then its shutdown. What programs would say over it
 * is not known. Of one address at either end and without verification tags; that both hosts' kernels have SCTP is assumed.
 * Retransmission follows Linux: INIT again 3 s after the first, then after twice as long each time and 60 s at most, eight times
 * (net.sctp.rto_initial, rto_max, max_init_retransmits). An ICMP error ends no association under way but “protocol unreachable”, which
 * means that the host has no SCTP (net/sctp/input.c, sctp_v4_err_handle).
 */
import { between, type Millis } from '../clock.ts'
import type { IpAddress } from '../network/address.ts'
import type { Socket } from '../network/network.ts'
import { hasPorts, type DatagramPacket, type Packet, type SctpChunk } from '../network/packet.ts'
import { walkFrom, type WalkEnd } from '../network/walk.ts'
import { hopText, phrase } from '../phrase.ts'
import { isGone } from './client-gone.ts'
import { follow } from './follow.ts'
import { answerWithError, isNoSctp } from './icmp-error.ts'
import { ephemeralPort, localAddress, type Endpoint } from './local-endpoint.ts'
import type { Flight, Party, Run } from './run.ts'
import { answersFrom, tellStray } from './stray-answer.ts'
import { placeOf } from './subjects.ts'
import type { Patience } from './tcp-connection.ts'
import { flightParts } from './tell-parts.ts'
import { tellAgain, tellGaveUp, tellSent } from './tell-sender.ts'
import { tellAbort, tellListener } from './tell-socket.ts'
import type { Result } from './trace.ts'

/** Opens an association and shuts it down again; tells every station of the first INIT. */
export function associate(
  run: Run,
  client: Party,
  address: IpAddress,
  port: number,
  patience: Patience,
): Result {
  const startedAt = run.world.now()
  const exchange = run.recorder.open('connect', 'client', phrase('exchange.sctp'))
  const local = { address: localAddress(run, client.host, address), port: ephemeralPort(run, client) }
  const attempt = { exchange, client, local, remote: { address, port }, patience, startedAt }
  const error = sendInit(run, attempt)
  if (error === undefined) return { kind: 'connected', address, port }
  if (error === 'unknown') return { kind: 'not-modelled', address, port, what: 'netfilter' }
  return { kind: 'connect-failed', address, port, error, afterMs: between(startedAt, run.world.now()) }
}

interface Attempt {
  readonly exchange: number
  readonly client: Party
  readonly local: Endpoint
  readonly remote: Endpoint
  readonly patience: Patience
  readonly startedAt: Millis
}

type Failure = 'refused' | 'timed-out' | 'unreachable' | 'unknown'

const INIT_RETRY_MS = [3000, 6000, 12_000, 24_000, 48_000, 60_000, 60_000, 60_000]
/** The last one is waited for as long again. */
const GIVE_UP_MS = INIT_RETRY_MS.reduce((sum, each) => sum + each, 60_000)

/** Undefined: the association was up. */
function sendInit(run: Run, attempt: Attempt): Failure | undefined {
  const { client, startedAt, patience } = attempt
  const limit = Math.min(patience.connectMs ?? GIVE_UP_MS, GIVE_UP_MS)
  const init = chunkPacket(attempt.local, attempt.remote, 'INIT')
  const flight = flightOf(run, attempt, 'request', 'INIT', 'full')
  tellSent(run, flight, client, init)
  let answer = answerTo(run, attempt, flight, init)
  let waited = 0
  for (const [index, delay] of INIT_RETRY_MS.entries()) {
    if (answer !== 'silence' || waited + delay > limit || isGone(run, client)) break
    waited += delay
    waitUntil(run, startedAt + waited)
    const again = flightOf(run, attempt, 'request', 'INIT', 'silent')
    if (index === 0) tellAgain(run, again, client, init, waited)
    answer = answerTo(run, attempt, again, init)
  }
  if (answer !== 'silence') return answer === 'up' ? undefined : answer
  if (isGone(run, client)) return 'timed-out'
  waitUntil(run, startedAt + limit)
  const name = limit < GIVE_UP_MS ? 'gave-up-early' : 'sctp-gave-up'
  tellGaveUp(run, flight, client, init, { name, since: startedAt })
  return 'timed-out'
}

function waitUntil(run: Run, at: Millis): void {
  run.world.passed(Math.max(0, between(run.world.now(), at)))
}

function answerTo(
  run: Run,
  attempt: Attempt,
  flight: Flight,
  init: DatagramPacket,
): Failure | 'up' | 'silence' {
  const end = follow(run, flight, walkFrom(run.world, attempt.client.host, init))
  if (end.kind === 'not-modelled') return 'unknown'
  if (end.kind === 'delivered') return greet(run, attempt, end)
  const silently = flight.detail === 'silent'
  const heard = answerWithError(run, attempt.exchange, attempt.client, end, { silently, overSctp: true })
  return heard.kind === 'not-sent' ? 'unreachable' : isNoSctp(heard) ? 'refused' : 'silence'
}

/** What the host at which INIT arrived answers, and what comes of it. */
function greet(
  run: Run,
  attempt: Attempt,
  end: Extract<WalkEnd, { kind: 'delivered' }>,
): Failure | 'up' | 'silence' {
  const { client, remote } = attempt
  const { host, packet: seen, socket } = end
  if (!hasPorts(seen)) return 'unknown'
  const server = { host, socket, local: { address: seen.dst, port: seen.dstPort } }
  const peer = { address: seen.src, port: seen.srcPort }
  const chunk = socket === undefined ? 'ABORT' : 'INIT-ACK'
  const answer = chunkPacket(server.local, peer, chunk)
  const reply = flightOf(run, attempt, 'reply', printChunk(chunk), 'brief')
  if (socket === undefined) tellAbort(run, reply, end, answer)
  else tellListener(run, reply, host, socket, answer)
  const back = follow(run, reply, walkFrom(run.world, host, answer))
  if (back.kind === 'not-modelled') return 'unknown'
  if (back.kind !== 'delivered' || back.host !== client.host) return 'silence'
  if (!answersFrom(back.packet, remote)) {
    tellStray(run, reply, client, back.packet, remote)
    return 'silence'
  }
  tellHeard(run, reply, client, back.packet, socket)
  if (socket === undefined) return 'refused'
  exchangeChunks(run, attempt, server, peer)
  return 'up'
}

interface Server {
  readonly host: string
  readonly local: Endpoint
}

/** The cookie there and its acknowledgement back, then the shutdown; told as one hop. */
function exchangeChunks(run: Run, attempt: Attempt, server: Server, peer: Endpoint): void {
  const { client, local, remote } = attempt
  const steps: readonly (readonly ['request' | 'reply', SctpChunk])[] = [
    ['request', 'COOKIE-ECHO'],
    ['reply', 'COOKIE-ACK'],
    ['request', 'SHUTDOWN'],
    ['reply', 'SHUTDOWN-ACK'],
    ['request', 'SHUTDOWN-COMPLETE'],
  ]
  for (const [direction, chunk] of steps) {
    if (chunk === 'SHUTDOWN') tellShutdown(run, attempt)
    const isRequest = direction === 'request'
    const packet = isRequest ? chunkPacket(local, remote, chunk) : chunkPacket(server.local, peer, chunk)
    const flight = flightOf(run, attempt, direction, printChunk(chunk), 'silent')
    follow(run, flight, walkFrom(run.world, isRequest ? client.host : server.host, packet))
  }
}

function tellShutdown(run: Run, attempt: Attempt): void {
  const { client, local, remote } = attempt
  const flight = flightOf(run, attempt, 'request', 'SHUTDOWN', 'silent')
  run.recorder.hop({
    ...flightParts({ ...flight, phase: 'reply' }),
    kind: 'close',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    ...hopText('sctp-shutdown'),
    before: chunkPacket(local, remote, 'SHUTDOWN'),
  })
}

function tellHeard(
  run: Run,
  flight: Flight,
  client: Party,
  packet: Packet,
  socket: Socket | undefined,
): void {
  const isUp = socket !== undefined
  run.recorder.hop({
    ...flightParts({ ...flight, phase: isUp ? 'reply' : 'drop' }),
    kind: 'receive',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    ...hopText(isUp ? 'sctp-associated' : 'heard-refused', { from: packet.src, says: flight.says }),
    before: packet,
  })
}

/** As RFC 9260 writes it: `INIT ACK`. */
function printChunk(chunk: SctpChunk): string {
  return chunk.replace('-', ' ')
}

function chunkPacket(from: Endpoint, to: Endpoint, chunk: SctpChunk): DatagramPacket {
  return {
    protocol: 'sctp',
    src: from.address,
    srcPort: from.port,
    dst: to.address,
    dstPort: to.port,
    chunk,
    ttl: 64,
    mark: 0,
  }
}

function flightOf(
  run: Run,
  { exchange }: Attempt,
  direction: Flight['direction'],
  says: string,
  detail: Flight['detail'],
): Flight {
  const phase = direction === 'reply' ? 'reply' : 'nat'
  return { exchange, packetId: run.recorder.newPacket(), direction, phase, detail, says }
}
