/**
 * What stands around the machines and is in no manifest: the LAN's router and a laptop. Assumed: a /24 for each LAN, the router
 * at .1, the laptop at .100 of the first node's LAN (the next free address above where a node has it). The router knows its
 * LANs alone and says nothing about the rest.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { addressAt, cidr, ip, parseCidr, type Cidr, type IpAddress } from '../network/address.ts'

export interface Surroundings {
  readonly lans: readonly { readonly cidr: Cidr; readonly router: IpAddress }[]
  readonly laptop: IpAddress
}

const LAN_BITS = 24
const LAPTOP_OFFSET = 100

/** The surroundings of a cluster; without nodes, those of 192.168.61.0/24. */
export function surroundingsOf(cluster: Cluster): Surroundings {
  const addresses = cluster.nodes.flatMap((node) => node.addresses.slice(0, 1))
  const ranges = [...new Set(addresses.map(lanOf))]
  const lans = (ranges.length === 0 ? [lanOf(ip('192.168.61.1'))] : ranges).map((range) => ({
    cidr: range,
    router: addressIn(range, 1),
  }))
  const taken = new Set<string>([...addresses, ...cluster.vips.map((vip) => vip.address)])
  const first = lans[0]?.cidr ?? lanOf(ip('192.168.61.1'))
  let offset = LAPTOP_OFFSET
  while (taken.has(addressIn(first, offset))) offset++
  return { lans, laptop: addressIn(first, offset) }
}

/** Everywhere: the destination of a default route. */
export const DEFAULT = cidr('0.0.0.0/0')

/** The name of the link that a LAN is. */
export function lanLinkName(lan: Cidr): string {
  return `lan ${lan}`
}

/** The LAN that an address is on. */
export function lanOf(address: IpAddress): Cidr {
  const lan = parseCidr(`${address}/${address.includes(':') ? 64 : LAN_BITS}`)
  if (lan === undefined) throw new Error(`no LAN of ${address}`)
  return lan
}

function addressIn(lan: Cidr, offset: number): IpAddress {
  const address = addressAt(lan, offset)
  if (address === undefined) throw new Error(`${lan} has no address ${offset}`)
  return address
}
