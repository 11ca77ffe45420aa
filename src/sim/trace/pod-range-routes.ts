/**
 * A node's routes to the ranges that Pods have their addresses from: a blackhole for its own, the others by their nodes.
 * - A pool with VXLAN is felix's (projectcalico/calico felix/dataplane/linux/route_mgr.go): by the tunnel, or, with CrossSubnet and the
 *   other node in this one's subnet, plainly by that node.
 * - A pool without an overlay is BIRD's (confd/etc/calico/confd/templates/bird.cfg.template, `gateway recursive`): by the other node
 *   where it is on the link, else by the way to it: the router of the LAN, who may not know that range.
 * - IPIP is not modelled, nor is the tunnel of IPv6.
 * - Without Calico's blocks the podCIDRs take their place, as BIRD writes them; across subnets nobody says how then.
 */
import type { Cluster } from '../cluster/cluster.ts'
import type { IpPool, Node } from '../cluster/objects.ts'
import { TUNNEL_INTERFACE } from '../kube-proxy/calico-chains.ts'
import { cidrContains, ipVersion, type Cidr, type IpAddress } from '../network/address.ts'
import type { Route } from '../network/network.ts'
import { ipv6Of, lanOf, lanOfNode } from './surroundings.ts'
import { poolOf, vtepOf } from './vteps.ts'

/** The routes. @param router the LAN's, if the node sends anything there */
export function podRangeRoutes(
  cluster: Cluster,
  node: Node,
  router: IpAddress | undefined,
): readonly Route[] {
  return podRanges(cluster).flatMap(({ range, owner }) => {
    const pool = poolOf(cluster, range)
    if (owner === node.ref.name)
      return { kind: 'blackhole', destination: range, protocol: isFelix(pool) ? '80' : 'bird' }
    const other = cluster.nodes.find((each) => each.ref.name === owner)
    return (other && remoteRoute(cluster, node, { range, pool, other, router })) ?? []
  })
}

function podRanges(cluster: Cluster): readonly { readonly range: Cidr; readonly owner: string }[] {
  if (cluster.blocks.length > 0)
    return cluster.blocks.map((block) => ({ range: block.cidr, owner: block.node }))
  return cluster.nodes.flatMap((node) => node.podCidrs.map((range) => ({ range, owner: node.ref.name })))
}

interface RemoteRange {
  readonly range: Cidr
  readonly pool: IpPool | undefined
  readonly other: Node
  readonly router: IpAddress | undefined
}

function remoteRoute(
  cluster: Cluster,
  node: Node,
  { range, pool, other, router }: RemoteRange,
): Route | undefined {
  const version = ipVersion(range)
  const address = other.addresses.find((each) => ipVersion(each) === version)
  if (address === undefined) return undefined
  const isNear = isInSubnetOf(node, address)
  const plain = { kind: 'unicast', destination: range, interfaceName: 'eth0' } as const
  if (isWrapped(pool?.vxlanMode, isNear)) {
    // vxlan-v6.calico, a tunnel of its own.
    if (version === 6) return { ...plain, via: address, protocol: 'boot', overlay: 'vxlan-v6' }
    const via = vtepOf(cluster, other)?.address
    if (via === undefined || vtepOf(cluster, node) === undefined) return undefined
    return { ...plain, interfaceName: TUNNEL_INTERFACE, via, protocol: 'boot', onlink: true }
  }
  if (isFelix(pool)) return { ...plain, via: address, protocol: '80', onlink: true }
  if (isWrapped(pool?.ipipMode, isNear)) return { ...plain, via: address, protocol: 'bird', overlay: 'ipip' }
  if (isNear) return { ...plain, via: address, protocol: 'bird' }
  if (pool === undefined) return { ...plain, via: address, protocol: 'bird', overlay: 'unknown' }
  return router === undefined || version === 6 ? undefined : { ...plain, via: router, protocol: 'bird' }
}

function isWrapped(mode: IpPool['vxlanMode'] | undefined, isNear: boolean): boolean {
  return mode === 'Always' || (mode === 'CrossSubnet' && !isNear)
}

function isFelix(pool: IpPool | undefined): boolean {
  return pool !== undefined && pool.vxlanMode !== 'Never'
}

/** Whether Calico takes the address for one of the node's own subnet (felix/calc/l3_route_resolver.go, nodeInOurSubnet). */
function isInSubnetOf(node: Node, address: IpAddress): boolean {
  const ipv6 = ipv6Of(node)
  const lan = ipVersion(address) === 4 ? lanOfNode(node) : ipv6 && lanOf(ipv6)
  return lan !== undefined && cidrContains(lan, address)
}
