/**
 * A node as a host: its address and veths, its sockets, and the routes that Calico's felix and BIRD write where the peers are in the
 * node's own subnet (projectcalico/calico felix/routetable, confd/etc/calico/confd/templates/bird.cfg): a /32 a Pod, a blackhole for the
 * node's own blocks, the other blocks by their nodes. Without Calico's blocks the podCIDRs take their place.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { modeOf } from '../cluster/pasted-rules.ts'
import type { Node, Pod } from '../cluster/objects.ts'
import { cidrContains, hostCidr, ip, networkAddress, type Cidr, type IpAddress } from '../network/address.ts'
import type { Host, Interface, Route } from '../network/network.ts'
import { boundAddresses, DUMMY_INTERFACE } from '../kube-proxy/ipvs-addresses.ts'
import { servicePorts } from '../kube-proxy/service-ports.ts'
import { announcedBy } from './announce-balancers.ts'
import { nodeSockets } from './node-sockets.ts'
import { vethLinkName, vethName } from './pod-host.ts'
import { DEFAULT, lanLinkName, lanOf, type Surroundings } from './surroundings.ts'

/** The node; `pods` are those on it that have a network of their own. */
export function nodeHost(cluster: Cluster, node: Node, pods: readonly Pod[], around: Surroundings): Host {
  const address = node.addresses[0]
  const vips = cluster.vips.filter((vip) => vip.node === node.ref.name).map((vip) => vip.address)
  const dummy = dummyAddresses(cluster, node, vips)
  const { strictArp } = cluster.config.kubeProxy.ipvs
  // arp_ignore 0: an interface answers for every address of its host (Linux net/ipv4/arp.c).
  const announces = [...announcedBy(cluster, node), ...(strictArp ? [] : dummy)]
  const eth0: Interface[] =
    address === undefined
      ? []
      : [
          {
            name: 'eth0',
            addresses: [...node.addresses, ...vips],
            ...(announces.length === 0 ? {} : { announces }),
            link: lanLinkName(lanOf(address)),
          },
        ]
  return {
    name: node.ref.name,
    interfaces: [
      { name: 'lo', addresses: [ip('127.0.0.1')], link: 'lo' },
      ...eth0,
      ...(dummy.length === 0 ? [] : [{ name: DUMMY_INTERFACE, addresses: dummy, link: DUMMY_INTERFACE }]),
      ...pods.map((pod) => ({ name: vethName(pod.ref), addresses: [], link: vethLinkName(pod) })),
    ],
    routes: address === undefined ? [] : nodeRoutes(cluster, node, address, pods, around),
    sockets: nodeSockets(node, cluster),
    forwards: true,
    hasNetfilter: true,
    noRoute: 'icmp',
  }
}

/** What kube-proxy in IPVS mode holds on its dummy interface. */
function dummyAddresses(cluster: Cluster, node: Node, vips: readonly IpAddress[]): readonly IpAddress[] {
  if (modeOf(cluster, node.ref.name) !== 'ipvs') return []
  return boundAddresses(servicePorts(cluster.services, 4), [...node.addresses, ...vips])
}

function nodeRoutes(
  cluster: Cluster,
  node: Node,
  address: IpAddress,
  pods: readonly Pod[],
  around: Surroundings,
): Route[] {
  const lan = lanOf(address)
  const router = around.lans.find((each) => each.cidr === lan)?.router
  const byDefault: Route[] =
    router === undefined
      ? []
      : [{ kind: 'unicast', destination: DEFAULT, interfaceName: 'eth0', via: router, protocol: 'boot' }]
  return [
    ...byDefault,
    ...podRanges(cluster)
      .map(({ range, owner }) => blockRoute(cluster, node, range, owner))
      .filter(isRoute),
    ...pods.flatMap(podRoutes),
    { kind: 'unicast', destination: lan, interfaceName: 'eth0', source: address, protocol: 'kernel' },
  ]
}

function podRanges(cluster: Cluster): readonly { readonly range: Cidr; readonly owner: string }[] {
  if (cluster.blocks.length > 0)
    return cluster.blocks.map((block) => ({ range: block.cidr, owner: block.node }))
  return cluster.nodes.flatMap((node) => node.podCidrs.map((range) => ({ range, owner: node.ref.name })))
}

function blockRoute(cluster: Cluster, node: Node, destination: Cidr, owner: string): Route | undefined {
  if (owner === node.ref.name) return { kind: 'blackhole', destination, protocol: 'bird' }
  const via = cluster.nodes.find((each) => each.ref.name === owner)?.addresses[0]
  if (via === undefined) return undefined
  const plain = { kind: 'unicast', destination, interfaceName: 'eth0', via, protocol: 'bird' } as const
  return isTunnelled(cluster, node, destination, via) ? { ...plain, overlay: 'vxlan' } : plain
}

/** Whether Calico wraps packets to that node's Pods: always, or only where the node is on another LAN (IPPool vxlanMode). */
function isTunnelled(cluster: Cluster, node: Node, range: Cidr, via: IpAddress): boolean {
  const pool = cluster.ipPools.find((each) => cidrContains(each.cidr, networkAddress(range)))
  const isNear = node.addresses.some((address) => lanOf(address) === lanOf(via))
  return !isNear || pool?.vxlanMode === 'Always'
}

function isRoute(route: Route | undefined): route is Route {
  return route !== undefined
}

function podRoutes(pod: Pod): Route[] {
  return pod.ips.map((address) => ({
    kind: 'unicast',
    destination: hostCidr(address),
    interfaceName: vethName(pod.ref),
    protocol: 'boot',
  }))
}
