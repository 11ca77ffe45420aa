/** How IPVS keeps conntrack's view of its connections true, with sysctl vs/conntrack 1. Models Linux net/netfilter/ipvs/ip_vs_nfct.c. */
import type { Packet } from '../network/packet.ts'
import { removeEntries, type ConntrackEntry, type ConntrackTable } from './conntrack.ts'
import type { IpvsConnection } from './ipvs-connection.ts'
import { isOfConnection } from './pass-ipvs.ts'
import { invertTuple, tupleOf } from './tuple.ts'

/** A new connection's entry: its replies will come from the real server that the packet goes to now (ip_vs_update_conntrack). */
export function steeredEntry(entry: ConntrackEntry, packet: Packet): ConntrackEntry {
  const { dst, dstPort } = tupleOf(packet)
  return { ...entry, reply: invertTuple({ ...invertTuple(entry.reply), dst, dstPort }), byIpvs: true }
}

/** The table without the entries of IPVS's connections that have ended (ip_vs_conn_expire, ip_vs_conn_drop_conntrack). */
export function forgetEnded(table: ConntrackTable, over: readonly IpvsConnection[]): ConntrackTable {
  if (over.length === 0) return table
  return removeEntries(table, ({ original }) => over.some((each) => isOfConnection(each, original)))
}
