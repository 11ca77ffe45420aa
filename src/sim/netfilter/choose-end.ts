/**
 * The address and port that a connection is rewritten to: kept where its reply can be told from all others, drawn anew where not.
 * Models Linux net/netfilter/nf_nat_core.c, get_unique_tuple and nf_nat_l4proto_unique_tuple.
 */
import { drawBelow, type Draw } from '../draw.ts'
import { findEntry, type ConntrackTable } from './conntrack.ts'
import type { IpAddress } from '../network/address.ts'
import type { PortRange } from './ruleset.ts'
import { invertTuple, isIcmp, type Tuple } from './tuple.ts'

/** What an end may become. Without `address` and `ports` they stay where they can. */
export interface WantedEnd {
  readonly address?: IpAddress
  readonly ports?: PortRange
  /** `--random` and `--random-fully`: a new port even where the old one is free. */
  readonly randomly: boolean
}

/**
 * The tuple with its new source. One draw where a port is looked for. After 128 ports in vain the last one stays, as in the kernel,
 * whose packet is then dropped for the clash.
 */
export function chooseSource(seen: Tuple, wanted: WantedEnd, table: ConntrackTable, draw: Draw): Tuple {
  const tuple = { ...seen, src: wanted.address ?? seen.src }
  return choosePort(tuple, 'srcPort', wanted, wanted.ports ?? usualPorts(tuple), table, draw)
}

/** The tuple with its new destination. Its port changes only where the rule names ports. */
export function chooseDestination(seen: Tuple, wanted: WantedEnd, table: ConntrackTable, draw: Draw): Tuple {
  const tuple = { ...seen, dst: wanted.address ?? seen.dst }
  return wanted.ports === undefined ? tuple : choosePort(tuple, 'dstPort', wanted, wanted.ports, table, draw)
}

function choosePort(
  tuple: Tuple,
  end: 'srcPort' | 'dstPort',
  { ports, randomly }: WantedEnd,
  { from, to }: PortRange,
  table: ConntrackTable,
  draw: Draw,
): Tuple {
  if (from === to) return { ...tuple, [end]: from }
  const isAllowed = ports === undefined || (from <= tuple[end] && tuple[end] <= to)
  if (!randomly && isAllowed && isFree(table, tuple)) return tuple
  const size = to - from + 1
  const offset = drawBelow(draw, 65536)
  let candidate: Tuple = tuple
  for (let attempt = 0; attempt < Math.min(size, MAX_ATTEMPTS); attempt++) {
    candidate = { ...tuple, [end]: from + ((offset + attempt) % size) }
    if (isFree(table, candidate)) break
  }
  return candidate
}

/** NF_NAT_MAX_ATTEMPTS */
const MAX_ATTEMPTS = 128

function isFree(table: ConntrackTable, tuple: Tuple): boolean {
  return findEntry(table, invertTuple(tuple)) === undefined
}

/** Ports below 1024 stay below it, those below 512 below that: old daemons took such a port for a credential. */
function usualPorts({ protocol, srcPort }: Tuple): PortRange {
  if (isIcmp(protocol)) return { from: 0, to: 65535 }
  if (srcPort < 512) return { from: 1, to: 511 }
  if (srcPort < 1024) return { from: 600, to: 1023 }
  return { from: 1024, to: 65535 }
}
