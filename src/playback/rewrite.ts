/** What a hop changed in the header, as text: the old value beside the new. A tunnel changes nothing: it puts another header in front. */
import { hasPorts, innerPacket, type Packet } from '../sim/network/packet.ts'
import type { Hop } from '../sim/trace/trace.ts'

export interface HeaderChange {
  readonly field: 'src' | 'dst'
  readonly was: string
  readonly now: string
}

/** The address that the hop rewrote; the destination first where it rewrote both. Undefined where nothing was rewritten. */
export function headerChange({ before, after }: Pick<Hop, 'before' | 'after'>): HeaderChange | undefined {
  for (const field of ['dst', 'src'] as const) {
    const [was, now] = [endpointText(carried(before), field), endpointText(carried(after), field)]
    if (was !== now) return { field, was, now }
  }
  return undefined
}

/** The packet that a tunnel's packet carries; any other is its own. */
export function carried(packet: Packet): Packet {
  return innerPacket(packet) ?? packet
}

/** One end of a packet: `10.100.221.220:80`, `[fd00::1]:80`, or the bare address where the protocol has no ports. */
export function endpointText(packet: Packet, field: 'src' | 'dst'): string {
  const address = packet[field]
  if (!hasPorts(packet)) return address
  return `${address.includes(':') ? `[${address}]` : address}:${packet[`${field}Port`]}`
}
