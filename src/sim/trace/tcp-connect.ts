/**
 * TCP's handshake, as far as packets tell it. Retransmission follows Linux: a SYN again after 1, 3, 7, 15, 31 and 63 s, given up
 * at 127 s (tcp_syn_retries 6; Documentation/networking/ip-sysctl.rst), unless the program gives up before.
 */
import { between, type Millis } from '../clock.ts'
import { hasPorts, type Packet, type TcpPacket } from '../network/packet.ts'
import { walkFrom, type WalkEnd } from '../network/walk.ts'
import { isGone } from './client-gone.ts'
import { follow } from './follow.ts'
import { answerWithError, isPortUnreachable, type Heard } from './icmp-error.ts'
import { ephemeralPort, localAddress, type Endpoint } from './local-endpoint.ts'
import type { Flight, Party, Run } from './run.ts'
import { flightOf, tcpPacket, type Connection, type Patience } from './tcp-connection.ts'
import { answersFrom, tellStray } from './stray-answer.ts'
import { tellAgain, tellGaveUp, tellSent } from './tell-sender.ts'
import { tellConnected, tellListener, tellReset } from './tell-socket.ts'

export type ConnectError = 'refused' | 'timed-out' | 'unreachable' | 'unknown'

export type ConnectOutcome =
  | { readonly kind: 'connected'; readonly connection: Connection }
  | { readonly kind: 'failed'; readonly error: ConnectError; readonly afterMs: Millis }

/** Opens a connection; tells every station of the first SYN. */
export function connect(
  run: Run,
  exchange: number,
  client: Party,
  remote: Endpoint,
  patience: Patience = {},
): ConnectOutcome {
  const startedAt = run.world.now()
  const local = {
    address: localAddress(run, client.host, remote.address),
    port: ephemeralPort(run, client),
  }
  const attempt: Attempt = {
    startedAt,
    exchange,
    client,
    local,
    remote,
    patience,
    syn: tcpPacket(local, remote, ['SYN']),
    flight: flightOf(run, exchange, 'request', 'SYN', 'full'),
  }
  tellSent(run, attempt.flight, client, attempt.syn)
  const first = follow(run, attempt.flight, walkFrom(run.world, client.host, attempt.syn))
  const heard = answerTo(run, attempt, first, true)
  const opened = isSilence(heard) ? retransmitted(run, attempt, first, heard) : heard
  return typeof opened === 'string'
    ? { kind: 'failed', error: opened, afterMs: between(startedAt, run.world.now()) }
    : { kind: 'connected', connection: opened }
}

/** One connect(2) under way. */
interface Attempt extends Pick<Connection, 'client' | 'local' | 'remote' | 'patience'> {
  readonly startedAt: Millis
  readonly exchange: number
  readonly syn: TcpPacket
  readonly flight: Flight
}

/** The answer to a SYN that arrived, and the last ACK: the connection, or why there is none. */
function shakeHands(
  run: Run,
  attempt: Attempt,
  end: Extract<WalkEnd, { kind: 'delivered' }>,
): Connection | ConnectError {
  const { exchange, client, local, remote, patience } = attempt
  const { host, packet: seen, socket } = end
  if (!hasPorts(seen)) return 'unknown'
  const here = { address: seen.dst, port: seen.dstPort }
  const peer = { address: seen.src, port: seen.srcPort }
  const reply = flightOf(run, exchange, 'reply', socket === undefined ? 'RST' : 'SYN-ACK', 'brief')
  const answer = tcpPacket(here, peer, socket === undefined ? ['RST', 'ACK'] : ['SYN', 'ACK'])
  if (socket === undefined) tellReset(run, reply, end, answer)
  else tellListener(run, reply, host, socket, answer)
  const back = follow(run, reply, walkFrom(run.world, host, answer))
  if (back.kind === 'not-modelled') return 'unknown'
  if (back.kind !== 'delivered' || back.host !== client.host) {
    giveUp(run, attempt)
    return 'timed-out'
  }
  if (!answersFrom(back.packet, remote)) {
    tellStray(run, reply, client, back.packet, remote)
    resetStranger(run, exchange, client, back.packet)
    giveUp(run, attempt)
    return 'timed-out'
  }
  tellConnected(run, reply, client, back.packet)
  if (socket === undefined) return 'refused'
  const ack = tcpPacket(local, remote, ['ACK'])
  follow(run, flightOf(run, exchange, 'request', 'ACK', 'silent'), walkFrom(run.world, client.host, ack))
  return { client, local, remote, patience, server: { host, local: here, peer, socket } }
}

/** No connection of the client's is with the sender of this segment. A reset that came astray is not answered with another. */
function resetStranger(run: Run, exchange: number, client: Party, packet: Packet): void {
  if (!hasPorts(packet) || packet.protocol !== 'tcp' || packet.flags.includes('RST')) return
  const here = { address: packet.dst, port: packet.dstPort }
  const reset = tcpPacket(here, { address: packet.src, port: packet.srcPort }, ['RST'])
  follow(run, flightOf(run, exchange, 'request', 'RST', 'silent'), walkFrom(run.world, client.host, reset))
}

/** Nothing was heard: nobody said anything, or it was lost; or the next SYN may find it otherwise. */
type Silence = 'nothing' | 'held-back' | 'too-early'

/** What the client hears of a SYN. */
function answerTo(
  run: Run,
  attempt: Attempt,
  end: WalkEnd,
  connecting: boolean,
): Connection | ConnectError | Silence {
  if (end.kind === 'delivered') return shakeHands(run, attempt, end)
  if (end.kind === 'not-modelled') return 'unknown'
  return connectErrorOf(answerWithError(run, attempt.exchange, attempt.client, end, { connecting }))
}

function isSilence(answer: Connection | ConnectError | Silence): answer is Silence {
  return answer === 'nothing' || answer === 'held-back' || answer === 'too-early'
}

const SYN_RETRY_MS = [1000, 2000, 4000, 8000, 16000, 32000]
const SYN_GIVE_UP_MS = 127_000

/**
 * Sends the SYN again and again, for as long as somebody waits. The first time is told with all that it meets, since conntrack may
 * hold it to a Pod that is gone; so is one that follows an error held back or come too early, which may be heard by then.
 */
function retransmitted(
  run: Run,
  attempt: Attempt,
  first: WalkEnd,
  before: Silence,
): Connection | ConnectError {
  const { client, syn, flight } = attempt
  const limit = limitOf(attempt)
  const wasRewritten = isRewritten(first.packet, syn)
  let silence = before
  let waited = 0
  for (const [index, delay] of SYN_RETRY_MS.entries()) {
    if (waited + delay > limit || isGone(run, client)) break
    waited += delay
    waitUntil(run, attempt, waited)
    const mayBeHeard = silence !== 'nothing'
    const again: Flight = {
      ...flight,
      packetId: run.recorder.newPacket(),
      detail: mayBeHeard || (index === 0 && wasRewritten) ? 'brief' : 'silent',
    }
    if (mayBeHeard || index === 0) tellAgain(run, again, client, syn, waited)
    const end = follow(run, again, walkFrom(run.world, client.host, syn))
    // Where the first one's error was lost, so is this one's.
    if (silence === 'nothing' && end.kind === first.kind) continue
    const answer = answerTo(run, attempt, end, false)
    if (!isSilence(answer)) return answer
    silence = answer
  }
  giveUp(run, attempt)
  return 'timed-out'
}

function isRewritten(packet: Packet, sent: TcpPacket): boolean {
  return packet.dst !== sent.dst
}

/** The rest of the wait, and its end. Who is gone waits no longer. */
function giveUp(run: Run, attempt: Attempt): void {
  if (isGone(run, attempt.client)) return
  const limit = limitOf(attempt)
  waitUntil(run, attempt, limit)
  const name = limit < SYN_GIVE_UP_MS ? 'gave-up-early' : 'gave-up'
  tellGaveUp(run, attempt.flight, attempt.client, attempt.syn, { name, since: attempt.startedAt })
}

/** Timers run from the first SYN, whatever way the others went meanwhile. */
function waitUntil(run: Run, { startedAt }: Attempt, afterMs: Millis): void {
  run.world.passed(Math.max(0, between(run.world.now(), startedAt + afterMs)))
}

function limitOf({ patience }: Attempt): Millis {
  return Math.min(patience.connectMs ?? SYN_GIVE_UP_MS, SYN_GIVE_UP_MS)
}

/** What connect(2) makes of it (Linux net/ipv4/tcp_ipv4.c, tcp_v4_err: while a SYN is out, every error ends it). */
function connectErrorOf(heard: Heard): ConnectError | Silence {
  switch (heard.kind) {
    case 'icmp':
      return isPortUnreachable(heard.error) ? 'refused' : 'unreachable'
    case 'reset':
      return 'refused'
    case 'not-sent':
      return 'unreachable'
    case 'nothing':
    case 'held-back':
    case 'too-early':
      return heard.kind
  }
}
