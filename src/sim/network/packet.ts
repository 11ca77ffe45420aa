/** One IP packet, as far as rules, routes and people look at it. */
import type { IpAddress } from './address.ts'

/** Transport protocols by their names in /etc/protocols, as iptables writes them. */
export type IpProtocol = 'tcp' | 'udp' | 'sctp' | 'icmp' | 'icmpv6'

/** What stands for a protocol in the IP header (IANA, Protocol Numbers). */
export const protocolNumbers: Readonly<Record<IpProtocol, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  icmpv6: 58,
  sctp: 132,
}

/** TCP flags that matter here. */
export type TcpFlag = 'SYN' | 'ACK' | 'FIN' | 'RST' | 'PSH'

/** What rides in the packet, for people: protocol, one line of text, length in bytes. The message itself is with the hop. */
export interface Payload {
  readonly protocol: 'DNS' | 'HTTP' | 'TLS' | 'data'
  readonly summary: string
  readonly bytes: number
}

interface PacketBase {
  readonly src: IpAddress
  readonly dst: IpAddress
  readonly ttl: number
  /** The kernel's fwmark; leaves the host never. */
  readonly mark: number
  readonly payload?: Payload
}

export interface TcpPacket extends PacketBase {
  readonly protocol: 'tcp'
  readonly srcPort: number
  readonly dstPort: number
  readonly flags: readonly TcpFlag[]
}

/** Kinds of SCTP chunks (RFC 9260 §3.2); DATA stands for all that change no association: SACK, ECNE and their kin. */
export type SctpChunk =
  | 'INIT'
  | 'INIT-ACK'
  | 'ABORT'
  | 'SHUTDOWN'
  | 'SHUTDOWN-ACK'
  | 'ERROR'
  | 'COOKIE-ECHO'
  | 'COOKIE-ACK'
  | 'SHUTDOWN-COMPLETE'
  | 'HEARTBEAT'
  | 'HEARTBEAT-ACK'
  | 'DATA'

export interface DatagramPacket extends PacketBase {
  readonly protocol: 'udp' | 'sctp'
  readonly srcPort: number
  readonly dstPort: number
  /** The tunnel's packet: another one rides in it. */
  readonly vxlan?: VxlanFrame
  /** SCTP's first chunk. Absent: INIT in a packet that opens an association, data in any other. */
  readonly chunk?: SctpChunk
}

/** What a VXLAN packet carries (RFC 7348 §5); the Ethernet header between is left out. */
export interface VxlanFrame {
  /** VXLAN Network Identifier. */
  readonly vni: number
  readonly inner: Packet
}

/** `about` is the packet that an error quotes, as the sender of the error saw it. */
export interface IcmpPacket extends PacketBase {
  readonly protocol: 'icmp' | 'icmpv6'
  readonly type: number
  readonly code: number
  /** Echo identifier; 0 for errors. */
  readonly id: number
  readonly about?: Packet
}

export type Packet = TcpPacket | DatagramPacket | IcmpPacket

/** A packet with ports. */
export function hasPorts(packet: Packet): packet is TcpPacket | DatagramPacket {
  return packet.protocol !== 'icmp' && packet.protocol !== 'icmpv6'
}

/** What rides in a packet of a tunnel; undefined in any other. */
export function innerPacket(packet: Packet): Packet | undefined {
  return 'vxlan' in packet ? packet.vxlan?.inner : undefined
}

/** An ICMP error, which conntrack relates to the connection that it quotes. */
export function isIcmpError(packet: Packet): packet is IcmpPacket {
  return !hasPorts(packet) && packet.about !== undefined
}
