/**
 * Which node answers ARP for a load balancer's address. Models MetalLB's layer 2 mode (speaker/layer2_controller.go, ShouldAnnounce): the
 * node with the smallest SHA-256 of `NODE#ADDRESS` among those that may. No interface has the address; the rules of kube-proxy take its
 * packets on the node that answers. Assumed: a speaker on every node, every pool advertised by all of them. Left out: L2Advertisement's
 * selectors, BGP, and addresses that are not on the nodes' LAN.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import type { Cluster } from '../cluster/cluster.ts'
import type { Node, Service } from '../cluster/objects.ts'
import type { IpAddress } from '../network/address.ts'
import { servingEndpoints } from './serving-endpoints.ts'

/** The addresses that a node answers for, in the order of the Services. */
export function announcedBy(cluster: Cluster, node: Node): readonly IpAddress[] {
  return balancedServices(cluster.services).flatMap((service) =>
    service.loadBalancerIngress.flatMap(({ ip, ipMode }) =>
      ip !== undefined && ipMode !== 'Proxy' && announcer(cluster, service, ip) === node.ref.name ? [ip] : [],
    ),
  )
}

const balanced = new WeakMap<readonly Service[], readonly Service[]>()

/** Those with an address of a balancer: few of ten thousand, and every node asks. */
function balancedServices(services: readonly Service[]): readonly Service[] {
  const known = balanced.get(services)
  if (known !== undefined) return known
  const found = services.filter(({ loadBalancerIngress }) => loadBalancerIngress.length > 0)
  balanced.set(services, found)
  return found
}

function announcer(cluster: Cluster, service: Service, address: IpAddress): string | undefined {
  const serving = servingEndpoints(cluster, service).map((endpoint) => endpoint.nodeName)
  if (serving.length === 0) return undefined
  return cluster.nodes
    .filter((node) => node.ready && !(EXCLUDED in node.labels))
    .map((node) => node.ref.name)
    .filter((name) => service.externalTrafficPolicy === 'Cluster' || serving.includes(name))
    .toSorted((a, b) => (rank(a, address) < rank(b, address) ? -1 : 1))[0]
}

const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers'

function rank(node: string, address: IpAddress): string {
  const digest = sha256(Uint8Array.from(`${node}#${address}`, (character) => character.charCodeAt(0)))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
