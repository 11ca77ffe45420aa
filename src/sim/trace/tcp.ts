/**
 * TCP between two hosts, as far as packets tell: the handshake, data, the end.
 * Retransmission follows Linux: SYN after 1, 3, 7, 15, 31 and 63 s, given up at 127 s (tcp_syn_retries 6); data 15 times,
 * given up after some 924 s (tcp_retries2 15; Documentation/networking/ip-sysctl.rst).
 */
import type { Millis } from '../clock.ts'
import type { Socket } from '../network/network.ts'
import { hasPorts, type Payload, type TcpFlag, type TcpPacket } from '../network/packet.ts'
import { walkFrom, type WalkEnd } from '../network/walk.ts'
import { hopText } from '../phrase.ts'
import { follow } from './follow.ts'
import { answerWithError, isPortUnreachable, type Heard } from './icmp-error.ts'
import { ephemeralPort, localAddress, type Endpoint } from './local-endpoint.ts'
import type { Flight, Party, Run } from './run.ts'
import { placeOf } from './subjects.ts'
import { flightParts } from './tell-parts.ts'
import { tellAgain, tellGaveUp, tellSent } from './tell-sender.ts'
import { tellConnected, tellListener, tellReset } from './tell-socket.ts'
import type { Message } from './trace.ts'

/** An open connection, from both ends. `remote` is what the client speaks to; `server` is who it really is. */
export interface Connection {
  readonly client: Party
  readonly local: Endpoint
  readonly remote: Endpoint
  readonly server: {
    readonly host: string
    readonly local: Endpoint
    readonly peer: Endpoint
    readonly socket: Socket
  }
}

export type ConnectError = 'refused' | 'timed-out' | 'unreachable' | 'unknown'

export type ConnectOutcome =
  | { readonly kind: 'connected'; readonly connection: Connection }
  | { readonly kind: 'failed'; readonly error: ConnectError; readonly afterMs: Millis }

const SYN_RETRY_MS = [1000, 2000, 4000, 8000, 16000, 32000]
const SYN_GIVE_UP_MS = 127_000
const DATA_GIVE_UP_MS = 924_600
const FIRST_TTL = 64

/** Opens a connection; tells every station of the first SYN. */
export function connect(run: Run, exchange: number, client: Party, remote: Endpoint): ConnectOutcome {
  const startedAt = run.world.now()
  const local = {
    address: localAddress(run, client.host, remote.address),
    port: ephemeralPort(run, client.host),
  }
  const syn = tcpPacket(local, remote, ['SYN'])
  const flight = flightOf(run, exchange, 'request', 'SYN', 'full')
  tellSent(run, flight, client, syn)
  const end = follow(run, flight, walkFrom(run.world, client.host, syn))
  const final = isSilence(end) ? retransmitted(run, flight, client, syn, end) : end
  return finished(run, exchange, client, syn, final, startedAt)
}

/** Sends data one way; true where it arrived. Without an answer the sender tries again for a quarter of an hour, which is told as one hop. */
export function sendData(
  run: Run,
  exchange: number,
  connection: Connection,
  direction: 'request' | 'reply',
  payload: Payload,
  message?: Message,
): boolean {
  const flight = flightOf(run, exchange, direction, payload.summary, 'brief')
  const { from, to, host } = ends(connection, direction)
  const packet: TcpPacket = { ...tcpPacket(from, to, ['PSH', 'ACK']), payload }
  if (direction === 'request') tellSent(run, flight, connection.client, packet, message)
  const end = follow(run, flight, walkFrom(run.world, host, packet))
  if (end.kind === 'delivered') return true
  run.world.passed(waitOf(run, DATA_GIVE_UP_MS))
  tellGaveUp(run, flight, connection.client, packet, 'data-lost')
  return false
}

/** Closes a connection, FIN by FIN; told as one hop. */
export function close(run: Run, exchange: number, connection: Connection): void {
  const flight = flightOf(run, exchange, 'request', 'FIN', 'silent')
  const there = tcpPacket(connection.local, connection.remote, ['FIN', 'ACK'])
  run.recorder.hop({
    ...flightParts({ ...flight, phase: 'reply' }),
    kind: 'close',
    place: placeOf(run.world.cluster(), connection.client.host, 'socket'),
    subject: connection.client.subject,
    ...hopText('close'),
    before: there,
  })
  const back = ends(connection, 'reply')
  follow(run, flight, walkFrom(run.world, connection.client.host, there))
  follow(run, flight, walkFrom(run.world, back.host, tcpPacket(back.from, back.to, ['FIN', 'ACK'])))
  follow(
    run,
    flight,
    walkFrom(run.world, connection.client.host, tcpPacket(connection.local, connection.remote, ['ACK'])),
  )
}

/** The flight of a new packet. */
export function flightOf(
  run: Run,
  exchange: number,
  direction: 'request' | 'reply',
  says: string,
  detail: Flight['detail'],
): Flight {
  const phase =
    direction === 'reply' ? 'reply' : run.recorder.exchanges[exchange]?.kind === 'http' ? 'edge' : 'nat'
  return { exchange, packetId: run.recorder.newPacket(), direction, phase, detail, says }
}

function finished(
  run: Run,
  exchange: number,
  client: Party,
  syn: TcpPacket,
  end: WalkEnd,
  startedAt: Millis,
): ConnectOutcome {
  const failed = (error: ConnectError): ConnectOutcome => ({
    kind: 'failed',
    error,
    afterMs: run.world.now() - startedAt,
  })
  if (end.kind === 'not-modelled') return failed('unknown')
  if (end.kind !== 'delivered') {
    if (isSilence(end)) return failed('timed-out')
    return failed(connectErrorOf(answerWithError(run, exchange, client, end)))
  }
  const seen = end.packet
  if (!hasPorts(seen)) return failed('unknown')
  const server = {
    host: end.host,
    local: { address: seen.dst, port: seen.dstPort },
    peer: { address: seen.src, port: seen.srcPort },
  }
  const flags: TcpFlag[] = end.socket === undefined ? ['RST', 'ACK'] : ['SYN', 'ACK']
  const reply = flightOf(run, exchange, 'reply', end.socket === undefined ? 'RST' : 'SYN-ACK', 'brief')
  const answer = tcpPacket(server.local, server.peer, flags)
  if (end.socket === undefined) tellReset(run, reply, end, answer)
  else tellListener(run, reply, end.host, end.socket, answer)
  const back = follow(run, reply, walkFrom(run.world, end.host, answer))
  if (back.kind !== 'delivered' || back.host !== client.host) return timedOut(run, reply, client, syn, failed)
  tellConnected(run, reply, client, back.packet)
  if (end.socket === undefined) return failed('refused')
  const connection: Connection = {
    client,
    local: { address: syn.src, port: syn.srcPort },
    remote: { address: syn.dst, port: syn.dstPort },
    server: { ...server, socket: end.socket },
  }
  const ack = { ...flightOf(run, exchange, 'request', 'ACK', 'silent') }
  follow(run, ack, walkFrom(run.world, client.host, tcpPacket(connection.local, connection.remote, ['ACK'])))
  return { kind: 'connected', connection }
}

function timedOut(
  run: Run,
  flight: Flight,
  client: Party,
  syn: TcpPacket,
  failed: (error: ConnectError) => ConnectOutcome,
): ConnectOutcome {
  run.world.passed(waitOf(run, SYN_GIVE_UP_MS))
  tellGaveUp(run, { ...flight, direction: 'request' }, client, syn, 'gave-up')
  return failed('timed-out')
}

/** Sends the SYN again and again. The first time is told with all that it meets, since conntrack may hold it to a Pod that is gone. */
function retransmitted(run: Run, flight: Flight, client: Party, syn: TcpPacket, first: WalkEnd): WalkEnd {
  const limit = waitOf(run, SYN_GIVE_UP_MS)
  const wasRewritten = first.packet.dst !== syn.dst
  let waited = 0
  for (const [index, delay] of SYN_RETRY_MS.entries()) {
    if (waited + delay > limit) break
    run.world.passed(delay)
    waited += delay
    const again: Flight = {
      ...flight,
      packetId: run.recorder.newPacket(),
      detail: index === 0 && wasRewritten ? 'brief' : 'silent',
    }
    if (index === 0) tellAgain(run, again, client, syn, waited)
    const end = follow(run, again, walkFrom(run.world, client.host, syn))
    if (!isSilence(end)) return end
  }
  run.world.passed(limit - waited)
  tellGaveUp(run, flight, client, syn, 'gave-up')
  return first
}

function waitOf(run: Run, kernelsOwn: Millis): Millis {
  return Math.min(run.request.timeoutMs ?? kernelsOwn, kernelsOwn)
}

/** What connect(2) makes of it (Linux net/ipv4/tcp_ipv4.c, tcp_v4_err: while a SYN is out, every error ends it). */
function connectErrorOf(heard: Heard): ConnectError {
  switch (heard.kind) {
    case 'icmp':
      return isPortUnreachable(heard.error) ? 'refused' : 'unreachable'
    case 'reset':
      return 'refused'
    case 'not-sent':
      return 'unreachable'
    case 'nothing':
      return 'timed-out'
  }
}

/** Whether the sender hears nothing at all. */
function isSilence(end: WalkEnd): boolean {
  switch (end.kind) {
    case 'dropped':
    case 'not-forwarding':
    case 'gone':
      return true
    case 'blackhole':
      return !end.atSender
    case 'no-route':
      return end.silent
    case 'delivered':
    case 'rejected':
    case 'no-neighbour':
    case 'not-modelled':
      return false
  }
}

function ends(connection: Connection, direction: 'request' | 'reply') {
  return direction === 'request'
    ? { host: connection.client.host, from: connection.local, to: connection.remote }
    : { host: connection.server.host, from: connection.server.local, to: connection.server.peer }
}

function tcpPacket(from: Endpoint, to: Endpoint, flags: readonly TcpFlag[]): TcpPacket {
  return {
    protocol: 'tcp',
    src: from.address,
    srcPort: from.port,
    dst: to.address,
    dstPort: to.port,
    flags,
    ttl: FIRST_TTL,
    mark: 0,
  }
}
