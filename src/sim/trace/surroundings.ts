/**
 * What stands around the machines and is in no manifest: the LANs, the router between them and a laptop. Assumed: a /24 for each LAN
 * (IPv6: a /64) where Calico's annotation on the Node does not say its subnet, the router at its first address, the laptop at .100 of the first
 * node's LAN (the next free address above where a node has it). The router knows its LANs alone, and says nothing of the rest.
 * A Node's annotation `podpath.dev/router` says otherwise: `answers` (with an ICMP error; one Node's word is enough, the router is one
 * machine), or `none` (this node has no default route).
 */
import type { Cluster } from '../cluster/cluster.ts'
import { subnetOf } from '../cluster/calico-node.ts'
import type { Node } from '../cluster/objects.ts'
import {
  addressAt,
  cidr,
  cidrContains,
  cidrSize,
  ip,
  ipVersion,
  parseCidr,
  prefixBits,
  type Cidr,
  type IpAddress,
} from '../network/address.ts'

export interface Lan {
  readonly cidr: Cidr
  readonly router: IpAddress
  /** The same of IPv6, where a node on the LAN has such an address. */
  readonly ipv6?: { readonly cidr: Cidr; readonly router: IpAddress }
}

export interface Surroundings {
  /** The laptop's first. */
  readonly lans: readonly [Lan, ...Lan[]]
  readonly laptop: IpAddress
  readonly laptopIpv6?: IpAddress
  /** What the router says of a packet that it cannot pass on. */
  readonly router: 'silent' | 'icmp'
}

const ROUTER_ANNOTATION = 'podpath.dev/router'

/** Whether the node has a default route: `podpath.dev/router: none` on the Node says that it has none. */
export function hasDefaultRoute(node: Node): boolean {
  return node.annotations[ROUTER_ANNOTATION] !== 'none'
}

const LAN_BITS = 24
const LAPTOP_OFFSET = 100

/** The surroundings of a cluster; without nodes, those of 192.168.61.0/24. */
export function surroundingsOf(cluster: Cluster): Surroundings {
  const [first = lanOf(ip('192.168.61.1')), ...others] = new Set(
    cluster.nodes.flatMap((node) => lanOfNode(node) ?? []),
  )
  const taken = new Set<string>([
    ...cluster.nodes.flatMap((node) => node.addresses.slice(0, 1)),
    ...cluster.vips.map((vip) => vip.address),
  ])
  const [lan, ...more] = [lanAt(cluster, first), ...others.map((range) => lanAt(cluster, range))]
  const answers = cluster.nodes.some((node) => node.annotations[ROUTER_ANNOTATION] === 'answers')
  return {
    lans: [lan, ...more],
    laptop: freeAddress(first, taken),
    ...(lan.ipv6 && { laptopIpv6: addressIn(lan.ipv6.cidr, LAPTOP_OFFSET) }),
    router: answers ? 'icmp' : 'silent',
  }
}

function lanAt(cluster: Cluster, range: Cidr): Lan {
  const node = cluster.nodes.find((each) => lanOfNode(each) === range && ipv6Of(each) !== undefined)
  const address = node && ipv6Of(node)
  const ipv6 = address && lanOf(address)
  return {
    cidr: range,
    router: addressIn(range, 1),
    ...(ipv6 && { ipv6: { cidr: ipv6, router: addressIn(ipv6, 1) } }),
  }
}

/** The node's IPv6 address beside one of IPv4. */
export function ipv6Of({ addresses: [first, ...others] }: Pick<Node, 'addresses'>): IpAddress | undefined {
  return first === undefined || ipVersion(first) === 6
    ? undefined
    : others.find((address) => ipVersion(address) === 6)
}

/** At .100 or above; in a LAN that ends before it, or is full from there on, below. */
function freeAddress(lan: Cidr, taken: ReadonlySet<string>): IpAddress {
  const last = Number(cidrSize(lan) > 65536n ? 65536n : cidrSize(lan)) - 2
  const start = Math.min(LAPTOP_OFFSET, last)
  let offset = start
  while (offset <= last && taken.has(addressIn(lan, offset))) offset++
  if (offset > last) for (offset = start; offset > 2 && taken.has(addressIn(lan, offset));) offset--
  return addressIn(lan, offset)
}

/** Everywhere: the destination of a default route. */
export const DEFAULT = cidr('0.0.0.0/0')
export const DEFAULT_IPV6 = cidr('::/0')

/** The name of the link that a LAN is. */
export function lanLinkName(lan: Cidr): string {
  return `lan ${lan}`
}

/** The LAN that a node is on, as Calico found its subnet, else as {@link lanOf} says; undefined without an address. */
export function lanOfNode(node: Node): Cidr | undefined {
  const address = node.addresses[0]
  if (address === undefined) return undefined
  const subnet = subnetOf(node)
  const isLan = subnet !== undefined && cidrContains(subnet, address) && prefixBits(subnet) <= MOST_LAN_BITS
  return isLan ? subnet : lanOf(address)
}

/** A longer prefix is a point-to-point address, on which nobody else would be. */
const MOST_LAN_BITS = 28

/** The LAN that an address is on, where nobody says: assumed. */
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
