/**
 * The source port of a rewritten connection: kept where its reply can be told from all others, drawn anew where not.
 * Models Linux net/netfilter/nf_nat_core.c, get_unique_tuple and nf_nat_l4proto_unique_tuple.
 */
import { drawBelow, type Draw } from '../draw.ts'
import { findEntry, type ConntrackTable } from './conntrack.ts'
import type { IpAddress } from '../network/address.ts'
import { invertTuple, isIcmp, type Tuple } from './tuple.ts'

/** What a source may become. Without `address` and `port` they stay where they can. */
export interface WantedSource {
  readonly address?: IpAddress
  readonly port?: number
  /** `--random-fully`: a new port even where the old one is free. */
  readonly randomly: boolean
}

/**
 * The tuple with its new source. One draw where a port is looked for. After 128 ports in vain the last one stays, as in the kernel,
 * whose packet is then dropped for the clash.
 */
export function chooseSource(seen: Tuple, wanted: WantedSource, table: ConntrackTable, draw: Draw): Tuple {
  const tuple = { ...seen, src: wanted.address ?? seen.src, srcPort: wanted.port ?? seen.srcPort }
  if (wanted.port !== undefined) return tuple
  if (!wanted.randomly && isFree(table, tuple)) return tuple
  const { from, size } = portRange(tuple)
  const offset = drawBelow(draw, 65536)
  let candidate: Tuple = tuple
  for (let attempt = 0; attempt < Math.min(size, MAX_ATTEMPTS); attempt++) {
    candidate = { ...tuple, srcPort: from + ((offset + attempt) % size) }
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
function portRange({ protocol, srcPort }: Tuple): { readonly from: number; readonly size: number } {
  if (isIcmp(protocol)) return { from: 0, size: 65536 }
  if (srcPort < 512) return { from: 1, size: 511 }
  if (srcPort < 1024) return { from: 600, size: 424 }
  return { from: 1024, size: 65536 - 1024 }
}
