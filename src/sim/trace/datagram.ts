/** One UDP datagram there, and its reply or its error back. */
import type { Socket } from '../network/network.ts'
import { hasPorts, type DatagramPacket, type IcmpPacket, type Payload } from '../network/packet.ts'
import { walkFrom } from '../network/walk.ts'
import { follow } from './follow.ts'
import { answerWithError, isPortUnreachable, type Heard } from './icmp-error.ts'
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
  /** Another ICMP error that a UDP socket passes on. */
  | { readonly kind: 'unreachable' }
  /** The system call failed. */
  | { readonly kind: 'not-sent' }
  /** Nothing came back, or an error that a UDP socket does not pass on. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'unknown' }

/**
 * Sends one datagram. An ICMP error that comes back is told on its way; a delivery is the caller's to tell.
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
  const heard = answerWithError(run, flight.exchange, sender, end, { silently: flight.detail === 'silent' })
  return outcomeOf(heard)
}

function outcomeOf(heard: Heard): DatagramOutcome {
  switch (heard.kind) {
    case 'not-sent':
      return { kind: 'not-sent' }
    case 'icmp':
      if (isPortUnreachable(heard.error)) return { kind: 'port-unreachable' }
      return mayPass(heard.error) ? { kind: 'silence' } : { kind: 'unreachable' }
    case 'nothing':
    case 'held-back':
    case 'too-early':
    case 'reset':
      return { kind: 'silence' }
  }
}

/**
 * Codes of ICMP type 3 that may pass, of which a UDP socket does not tell its program: net and host unreachable, too big, no source
 * route, and both for a type of service (Linux net/ipv4/icmp.c, icmp_err_convert: not fatal; udp.c, __udp4_lib_err). Of ICMPv6 type 1:
 * no route, not a neighbour, address unreachable (net/ipv6/icmp.c, tab_unreach).
 */
const passing = { icmp: [0, 1, 4, 5, 11, 12], icmpv6: [0, 2, 3] } as const satisfies Readonly<
  Record<IcmpPacket['protocol'], readonly number[]>
>

function mayPass({ protocol, code }: IcmpPacket): boolean {
  const codes: readonly number[] = passing[protocol]
  return codes.includes(code)
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
