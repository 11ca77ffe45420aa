/**
 * ICMP errors on their way back to who asked (RFC 792; Linux net/ipv4/icmp.c, nf_reject_ipv4.c). A REJECT and a missing route are
 * answered by the host at which the packet ended; its conntrack puts the sender's own view back into the quoted packet. Where the
 * sender's own routes end the packet there is no error to send: its system call fails. A host rations its errors (icmp-ration.ts):
 * under a burst of connections the first ones hear of them alone.
 */
import { ipVersion, type IpAddress } from '../network/address.ts'
import type { DueError } from '../network/icmp-ration.ts'
import { ownsAddress } from '../network/network.ts'
import { hasPorts, type IcmpPacket, type Packet, type TcpPacket } from '../network/packet.ts'
import { errorSource } from '../network/route.ts'
import { isOuter } from '../network/vxlan.ts'
import { walkFrom, type WalkEnd } from '../network/walk.ts'
import { hopText } from '../phrase.ts'
import type { HopName } from '../phrase-ids.ts'
import { follow } from './follow.ts'
import type { Flight, Party, Run } from './run.ts'
import { placeOf } from './subjects.ts'
import { tellHeldBack } from './tell-held-back.ts'
import { flightParts } from './tell-parts.ts'

/** What the sender learns. */
export type Heard =
  | { readonly kind: 'nothing' }
  /** Nothing, since the host that would have told has used up its ration of errors. */
  | { readonly kind: 'held-back' }
  /** Nothing yet: its kernel drops an error that comes while connect(2) has the socket. */
  | { readonly kind: 'too-early' }
  /** An ICMP error, as the sender sees it: the quoted packet is the one that it sent. */
  | { readonly kind: 'icmp'; readonly error: IcmpPacket }
  /** A RST that a REJECT rule asked for. */
  | { readonly kind: 'reset' }
  /** The system call fails, and nothing is sent. */
  | { readonly kind: 'not-sent'; readonly error: SendError }

/** errno(3) as programs print it: a blackhole route, no route at all, and a rule of the sender's own host that drops. */
type SendError = 'Invalid argument' | 'Network is unreachable' | 'Operation not permitted'

/** How long a host asks its LAN for a neighbour before it gives up (3 probes, a second apart). */
const NEIGHBOUR_MS = 3000

export interface HowHeard {
  /** Nothing of it is told. */
  readonly silently?: boolean
  /** The packet is an SCTP INIT, which few errors end. */
  readonly overSctp?: boolean
  /** The packet is the first SYN of a connection. */
  readonly connecting?: boolean
}

/** Sends the error that this end calls for, tells its way and what the sender hears. */
export function answerWithError(
  run: Run,
  exchange: number,
  sender: Party,
  end: WalkEnd,
  { silently = false, connecting = false, overSctp = false }: HowHeard = {},
): Heard {
  // An error about a tunnel's own packet goes to the tunnel, and there it stays (drivers/net/vxlan, vxlan_err_lookup).
  if (isOuter(end.packet)) return { kind: 'nothing' }
  const failed = sendErrorOf(end)
  if (failed !== undefined) {
    if (!silently) tellNotSent(run, exchange, sender, end.packet, failed)
    return { kind: 'not-sent', error: failed }
  }
  if (end.kind === 'no-neighbour') run.world.passed(NEIGHBOUR_MS)
  const error = errorPacket(run, end)
  if (error === undefined) return { kind: 'nothing' }
  const flight = errorFlight(run, exchange, error, silently)
  if (!hasPorts(error)) {
    const rationed = run.world.rationError(end.host, dueErrorOf(run, end))
    if (!rationed.isSent) {
      if (!silently) tellHeldBack(run, flight, end, rationed)
      return { kind: 'held-back' }
    }
  }
  const seen = end.host === sender.host ? error : carried(run, flight, sender, end.host, error)
  if (seen === undefined) return { kind: 'nothing' }
  const tooEarly = connecting && isTooEarly(run, sender, end, seen)
  const name = tooEarly ? 'heard-too-early' : overSctp && !isOfNoSctp(seen) ? 'heard-by-sctp' : nameOf(seen)
  if (!silently) tellHeard(run, flight, sender, seen, name)
  if (tooEarly) return { kind: 'too-early' }
  return hasPorts(seen) ? { kind: 'reset' } : { kind: 'icmp', error: seen }
}

/** Whether an error says that nobody listens: TCP and UDP take it for the other end's own word. */
export function isPortUnreachable({ protocol, type, code }: IcmpPacket): boolean {
  return protocol === 'icmp' ? type === 3 && code === 3 : type === 1 && code === 4
}

/**
 * Whether connect(2) has the socket still: the error comes out of the very call that sends the SYN, as one of the sender's own host or of
 * its Pod's node does, which share a kernel. Both families then drop it (TcpExtLockDroppedIcmps), but IPv4 puts it into the socket's error
 * queue all the same, where a waiting program sees it (net/ipv4/ip_sockglue.c, ip_icmp_error), and IPv6 only for who has asked for
 * IPV6_RECVERR (net/ipv6/datagram.c, ipv6_icmp_error).
 */
function isTooEarly(run: Run, sender: Party, end: WalkEnd, error: Packet): boolean {
  const isIcmpv6 = !hasPorts(error) && error.protocol === 'icmpv6'
  return isIcmpv6 && sharesKernel(run, sender.host, end.host)
}

function sharesKernel(run: Run, one: string, other: string): boolean {
  const pairs = Object.values(run.world.network().links).filter(({ kind }) => kind === 'point-to-point')
  return (
    one === other ||
    pairs.some(({ ends }) => [one, other].every((host) => ends.some((end) => end.host === host)))
  )
}

/** Whether an answer says that a host has no SCTP at all (ICMP 3/2); ICMPv6 says it of a header that it does not know, which nobody sends here. */
export function isNoSctp(heard: Heard): boolean {
  return heard.kind === 'icmp' && isOfNoSctp(heard.error)
}

function isOfNoSctp(error: Packet): boolean {
  return error.protocol === 'icmp' && error.type === 3 && error.code === 2
}

/** What the host's ration looks at. What ends in OUTPUT, or finds no neighbour, is on its way out; the host's own else comes by loopback. */
function dueErrorOf(run: Run, end: WalkEnd): DueError {
  const peer = end.packet.src
  const host = run.world.network().hosts[end.host]
  const isOwn = host !== undefined && ownsAddress(host, peer)
  const isLeaving = end.kind === 'no-neighbour' || (end.kind === 'rejected' && end.hook === 'OUTPUT')
  const about = isOwn ? (isLeaving ? 'own' : 'loopback') : 'peer'
  return { peer, about, noRoute: end.kind === 'no-route' }
}

/** TCP and SCTP do not tell their programs of a packet that was dropped, they send again (tcp_output.c, tcp_connect; sctp/output.c). */
function sendErrorOf(end: WalkEnd): SendError | undefined {
  const isOnWayOut = end.kind === 'dropped' && end.hook === 'OUTPUT'
  if (isOnWayOut && !['tcp', 'sctp'].includes(end.packet.protocol)) return 'Operation not permitted'
  if (end.kind === 'blackhole' && end.atSender) return 'Invalid argument'
  if (end.kind === 'no-route' && end.atSender) return 'Network is unreachable'
  return undefined
}

function errorFlight(run: Run, exchange: number, error: Packet, silently: boolean): Flight {
  return {
    exchange,
    packetId: run.recorder.newPacket(),
    direction: 'reply',
    phase: 'drop',
    detail: silently ? 'silent' : 'brief',
    says: hasPorts(error) ? 'RST' : `ICMP ${error.type}/${error.code}`,
  }
}

/** The error as it arrives at the sender; undefined where it is lost. */
function carried(run: Run, flight: Flight, sender: Party, from: string, error: Packet): Packet | undefined {
  const back = follow(run, flight, walkFrom(run.world, from, error))
  return back.kind === 'delivered' && back.host === sender.host ? back.packet : undefined
}

function errorPacket(run: Run, end: WalkEnd): Packet | undefined {
  const { packet } = end
  switch (end.kind) {
    case 'rejected':
      return end.with === 'tcp-reset'
        ? resetOf(packet)
        : unreachable(end.from, packet, codes[end.with] ?? (isIpv6(packet) ? 4 : 3))
    case 'no-route':
      return end.silent ? undefined : unreachable(addressOf(run, end), packet, 0) // the same code in both families
    case 'no-neighbour':
      return unreachable(addressOf(run, end), packet, isIpv6(packet) ? 3 : 1)
    case 'delivered':
      return unreachable(packet.dst, packet, isIpv6(packet) ? 4 : 3)
    case 'blackhole':
    case 'dropped':
    case 'not-forwarding':
    case 'not-modelled':
    case 'gone':
      return undefined
  }
}

/** What `--reject-with` names: codes of ICMP type 3, and of ICMPv6 type 1 (iptables-extensions(8), RFC 4443 §3.1). */
const codes: Readonly<Record<string, number>> = {
  'icmp-net-unreachable': 0,
  'icmp-host-unreachable': 1,
  'icmp-proto-unreachable': 2,
  'icmp-port-unreachable': 3,
  'icmp-net-prohibited': 9,
  'icmp-host-prohibited': 10,
  'icmp-admin-prohibited': 13,
  'icmp6-no-route': 0,
  'icmp6-adm-prohibited': 1,
  'icmp6-addr-unreachable': 3,
  'icmp6-port-unreachable': 4,
  'icmp6-policy-fail': 5,
  'icmp6-reject-route': 6,
}

function isIpv6({ dst }: Packet): boolean {
  return ipVersion(dst) === 6
}

function unreachable(from: IpAddress, about: Packet, code: number): IcmpPacket {
  const kind = isIpv6(about)
    ? ({ protocol: 'icmpv6', type: 1 } as const)
    : ({ protocol: 'icmp', type: 3 } as const)
  return { ...kind, src: from, dst: about.src, code, id: 0, ttl: 64, mark: 0, about }
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

/** What the host speaks from; a host that is gone or has no address speaks as nobody. */
function addressOf(run: Run, end: WalkEnd): IpAddress {
  const host = run.world.network().hosts[end.host]
  return (host && errorSource(host, end.packet)) ?? end.packet.dst
}

function tellNotSent(run: Run, exchange: number, sender: Party, packet: Packet, error: SendError): void {
  run.recorder.hop({
    exchange,
    kind: 'receive',
    phase: 'drop',
    packetId: run.recorder.newPacket(),
    direction: 'request',
    place: placeOf(run.world.cluster(), sender.host, 'socket'),
    subject: sender.subject,
    ...hopText(error === 'Operation not permitted' ? 'not-permitted' : 'not-sent', {
      error,
      dst: packet.dst,
      host: sender.host,
    }),
    before: packet,
  })
}

function nameOf(error: Packet): 'heard-refused' | 'heard-unreachable' {
  return hasPorts(error) || isPortUnreachable(error) ? 'heard-refused' : 'heard-unreachable'
}

function tellHeard(run: Run, flight: Flight, sender: Party, packet: Packet, name: HopName): void {
  const values = { from: packet.src, says: flight.says }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'receive',
    place: placeOf(run.world.cluster(), sender.host, 'socket'),
    subject: sender.subject,
    ...hopText(name, values),
    before: packet,
  })
}
