/** Tuples: what identifies one direction of a connection. Models Linux include/net/netfilter/nf_conntrack_tuple.h. */
import type { IpAddress } from '../network/address.ts'
import { hasPorts, type IcmpPacket, type IpProtocol, type Packet } from '../network/packet.ts'

/** `original` goes the way of the packet that opened the connection. */
export type Direction = 'original' | 'reply'

/** What identifies one direction. Ports for tcp, udp, sctp; for icmp `srcPort` is the id and `dstPort` type × 256 + code. */
export interface Tuple {
  readonly protocol: IpProtocol
  readonly src: IpAddress
  readonly dst: IpAddress
  readonly srcPort: number
  readonly dstPort: number
}

/** Both directions of a connection. */
export interface TuplePair {
  readonly original: Tuple
  /** What a reply looks like: a DNAT shows in its source, an SNAT in its destination. */
  readonly reply: Tuple
}

/** The packet's own tuple. For icmp the ports hold the echo id and type × 256 + code. */
export function tupleOf(packet: Packet): Tuple {
  const { protocol, src, dst } = packet
  return hasPorts(packet)
    ? { protocol, src, dst, srcPort: packet.srcPort, dstPort: packet.dstPort }
    : { protocol, src, dst, srcPort: packet.id, dstPort: packet.type * 256 + packet.code }
}

/** What an answer to this tuple looks like. An icmp id stays in its place; the type becomes its reply's. */
export function invertTuple(tuple: Tuple): Tuple {
  const { protocol, src: dst, dst: src } = tuple
  return isIcmp(protocol)
    ? { protocol, src, dst, srcPort: tuple.srcPort, dstPort: invertIcmp(tuple.dstPort) }
    : { protocol, src, dst, srcPort: tuple.dstPort, dstPort: tuple.srcPort }
}

/** Whether both name the same direction of the same connection. */
export function sameTuple(a: Tuple, b: Tuple): boolean {
  return tupleKey(a) === tupleKey(b)
}

/** A tuple as one text, for indexes. */
export function tupleKey(tuple: Tuple): string {
  return `${tuple.protocol} ${tuple.src} ${tuple.srcPort} ${tuple.dst} ${tuple.dstPort}`
}

/** The tuple of the other direction. */
export function otherTuple(entry: TuplePair, direction: Direction): Tuple {
  return direction === 'original' ? entry.reply : entry.original
}

/** Whether the connection's destination is rewritten: its replies do not come from where it was sent to. */
export function isDestinationRewritten({ original, reply }: TuplePair): boolean {
  return reply.src !== original.dst || (!isIcmp(original.protocol) && reply.srcPort !== original.dstPort)
}

/** Whether the connection's source is rewritten: its replies go elsewhere than it came from. An echo id counts as a port. */
export function isSourceRewritten({ original, reply }: TuplePair): boolean {
  const replyPort = isIcmp(original.protocol) ? reply.srcPort : reply.dstPort
  return reply.dst !== original.src || replyPort !== original.srcPort
}

/** icmp or icmpv6. */
export function isIcmp(protocol: IpProtocol): boolean {
  return protocol === 'icmp' || protocol === 'icmpv6'
}

/** A question that icmp itself answers, and so may open a connection (nf_conntrack_proto_icmp.c, `valid_new`). */
export function isIcmpRequest(packet: IcmpPacket): boolean {
  return packet.protocol === 'icmp' ? [8, 13, 15, 17].includes(packet.type) : packet.type === 128
}

/** Request and reply types swapped (nf_conntrack_proto_icmp.c and _icmpv6.c, `invmap`). The code stays. */
const icmpCounterparts: Readonly<Record<number, number>> = {
  0: 8,
  8: 0,
  13: 14,
  14: 13,
  15: 16,
  16: 15,
  17: 18,
  18: 17,
  128: 129,
  129: 128,
}

function invertIcmp(typeAndCode: number): number {
  const type = typeAndCode >> 8
  return (icmpCounterparts[type] ?? type) * 256 + (typeAndCode & 255)
}
