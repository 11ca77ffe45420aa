/**
 * The packet's header as rows of old and new. Rows stand in the order in which people read a packet: who, to whom, what, mark, ttl.
 * In a tunnel these are the rows of the packet inside, which stays as it is, under one row for the header in front of it.
 */
import { hasPorts, innerPacket, type Packet } from '../sim/network/packet.ts'
import { icmpName } from './icmp-name.ts'

/** One field. `after` is there only where this hop changed it; either is empty where the packet has no such field then. Values are literal and never translated. */
export interface HeaderLine {
  readonly field: 'outer' | 'src' | 'dst' | 'proto' | 'mark' | 'ttl' | 'data'
  readonly before: string
  readonly after?: string
}

/** The rows of one hop. `ttl` is there only where it changed, `data` only where the packet carries something. */
export function headerLines(before: Packet, after: Packet): readonly HeaderLine[] {
  return [
    line('outer', outerOf(before), outerOf(after)),
    ...carriedLines(innerPacket(before) ?? before, innerPacket(after) ?? after),
  ].filter((each) => isShown(each))
}

function carriedLines(before: Packet, after: Packet): readonly HeaderLine[] {
  return [
    line('src', sourceOf(before), sourceOf(after)),
    line('dst', destinationOf(before), destinationOf(after)),
    line('proto', protocolOf(before), protocolOf(after)),
    line('mark', markOf(before), markOf(after)),
    line('ttl', String(before.ttl), String(after.ttl)),
    line('data', dataOf(before), dataOf(after)),
  ]
}

function isShown(line: HeaderLine): boolean {
  if (line.field === 'ttl') return line.after !== undefined
  if (line.field === 'data' || line.field === 'outer') return line.before !== '' || line.after !== undefined
  return true
}

function line(field: HeaderLine['field'], before: string, after: string): HeaderLine {
  return before === after ? { field, before } : { field, before, after }
}

/** Nothing where the packet is in no tunnel. */
function outerOf(packet: Packet): string {
  if (!('vxlan' in packet) || packet.vxlan === undefined) return ''
  return `${sourceOf(packet)} → ${destinationOf(packet)} · VXLAN ${packet.vxlan.vni}`
}

function sourceOf(packet: Packet): string {
  return hasPorts(packet) ? withPort(packet.src, packet.srcPort) : packet.src
}

function destinationOf(packet: Packet): string {
  return hasPorts(packet) ? withPort(packet.dst, packet.dstPort) : packet.dst
}

/** Port 0: none is chosen yet. */
function withPort(address: string, port: number): string {
  if (port === 0) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function protocolOf(packet: Packet): string {
  switch (packet.protocol) {
    case 'tcp':
      return packet.flags.length === 0 ? 'TCP' : `TCP · ${packet.flags.join(' ')}`
    case 'udp':
    case 'sctp':
      return packet.protocol.toUpperCase()
    case 'icmp':
    case 'icmpv6':
      return icmpName(packet)
  }
}

function markOf(packet: Packet): string {
  return `0x${packet.mark.toString(16)}`
}

function dataOf(packet: Packet): string {
  const payload = packet.payload
  if (payload === undefined) return ''
  // The number and its unit stay on one line.
  const size = payload.bytes === 0 ? '' : `${payload.bytes}\u00A0B`
  return [payload.protocol, payload.summary, size].filter((part) => part !== '').join(' · ')
}
