/** One UDP datagram there, and its reply or its error back. */
import type { Socket } from '../network/network.ts'
import { hasPorts, type DatagramPacket, type Payload } from '../network/packet.ts'
import { walkFrom } from '../network/walk.ts'
import { follow } from './follow.ts'
import { answerWithError, isPortUnreachable } from './icmp-error.ts'
import type { Flight, Party, Run } from './run.ts'
import type { Endpoint } from './local-endpoint.ts'
import { answersFrom, tellStray } from './stray-answer.ts'
import { tellClosedPort } from './tell-socket.ts'

/** What took a datagram, and how to answer it. */
export interface Taken {
  readonly host: string
  readonly socket: Socket
  /** As the server sees it: its own address first. */
  readonly local: Endpoint
  readonly peer: Endpoint
}

export type DatagramOutcome =
  | { readonly kind: 'taken'; readonly taken: Taken }
  | { readonly kind: 'port-unreachable' }
  /** The system call failed. */
  | { readonly kind: 'not-sent' }
  /** Nothing came back, or an error that a UDP socket does not pass on. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'unknown' }

/**
 * Sends one datagram. An ICMP error that comes back is told on its way; a delivery is the caller's to tell.
 * Net and host unreachable do not reach a program (Linux net/ipv4/udp.c, __udp4_lib_err: they are not fatal): it waits on.
 */
export function sendDatagram(
  run: Run,
  flight: Flight,
  sender: Party,
  packet: DatagramPacket,
): DatagramOutcome {
  const end = follow(run, flight, walkFrom(run.world, sender.host, packet))
  if (end.kind === 'not-modelled') return { kind: 'unknown' }
  const seen = end.packet
  if (end.kind === 'delivered' && end.socket !== undefined && hasPorts(seen)) {
    const taken: Taken = {
      host: end.host,
      socket: end.socket,
      local: { address: seen.dst, port: seen.dstPort },
      peer: { address: seen.src, port: seen.srcPort },
    }
    return { kind: 'taken', taken }
  }
  if (end.kind === 'delivered' && flight.detail !== 'silent') tellClosedPort(run, flight, end)
  const heard = answerWithError(run, flight.exchange, sender, end, flight.detail === 'silent')
  if (heard.kind === 'not-sent') return { kind: 'not-sent' }
  return heard.kind === 'icmp' && isPortUnreachable(heard.error)
    ? { kind: 'port-unreachable' }
    : { kind: 'silence' }
}

/** Sends the reply; true where it reached the client's socket, which waits for the one that it `asked`. */
export function sendReply(
  run: Run,
  flight: Flight,
  taken: Taken,
  client: Party,
  asked: Endpoint,
  payload: Payload,
): boolean {
  const reply = datagram(taken.local, taken.peer, payload)
  const end = follow(run, flight, walkFrom(run.world, taken.host, reply))
  if (end.kind !== 'delivered' || end.host !== client.host) return false
  if (answersFrom(end.packet, asked)) return true
  if (flight.detail !== 'silent') tellStray(run, flight, client, end.packet, asked)
  return false
}

/** A UDP packet as a socket sends it. */
export function datagram(from: Endpoint, to: Endpoint, payload: Payload): DatagramPacket {
  return {
    protocol: 'udp',
    src: from.address,
    srcPort: from.port,
    dst: to.address,
    dstPort: to.port,
    ttl: 64,
    mark: 0,
    payload,
  }
}
