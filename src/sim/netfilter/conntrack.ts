/**
 * Connection tracking: one entry a connection, found by either direction's tuple.
 * Models Linux net/netfilter/nf_conntrack_core.c, nf_conntrack_proto_{tcp,udp,sctp,icmp}.c.
 */
import type { Millis } from '../clock.ts'
import { protocolNumbers } from '../network/packet.ts'
import type { SctpState } from './sctp-states.ts'
import { isIcmp, tupleKey, type Direction, type Tuple, type TuplePair } from './tuple.ts'

export type TcpState =
  'SYN_SENT' | 'SYN_RECV' | 'ESTABLISHED' | 'FIN_WAIT' | 'CLOSE_WAIT' | 'LAST_ACK' | 'TIME_WAIT' | 'CLOSE'

/** One connection, as `conntrack -L` prints it. */
export interface ConntrackEntry extends TuplePair {
  readonly id: number
  /** TCP alone. */
  readonly state?: TcpState
  readonly sctpState?: SctpState
  /** IPVS rewrites its destination, not nat: the reply's source shows it all the same (ip_vs_update_conntrack). */
  readonly byIpvs?: true
  /** A packet has come in reply direction; printed `[UNREPLIED]` otherwise. */
  readonly seenReply: boolean
  readonly assured: boolean
  /** What CONNMARK wrote; absent: 0. */
  readonly mark?: number
  readonly createdAtMs: Millis
  readonly expiresAtMs: Millis
}

/** Entries in the order of their making, ids ascending. `nextId` numbers the next one. */
export interface ConntrackTable {
  readonly entries: readonly ConntrackEntry[]
  readonly nextId: number
}

/** A table without entries. */
export const emptyConntrack: ConntrackTable = { entries: [], nextId: 1 }

/** The connection that a packet with this tuple belongs to, and its direction; undefined where there is none. */
export function findEntry(
  table: ConntrackTable,
  tuple: Tuple,
): { readonly entry: ConntrackEntry; readonly direction: Direction } | undefined {
  const found = indexOf(table).places.get(tupleKey(tuple))
  const entry = found && table.entries[placeOf(table, found.id)]
  return found && entry?.id === found.id ? { entry, direction: found.direction } : undefined
}

/** The table with a new entry at its end, which takes the table's next id. */
export function addEntry(table: ConntrackTable, entry: ConntrackEntry): ConntrackTable {
  const added = { ...entry, id: table.nextId }
  return derive(table, [...table.entries, added], table.nextId + 1, (index) => enter(index, added))
}

/** The table with the entry of the same id replaced. The tuples must be the old ones: nat is decided before an entry is added. */
export function replaceEntry(table: ConntrackTable, entry: ConntrackEntry): ConntrackTable {
  const place = placeOf(table, entry.id)
  if (table.entries[place]?.id !== entry.id) return table
  return derive(table, table.entries.with(place, entry), table.nextId, (index) => {
    index.noneEndsBefore = Math.min(index.noneEndsBefore, entry.expiresAtMs)
  })
}

/** The table without the entries for which `gone` holds; the same table where it holds for none. */
export function removeEntries(
  table: ConntrackTable,
  gone: (entry: ConntrackEntry) => boolean,
): ConntrackTable {
  const removed = new Set(table.entries.filter(gone))
  if (removed.size === 0) return table
  const kept = table.entries.filter((entry) => !removed.has(entry))
  return derive(table, kept, table.nextId, (index) => {
    for (const { original, reply } of removed) {
      index.places.delete(tupleKey(original))
      index.places.delete(tupleKey(reply))
    }
  })
}

/** The table without the entries whose time is over at `now`. */
export function expire(table: ConntrackTable, now: Millis): ConntrackTable {
  const index = indexOf(table)
  if (now < index.noneEndsBefore) return table
  index.noneEndsBefore = soonestEnd(table.entries.filter((entry) => entry.expiresAtMs > now))
  return removeEntries(table, (entry) => entry.expiresAtMs <= now)
}

/**
 * The line that `conntrack -L` prints (conntrack-tools 1.4.7; libnetfilter_conntrack src/conntrack/snprintf_default.c): protocol
 * and its number, seconds left, TCP state, both tuples.
 */
export function printConntrackEntry(entry: ConntrackEntry, now: Millis): string {
  const { protocol } = entry.original
  return [
    protocol.padEnd(8),
    protocolNumbers[protocol],
    Math.max(0, Math.floor((entry.expiresAtMs - now) / 1000)),
    ...[entry.state, entry.sctpState].filter((state) => state !== undefined),
    printTuple(entry.original),
    ...(entry.seenReply ? [] : ['[UNREPLIED]']),
    printTuple(entry.reply),
    ...(entry.assured ? ['[ASSURED]'] : []),
    `mark=${entry.mark ?? 0} use=1`,
  ].join(' ')
}

function printTuple({ protocol, src, dst, srcPort, dstPort }: Tuple): string {
  return isIcmp(protocol)
    ? `src=${src} dst=${dst} type=${dstPort >> 8} code=${dstPort & 255} id=${srcPort}`
    : `src=${src} dst=${dst} sport=${srcPort} dport=${dstPort}`
}

interface Index {
  readonly places: Map<string, { readonly id: number; readonly direction: Direction }>
  /** A time before which no entry is over: so that a packet need not look at all of them. */
  noneEndsBefore: Millis
}

/**
 * Where each tuple's entry is. A table is immutable, but its index moves on to the table derived from it, so that a packet costs no
 * rebuilding; an older table that is looked at again makes its own anew.
 */
const indexes = new WeakMap<ConntrackTable, Index>()

function indexOf(table: ConntrackTable): Index {
  const known = indexes.get(table)
  if (known) return known
  const index: Index = { places: new Map(), noneEndsBefore: Number.POSITIVE_INFINITY }
  for (const entry of table.entries) enter(index, entry)
  indexes.set(table, index)
  return index
}

function derive(
  table: ConntrackTable,
  entries: readonly ConntrackEntry[],
  nextId: number,
  update: (index: Index) => void,
): ConntrackTable {
  const index = indexOf(table)
  const next = { entries, nextId }
  update(index)
  indexes.delete(table)
  indexes.set(next, index)
  return next
}

function enter(index: Index, { id, original, reply, expiresAtMs }: ConntrackEntry): void {
  index.places.set(tupleKey(original), { id, direction: 'original' })
  index.places.set(tupleKey(reply), { id, direction: 'reply' })
  index.noneEndsBefore = Math.min(index.noneEndsBefore, expiresAtMs)
}

function soonestEnd(entries: readonly ConntrackEntry[]): Millis {
  return entries.reduce((soonest, entry) => Math.min(soonest, entry.expiresAtMs), Number.POSITIVE_INFINITY)
}

/** The place of an id among ascending ids, by halving; where there is none, a place that holds another. */
function placeOf({ entries }: ConntrackTable, id: number): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle]?.id ?? 0) < id) low = middle + 1
    else high = middle
  }
  return low
}
