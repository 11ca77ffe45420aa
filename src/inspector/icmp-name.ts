/** Names of ICMP messages, as RFC 792 and RFC 4443 give them. */
import type { IcmpPacket } from '../sim/network/packet.ts'

/** `ICMP 3/3 · port unreachable`; a type that we have no name for stays a number. */
export function icmpName(packet: IcmpPacket): string {
  const name = (packet.protocol === 'icmp' ? v4 : v6)[`${packet.type}/${packet.code}`]
  const title = packet.protocol === 'icmp' ? 'ICMP' : 'ICMPv6'
  const number = `${title} ${packet.type}/${packet.code}`
  return name === undefined ? number : `${number} · ${name}`
}

const v4: Readonly<Record<string, string>> = {
  '0/0': 'echo reply',
  '3/0': 'network unreachable',
  '3/1': 'host unreachable',
  '3/2': 'protocol unreachable',
  '3/3': 'port unreachable',
  '3/4': 'fragmentation needed',
  '3/9': 'network prohibited',
  '3/10': 'host prohibited',
  '3/13': 'administratively prohibited',
  '8/0': 'echo request',
  '11/0': 'time exceeded',
}

const v6: Readonly<Record<string, string>> = {
  '1/0': 'no route',
  '1/1': 'administratively prohibited',
  '1/3': 'address unreachable',
  '1/4': 'port unreachable',
  '3/0': 'time exceeded',
  '128/0': 'echo request',
  '129/0': 'echo reply',
}
