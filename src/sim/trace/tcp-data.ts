/**
 * Data on an open TCP connection, and its close. What is not acknowledged Linux sends 15 times, for some 924 s (tcp_retries2 15;
 * Documentation/networking/ip-sysctl.rst), which is told as one hop. For an answer that does not come nothing is sent: curl's keepalive
 * finds out after 60 s and nine probes a minute apart (--keepalive-time 60, tcp_keepalive_probes 9).
 */
import type { Payload } from '../network/packet.ts'
import { walkFrom } from '../network/walk.ts'
import { hopText } from '../phrase.ts'
import { isGone } from './client-gone.ts'
import { follow } from './follow.ts'
import type { Flight, Run } from './run.ts'
import { placeOf } from './subjects.ts'
import { ends, flightOf, tcpPacket, type Connection } from './tcp-connection.ts'
import { flightParts } from './tell-parts.ts'
import { tellGaveUp, tellSent } from './tell-sender.ts'
import { tellConnected, tellReset } from './tell-socket.ts'
import type { Message } from './trace.ts'

const DATA_GIVE_UP_MS = 924_600
const KEEPALIVE_MS = 600_000

/** What became of data: `reset`: nobody has the connection any more, and the server's kernel says so. */
export type Delivery = 'arrived' | 'silence' | 'reset'

/** Sends the client's data. Where it is lost, the client's wait is over when this returns. */
export function sendRequest(
  run: Run,
  exchange: number,
  connection: Connection,
  payload: Payload,
  message?: Message,
): Delivery {
  const flight = flightOf(run, exchange, 'request', payload.summary, 'brief')
  const { client, local, remote, patience } = connection
  const packet = tcpPacket(local, remote, ['PSH', 'ACK'], payload)
  tellSent(run, flight, client, packet, message)
  const end = follow(run, flight, walkFrom(run.world, client.host, packet))
  if (end.kind === 'delivered' && end.socket !== undefined) return 'arrived'
  if (end.kind === 'delivered') return resetBy(run, exchange, connection, end)
  if (isGone(run, client)) return 'silence'
  const since = run.world.now()
  run.world.passed(Math.min(patience.answerMs ?? DATA_GIVE_UP_MS, DATA_GIVE_UP_MS))
  tellGaveUp(run, flight, client, packet, { name: 'data-lost', since })
  return 'silence'
}

/** Sends the server's data; true where it reached the client. */
export function sendReply(run: Run, exchange: number, connection: Connection, payload: Payload): boolean {
  const flight = flightOf(run, exchange, 'reply', payload.summary, 'brief')
  const { host, from, to } = ends(connection, 'reply')
  const packet = tcpPacket(from, to, ['PSH', 'ACK'], payload)
  const end = follow(run, flight, walkFrom(run.world, host, packet))
  return end.kind === 'delivered' && end.host === connection.client.host
}

/** Waits for an answer that does not come, for as long as the client would. */
export function waitInVain(run: Run, exchange: number, connection: Connection, says: string): void {
  const { client, local, remote, patience } = connection
  if (isGone(run, client)) return
  const since = run.world.now()
  run.world.passed(patience.answerMs ?? KEEPALIVE_MS)
  const flight = flightOf(run, exchange, 'request', says, 'silent')
  tellGaveUp(run, flight, client, tcpPacket(local, remote, ['ACK']), { name: 'answer-lost', since })
}

/** Closes a connection, FIN by FIN; told as one hop. */
export function close(run: Run, exchange: number, connection: Connection): void {
  const flight = flightOf(run, exchange, 'request', 'FIN', 'silent')
  const { client, local, remote } = connection
  const there = tcpPacket(local, remote, ['FIN', 'ACK'])
  run.recorder.hop({
    ...flightParts({ ...flight, phase: 'reply' }),
    kind: 'close',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    ...hopText('close'),
    before: there,
  })
  const back = ends(connection, 'reply')
  const segments = [
    { host: client.host, packet: there },
    { host: back.host, packet: tcpPacket(back.from, back.to, ['FIN', 'ACK']) },
    { host: client.host, packet: tcpPacket(local, remote, ['ACK']) },
  ]
  for (const { host, packet } of segments) follow(run, flight, walkFrom(run.world, host, packet))
}

/** The process is gone and its host is not: a kernel that knows no such connection answers with RST (RFC 9293 §3.5.2). */
function resetBy(
  run: Run,
  exchange: number,
  connection: Connection,
  end: Parameters<typeof tellReset>[2],
): Delivery {
  const { host, from, to } = ends(connection, 'reply')
  const flight: Flight = flightOf(run, exchange, 'reply', 'RST', 'brief')
  const packet = tcpPacket(from, to, ['RST'])
  tellReset(run, flight, end, packet)
  const back = follow(run, flight, walkFrom(run.world, host, packet))
  if (back.kind !== 'delivered' || back.host !== connection.client.host) return 'silence'
  tellConnected(run, flight, connection.client, back.packet)
  return 'reset'
}
