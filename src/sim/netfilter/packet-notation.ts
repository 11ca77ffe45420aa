/** A line of text as a packet, for tests: `tcp 10.0.0.1:40000 > 10.96.0.10:80 SYN`, `icmp 10.0.0.1 > 10.0.0.2 8/0 id 7`. */
import { ip } from '../network/address.ts'
import { hasPorts, type Packet, type TcpFlag } from '../network/packet.ts'

/** Reads the line; throws where it is none. Without flags a TCP segment is a SYN, without type an ICMP packet an echo request. */
export function packetOf(
  line: string,
  more: { readonly mark?: number; readonly about?: Packet } = {},
): Packet {
  const [protocol, from = '', , to = '', ...rest] = line.split(' ')
  const { mark = 0, about } = more
  const ends = { src: ip(addressOf(from)), dst: ip(addressOf(to)), ttl: 64, mark }
  const ports = { srcPort: portOf(from), dstPort: portOf(to) }
  if (protocol === 'tcp') return { ...ends, ...ports, protocol, flags: flagsOf(rest) }
  if (protocol === 'udp' || protocol === 'sctp') return { ...ends, ...ports, protocol }
  if (protocol !== 'icmp' && protocol !== 'icmpv6') throw new Error(`not a packet: ${line}`)
  const [type, code] = (rest[0] ?? (protocol === 'icmp' ? '8/0' : '128/0')).split('/').map(Number)
  const id = Number(rest[2] ?? 0)
  return { ...ends, protocol, type: type ?? 8, code: code ?? 0, id, ...(about && { about }) }
}

/** The line of a packet, without type, flags or mark: `tcp 10.0.0.1:40000 > 10.96.0.10:80`. */
export function packetLine(packet: Packet): string {
  const { protocol, src, dst } = packet
  return hasPorts(packet)
    ? `${protocol} ${endpoint(src, packet.srcPort)} > ${endpoint(dst, packet.dstPort)}`
    : `${protocol} ${src} > ${dst}`
}

const flagNames: readonly TcpFlag[] = ['SYN', 'ACK', 'FIN', 'RST', 'PSH']

function flagsOf(words: readonly string[]): readonly TcpFlag[] {
  return words.length === 0 ? ['SYN'] : flagNames.filter((flag) => words.includes(flag))
}

function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function addressOf(end: string): string {
  return end.startsWith('[') ? end.slice(1, end.indexOf(']')) : end.replace(/^([\d.]+):\d+$/, '$1')
}

function portOf(end: string): number {
  return Number(/\d+$/.exec(end)?.[0] ?? 0)
}
