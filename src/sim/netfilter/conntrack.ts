/**
 * Connection tracking: one entry a connection, found by either direction's tuple.
 * Models Linux net/netfilter/nf_conntrack_core.c, nf_conntrack_proto_{tcp,udp,icmp}.c.
 */
import type { Millis } from '../clock.ts'
import type { IpAddress } from '../network/address.ts'
import type { IpProtocol } from '../network/packet.ts'

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

export type TcpState =
  'SYN_SENT' | 'SYN_RECV' | 'ESTABLISHED' | 'FIN_WAIT' | 'CLOSE_WAIT' | 'LAST_ACK' | 'TIME_WAIT' | 'CLOSE'

/** One connection, as `conntrack -L` prints it. */
export interface ConntrackEntry {
  readonly id: number
  readonly original: Tuple
  /** What a reply looks like: a DNAT shows in its source, an SNAT in its destination. */
  readonly reply: Tuple
  /** TCP alone. */
  readonly state?: TcpState
  /** A packet has come in reply direction; printed `[UNREPLIED]` otherwise. */
  readonly seenReply: boolean
  readonly assured: boolean
  readonly expiresAtMs: Millis
}

/** Entries in the order of their making. `nextId` numbers the next one. */
export interface ConntrackTable {
  readonly entries: readonly ConntrackEntry[]
  readonly nextId: number
}

/** A table without entries. */
export const emptyConntrack: ConntrackTable = { entries: [], nextId: 1 }
