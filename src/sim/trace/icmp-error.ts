/**
 * ICMP errors on their way back to who asked (RFC 792; Linux net/ipv4/icmp.c, nf_reject_ipv4.c). A REJECT and a missing route are
 * answered by the host at which the packet ended; its conntrack puts the sender's own view back into the quoted packet.
 */
import type { IpAddress } from '../network/address.ts'
import { hasPorts, type IcmpPacket, type Packet, type TcpPacket } from '../network/packet.ts'
import { firstAddress } from '../network/route.ts'
import { walkFrom, type WalkEnd } from '../network/walk.ts'
import { hopText } from '../phrase.ts'
import { follow } from './follow.ts'
import type { Flight, Party, Run } from './run.ts'
import { placeOf } from './subjects.ts'
import { flightParts } from './tell-parts.ts'

/** What the sender learns. */
export type ErrorEffect = 'port-unreachable' | 'host-unreachable' | 'reset' | 'nothing'

/** How long a host asks its LAN for a neighbour before it gives up (3 probes, a second apart). */
const NEIGHBOUR_MS = 3000

/** Sends the error that this end calls for, tells its way and what the sender hears. */
export function answerWithError(
  run: Run,
  exchange: number,
  sender: Party,
  end: WalkEnd,
  silently = false,
): ErrorEffect {
  if (end.kind === 'no-neighbour') run.world.passed(NEIGHBOUR_MS)
  const error = errorPacket(run, end)
  if (error === undefined) return 'nothing'
  const effect = effectOf(error)
  const flight: Flight = {
    exchange,
    packetId: run.recorder.newPacket(),
    direction: 'reply',
    phase: 'drop',
    detail: silently ? 'silent' : 'brief',
    says: saysOf(error),
  }
  if (end.host === sender.host) {
    if (!silently) tellHeard(run, flight, sender, error, effect)
    return effect
  }
  const back = follow(run, flight, walkFrom(run.world, end.host, error))
  if (back.kind !== 'delivered' || back.host !== sender.host) return 'nothing'
  if (!silently) tellHeard(run, flight, sender, back.packet, effect)
  return effect
}

/** A kernel's error about a datagram that no socket took. */
function portUnreachable(from: IpAddress, about: Packet): IcmpPacket {
  return icmpError(from, about, 3, 3)
}

function errorPacket(run: Run, end: WalkEnd): Packet | undefined {
  switch (end.kind) {
    case 'rejected':
      return end.with === 'tcp-reset'
        ? resetOf(end.packet)
        : icmpError(end.from, end.packet, 3, codeOf(end.with))
    case 'blackhole':
      return end.atSender ? icmpError(end.packet.src, end.packet, 3, 1) : undefined
    case 'no-route':
      return end.silent ? undefined : icmpError(addressOf(run, end.host), end.packet, 3, 0)
    case 'no-neighbour':
      return icmpError(addressOf(run, end.host), end.packet, 3, 1)
    case 'delivered':
      return portUnreachable(end.packet.dst, end.packet)
    case 'dropped':
    case 'not-forwarding':
    case 'not-modelled':
    case 'gone':
      return undefined
  }
}

/** ICMP type 3 codes of `--reject-with` (iptables-extensions(8)). */
function codeOf(rejectWith: string): number {
  const codes: Readonly<Record<string, number>> = {
    'icmp-net-unreachable': 0,
    'icmp-host-unreachable': 1,
    'icmp-proto-unreachable': 2,
    'icmp-port-unreachable': 3,
    'icmp-net-prohibited': 9,
    'icmp-host-prohibited': 10,
    'icmp-admin-prohibited': 13,
  }
  return codes[rejectWith] ?? 3
}

function icmpError(from: IpAddress, about: Packet, type: number, code: number): IcmpPacket {
  return { protocol: 'icmp', src: from, dst: about.src, type, code, id: 0, ttl: 64, mark: 0, about }
}

function resetOf(packet: Packet): TcpPacket | undefined {
  if (!hasPorts(packet) || packet.protocol !== 'tcp') return undefined
  const { src, dst, srcPort, dstPort } = packet
  return {
    protocol: 'tcp',
    src: dst,
    srcPort: dstPort,
    dst: src,
    dstPort: srcPort,
    flags: ['RST', 'ACK'],
    ttl: 64,
    mark: 0,
  }
}

function addressOf(run: Run, hostName: string): IpAddress {
  const host = run.world.network().hosts[hostName]
  const address = host === undefined ? undefined : firstAddress(host)
  if (address === undefined) throw new Error(`${hostName} has no address to speak from`)
  return address
}

function effectOf(error: Packet): ErrorEffect {
  if (hasPorts(error)) return 'reset'
  return error.code === 3 ? 'port-unreachable' : 'host-unreachable'
}

function saysOf(error: Packet): string {
  return hasPorts(error) ? 'RST' : `ICMP ${error.type}/${error.code}`
}

function tellHeard(run: Run, flight: Flight, sender: Party, packet: Packet, effect: ErrorEffect): void {
  const values = { from: packet.src, says: flight.says }
  const name = effect === 'port-unreachable' || effect === 'reset' ? 'heard-refused' : 'heard-unreachable'
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'receive',
    place: placeOf(run.world.cluster(), sender.host, 'socket'),
    subject: sender.subject,
    ...hopText(name, values),
    before: packet,
  })
}
