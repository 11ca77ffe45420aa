/**
 * A cluster's machines as a {@link Network}: each node with its veths and Calico's routes, each Pod, the LAN's router, a laptop.
 * Models what Calico's felix and BIRD write on a node whose peers are in its own subnet (projectcalico/calico felix/routetable,
 * confd/etc/calico/confd/templates/bird.cfg): a /32 a Pod, a blackhole for the node's own blocks, the other blocks by their nodes.
 * Left out: VXLAN between subnets; nodes of different LANs reach each other's Pods through the router.
 */
import { sha1 } from '@noble/hashes/legacy.js'
import type { Cluster } from '../cluster/cluster.ts'
import { objectKey, type ObjectRef } from '../cluster/object-ref.ts'
import type { Node, Pod } from '../cluster/objects.ts'
import { cidr, hostCidr, ip, type Cidr, type IpAddress } from '../network/address.ts'
import type { Host, Interface, Link, Network, Route, Socket } from '../network/network.ts'
import { announcedBy } from './announce-balancers.ts'
import { nodeSockets } from './node-sockets.ts'
import { lanOf, surroundingsOf, type Surroundings } from './surroundings.ts'

/** Assumed latencies, one way, in milliseconds. */
const VETH_MS = 0.01
const LAN_MS = 0.15

const GATEWAY = ip('169.254.1.1')
const DEFAULT = cidr('0.0.0.0/0')

/** The name of the laptop's host, and its vantage. */
export const LAPTOP = 'laptop'
/** The name of the router's host. */
export const ROUTER = 'router'

const networks = new WeakMap<Cluster, Network>()

/** The network of a cluster; the same cluster gives the same object. */
export function networkOf(cluster: Cluster): Network {
  const known = networks.get(cluster)
  if (known !== undefined) return known
  const network = buildNetwork(cluster)
  networks.set(cluster, network)
  return network
}

/** The host of a Pod: its own namespace, or its node's with hostNetwork. */
export function podHost(pod: Pod): string {
  return pod.hostNetwork && pod.nodeName !== undefined ? pod.nodeName : podHostName(pod.ref)
}

/** The name of a Pod's own host, `namespace/name`. */
export function podHostName(ref: ObjectRef): string {
  return `${ref.namespace}/${ref.name}`
}

/** The node's end of a Pod's veth (projectcalico/calico libcalico-go, VethNameForWorkload). */
function vethName(pod: ObjectRef): string {
  const digest = sha1(asciiBytes(`${pod.namespace}.${pod.name}`))
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `cali${hex.slice(0, 11)}`
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function buildNetwork(cluster: Cluster): Network {
  const around = surroundingsOf(cluster)
  const pods = cluster.pods.filter(
    (pod) => pod.nodeName !== undefined && pod.ip !== undefined && isRunning(pod),
  )
  const onNode = (name: string) => pods.filter((pod) => pod.nodeName === name)
  const own = pods.filter((pod) => !pod.hostNetwork)
  const hosts = [
    ...cluster.nodes.map((node) => nodeHost(cluster, node, onNode(node.ref.name), around)),
    ...own.map(sandbox),
    routerHost(around),
    laptopHost(around),
  ]
  return {
    hosts: Object.fromEntries(hosts.map((host) => [host.name, host])),
    links: Object.fromEntries([...lanLinks(hosts, around), ...own.map(vethLink)]),
  }
}

function isRunning(pod: Pod): boolean {
  return pod.phase === 'Running' || (pod.phase === 'Pending' && pod.waitingReason === undefined)
}

function nodeHost(cluster: Cluster, node: Node, pods: readonly Pod[], around: Surroundings): Host {
  const own = pods.filter((pod) => !pod.hostNetwork)
  const address = node.addresses[0]
  const vips = cluster.vips.filter((vip) => vip.node === node.ref.name).map((vip) => vip.address)
  const announces = announcedBy(cluster, node)
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
      ...own.map((pod) => ({ name: vethName(pod.ref), addresses: [], link: vethLinkName(pod) })),
    ],
    routes: address === undefined ? [] : nodeRoutes(cluster, node, address, own, around),
    sockets: nodeSockets(node, cluster),
    forwards: true,
    hasNetfilter: true,
    noRoute: 'icmp',
  }
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
  return { kind: 'unicast', destination, interfaceName: 'eth0', via, protocol: 'bird' }
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

function sandbox(pod: Pod): Host {
  return {
    name: podHostName(pod.ref),
    interfaces: [
      { name: 'lo', addresses: [ip('127.0.0.1')], link: 'lo' },
      { name: 'eth0', addresses: pod.ips, link: vethLinkName(pod) },
    ],
    routes: [
      { kind: 'unicast', destination: DEFAULT, interfaceName: 'eth0', via: GATEWAY, protocol: 'boot' },
      { kind: 'unicast', destination: hostCidr(GATEWAY), interfaceName: 'eth0', protocol: 'boot' },
    ],
    sockets: podSockets(pod),
    forwards: false,
    hasNetfilter: false,
    noRoute: 'icmp',
  }
}

function podSockets(pod: Pod): Socket[] {
  return pod.listens.map((listen) => ({
    protocol: listen.protocol === 'UDP' ? 'udp' : listen.protocol === 'SCTP' ? 'sctp' : 'tcp',
    port: listen.port,
    ...(listen.loopbackOnly ? { address: ip('127.0.0.1') } : {}),
    owner: objectKey(pod.ref),
  }))
}

function routerHost(around: Surroundings): Host {
  return {
    name: ROUTER,
    interfaces: around.lans.map((lan, index) => ({
      name: `eth${index}`,
      addresses: [lan.router],
      link: lanLinkName(lan.cidr),
    })),
    routes: around.lans.map((lan, index) => ({
      kind: 'unicast',
      destination: lan.cidr,
      interfaceName: `eth${index}`,
      source: lan.router,
      protocol: 'kernel',
    })),
    sockets: [],
    forwards: true,
    hasNetfilter: false,
    noRoute: 'silent',
  }
}

function laptopHost(around: Surroundings): Host {
  const lan = lanOf(around.laptop)
  const router = around.lans.find((each) => each.cidr === lan)?.router ?? around.laptop
  return {
    name: LAPTOP,
    interfaces: [
      { name: 'lo', addresses: [ip('127.0.0.1')], link: 'lo' },
      { name: 'eth0', addresses: [around.laptop], link: lanLinkName(lan) },
    ],
    routes: [
      { kind: 'unicast', destination: DEFAULT, interfaceName: 'eth0', via: router, protocol: 'boot' },
      { kind: 'unicast', destination: lan, interfaceName: 'eth0', source: around.laptop, protocol: 'kernel' },
    ],
    sockets: [],
    forwards: false,
    hasNetfilter: false,
    noRoute: 'icmp',
  }
}

function lanLinks(hosts: readonly Host[], around: Surroundings): [string, Link][] {
  return around.lans.map((lan) => {
    const name = lanLinkName(lan.cidr)
    const ends = hosts.flatMap((host) =>
      host.interfaces
        .filter((each) => each.link === name)
        .map((each) => ({ host: host.name, interfaceName: each.name })),
    )
    return [name, { kind: 'lan', latencyMs: LAN_MS, ends }]
  })
}

function vethLink(pod: Pod): [string, Link] {
  return [
    vethLinkName(pod),
    {
      kind: 'point-to-point',
      latencyMs: VETH_MS,
      ends: [
        { host: podHostName(pod.ref), interfaceName: 'eth0' },
        { host: pod.nodeName ?? '', interfaceName: vethName(pod.ref) },
      ],
    },
  ]
}

function lanLinkName(lan: Cidr): string {
  return `lan ${lan}`
}

function vethLinkName(pod: Pod): string {
  return `veth ${podHostName(pod.ref)}`
}
