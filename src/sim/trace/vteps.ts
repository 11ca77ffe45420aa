/**
 * The ends of Calico's VXLAN: one device a node, and what felix tells it of the others (projectcalico/calico felix/calc/vxlan_resolver.go,
 * felix/dataplane/linux/vxlan_mgr.go; FelixConfiguration's defaults for port and identifier).
 */
import { sha1 } from '@noble/hashes/legacy.js'
import type { Cluster } from '../cluster/cluster.ts'
import { tunnelAddressOf, tunnelMacOf } from '../cluster/calico-node.ts'
import type { IpPool, Node } from '../cluster/objects.ts'
import { TUNNEL_INTERFACE, TUNNEL_PORT } from '../kube-proxy/calico-chains.ts'
import {
  addressAt,
  cidrContains,
  cidrSize,
  ipVersion,
  networkAddress,
  type Cidr,
  type IpAddress,
} from '../network/address.ts'
import type { Interface, VxlanPeer } from '../network/network.ts'

const VNI = 4096
/** 50 bytes less than a LAN's 1500: outer IPv4 20, UDP 8, VXLAN 8, the inner Ethernet header 14. */
const MTU = 1450

/** The pool that an address range belongs to. */
export function poolOf(cluster: Cluster, range: Cidr): IpPool | undefined {
  return cluster.ipPools.find(({ cidr }) => cidrContains(cidr, networkAddress(range)))
}

/** The end of the tunnel on a node; undefined where no pool has one, or the node has no address for it yet. */
export function vtepOf(cluster: Cluster, node: Node): VxlanPeer | undefined {
  const remote = node.addresses.find((each) => ipVersion(each) === 4)
  const address = tunnelAddress(cluster, node)
  if (remote === undefined || address === undefined) return undefined
  return { address, mac: tunnelMacOf(node) ?? macOfName(node.ref.name), remote }
}

/** The node's device; undefined where it has none. */
export function tunnelDevice(cluster: Cluster, node: Node): Interface | undefined {
  const own = vtepOf(cluster, node)
  if (own === undefined) return undefined
  const others = cluster.nodes.filter((each) => each !== node)
  return {
    name: TUNNEL_INTERFACE,
    addresses: [own.address],
    link: TUNNEL_INTERFACE,
    vxlan: {
      vni: VNI,
      port: TUNNEL_PORT,
      mac: own.mac,
      mtu: MTU,
      local: own.remote,
      peers: others.flatMap((each) => vtepOf(cluster, each) ?? []),
    },
  }
}

/** The address of the node's tunnel device; undefined where no pool has a tunnel, or the node has no block of one. */
export function tunnelAddress(cluster: Cluster, node: Node): IpAddress | undefined {
  const known = addresses.get(cluster) ?? tunnelAddresses(cluster)
  addresses.set(cluster, known)
  return known.get(node.ref.name)
}

const addresses = new WeakMap<Cluster, ReadonlyMap<string, IpAddress>>()

/** An annotation's, else the first free one of the node's first block; Pods leave it free (cluster/pod-addresses.ts). */
function tunnelAddresses(cluster: Cluster): ReadonlyMap<string, IpAddress> {
  if (cluster.ipPools.every(({ vxlanMode }) => vxlanMode === 'Never')) return new Map()
  const ofPods = new Set(cluster.pods.flatMap(({ ips }) => ips))
  const own = (node: Node): IpAddress | undefined => {
    const block = cluster.blocks.find(
      ({ node: owner, cidr }) =>
        owner === node.ref.name &&
        ipVersion(cidr) === 4 &&
        (poolOf(cluster, cidr)?.vxlanMode ?? 'Never') !== 'Never',
    )?.cidr
    return tunnelAddressOf(node) ?? (block === undefined ? undefined : firstFree(block, ofPods))
  }
  return new Map(
    cluster.nodes.flatMap((node) => {
      const address = own(node)
      return address === undefined ? [] : [[node.ref.name, address]]
    }),
  )
}

function firstFree(block: Cidr, taken: ReadonlySet<string>): IpAddress | undefined {
  for (let offset = 0n; offset < cidrSize(block); offset++) {
    const address = addressAt(block, offset)
    if (address !== undefined && !taken.has(address)) return address
  }
  return undefined
}

/** vtepMACForHost: `f`, and the first five bytes of the name's SHA-1. */
function macOfName(name: string): string {
  const digest = sha1(new Uint8Array(Array.from(name, (letter) => letter.charCodeAt(0))))
  return ['f'.charCodeAt(0), ...digest.slice(0, 5)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(':')
}
