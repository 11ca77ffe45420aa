/** Rule counters, what `iptables-save -c` shows. */
import { hasPorts, type Packet } from '../network/packet.ts'
import { ipVersion } from '../network/address.ts'
import { chainNamed } from './chain-order.ts'
import type { NetfilterState } from './evaluation.ts'
import { ruleId, type Hook, type RuleId, type Table } from './ruleset.ts'
import type { TableWalk } from './walk-table.ts'

type Counters = NetfilterState['counters']

/** The counters after one walk: one packet for each rule that was taken, and for the policy where that decided. */
export function countWalk(counters: Counters, table: Table, hook: Hook, walk: TableWalk): Counters {
  const byPolicy = isByPolicy(table, hook, walk) ? [ruleId(table.name, hook, 0)] : []
  const taken = [...walk.taken, ...byPolicy]
  if (taken.length === 0) return counters
  const bytes = packetBytes(walk.packet)
  const next: Record<RuleId, { packets: number; bytes: number }> = { ...counters }
  for (const id of taken) {
    const old = next[id]
    next[id] = { packets: (old?.packets ?? 0) + 1, bytes: (old?.bytes ?? 0) + bytes }
  }
  return next
}

function isByPolicy(table: Table, hook: Hook, { verdict }: TableWalk): boolean {
  const isDecided = verdict.kind === 'translate' || verdict.kind === 'unknown' || verdict.by !== undefined
  return !isDecided && chainNamed(table, hook) !== undefined
}

/** Headers without options, and the payload; a SYN carries the 20 bytes of options that Linux sends. */
function packetBytes(packet: Packet): number {
  const ipHeader = ipVersion(packet.dst) === 4 ? 20 : 40
  return ipHeader + transportBytes(packet) + (packet.payload?.bytes ?? 0)
}

function transportBytes(packet: Packet): number {
  if (!hasPorts(packet)) return packet.about ? 8 + 60 : 8 + 56
  if (packet.protocol === 'tcp') return packet.flags.includes('SYN') ? 40 : 32
  return packet.protocol === 'udp' ? 8 : 12
}
