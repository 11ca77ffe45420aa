/** A node as a host: its address, veths and tunnel, its sockets, and its routes: a /32 a Pod, and those of {@link podRangeRoutes}. */
import type { Cluster } from '../cluster/cluster.ts'
import { modeOf } from '../cluster/pasted-rules.ts'
import type { Node, Pod } from '../cluster/objects.ts'
import { hostCidr, ip, type Cidr, type IpAddress } from '../network/address.ts'
import type { Host, Interface, Route } from '../network/network.ts'
import { boundAddresses, DUMMY_INTERFACE } from '../kube-proxy/ipvs-addresses.ts'
import { servicePorts } from '../kube-proxy/service-ports.ts'
import { announcedBy } from './announce-balancers.ts'
import { nodeSockets } from './node-sockets.ts'
import { vethLinkName, vethName } from './pod-host.ts'
import { podRangeRoutes } from './pod-range-routes.ts'
import { lanRoutesIpv6 } from './outside-hosts.ts'
import {
  DEFAULT,
  hasDefaultRoute,
  ipv6Of,
  lanLinkName,
  lanOf,
  lanOfNode,
  type Lan,
  type Surroundings,
} from './surroundings.ts'
import { tunnelDevice } from './vteps.ts'

/** The node; `pods` are those on it that have a network of their own. */
export function nodeHost(cluster: Cluster, node: Node, pods: readonly Pod[], around: Surroundings): Host {
  const address = node.addresses[0]
  const lan = lanOfNode(node)
  const vips = cluster.vips.filter((vip) => vip.node === node.ref.name).map((vip) => vip.address)
  const dummy = dummyAddresses(cluster, node, vips)
  const { strictArp } = cluster.config.kubeProxy.ipvs
  // arp_ignore 0: an interface answers for every address of its host (Linux net/ipv4/arp.c).
  const announces = [...announcedBy(cluster, node), ...(strictArp ? [] : dummy)]
  const eth0: Interface[] =
    lan === undefined
      ? []
      : [
          {
            name: 'eth0',
            addresses: [...node.addresses, ...vips],
            ...(announces.length === 0 ? {} : { announces }),
            // A machine that is cut off: its cable leads nowhere.
            link: node.lost ? `${node.ref.name} unplugged` : lanLinkName(lan),
          },
        ]
  const tunnel = tunnelDevice(cluster, node)
  return {
    name: node.ref.name,
    interfaces: [
      { name: 'lo', addresses: [ip('127.0.0.1')], link: 'lo' },
      ...eth0,
      ...(tunnel === undefined ? [] : [tunnel]),
      ...(dummy.length === 0 ? [] : [{ name: DUMMY_INTERFACE, addresses: dummy, link: DUMMY_INTERFACE }]),
      ...pods.map((pod) => ({ name: vethName(pod.ref), addresses: [], link: vethLinkName(pod) })),
    ],
    routes:
      address === undefined || lan === undefined
        ? []
        : nodeRoutes(cluster, node, { address, lan }, pods, around),
    sockets: nodeSockets(node, cluster),
    forwards: true,
    hasNetfilter: true,
    noRoute: 'icmp',
  }
}

/** What kube-proxy in IPVS mode holds on its dummy interface. */
function dummyAddresses(cluster: Cluster, node: Node, vips: readonly IpAddress[]): readonly IpAddress[] {
  if (modeOf(cluster, node.ref.name) !== 'ipvs') return []
  const ports = [...servicePorts(cluster.services, 4), ...servicePorts(cluster.services, 6)]
  return boundAddresses(ports, [...node.addresses, ...vips])
}

function nodeRoutes(
  cluster: Cluster,
  node: Node,
  { address, lan }: { readonly address: IpAddress; readonly lan: Cidr },
  pods: readonly Pod[],
  around: Surroundings,
): Route[] {
  const here = around.lans.find((each) => each.cidr === lan)
  const router = hasDefaultRoute(node) ? here?.router : undefined
  const ipv6 = ipv6Of(node)
  const byDefault: Route[] =
    router === undefined
      ? []
      : [{ kind: 'unicast', destination: DEFAULT, interfaceName: 'eth0', via: router, protocol: 'boot' }]
  return [
    ...byDefault,
    ...podRangeRoutes(cluster, node, router),
    ...pods.flatMap(podRoutes),
    { kind: 'unicast', destination: lan, interfaceName: 'eth0', source: address, protocol: 'kernel' },
    ...(ipv6 === undefined ? [] : lanRoutesIpv6(ipv6Lan(ipv6, here, hasDefaultRoute(node)), ipv6)),
  ]
}

function ipv6Lan(address: IpAddress, here: Lan | undefined, hasDefault: boolean) {
  const router = hasDefault ? here?.ipv6?.router : undefined
  return { cidr: lanOf(address), ...(router === undefined ? {} : { router }) }
}

function podRoutes(pod: Pod): Route[] {
  return pod.ips.map((address) => ({
    kind: 'unicast',
    destination: hostCidr(address),
    interfaceName: vethName(pod.ref),
    protocol: 'boot',
  }))
}
