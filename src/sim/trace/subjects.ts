/** Who an address is, and where a host stands: from the network's names to what people call them. */
import type { Cluster } from '../cluster/cluster.ts'
import type { Pod, Service } from '../cluster/objects.ts'
import { GATEWAY_IMAGE, GATEWAY_NAME_LABEL } from '../gateway/provision-gateways.ts'
import { isLoopback, type IpAddress } from '../network/address.ts'
import { LAPTOP, ROUTER } from './outside-hosts.ts'
import { podHostName } from './pod-host.ts'
import type { Place, Subject } from './trace.ts'
import { surroundingsOf } from './surroundings.ts'
import { tunnelAddress } from './vteps.ts'

/** The Pod whose own host this is. */
function podOfHost(cluster: Cluster, host: string): Pod | undefined {
  return cluster.pods.find((pod) => !pod.hostNetwork && podHostName(pod.ref) === host)
}

/** The Pod with this address, one with a network of its own before one on its node's. */
export function podOfAddress(cluster: Cluster, address: IpAddress): Pod | undefined {
  return cluster.pods.find((pod) => !pod.hostNetwork && pod.ips.includes(address))
}

/** The Service that has this ClusterIP, external IP or load balancer address. */
function serviceOfAddress({ services }: Cluster, address: IpAddress): Service | undefined {
  const known = byAddress.get(services)
  if (known !== undefined) return known.get(address)
  const index = new Map<IpAddress, Service>()
  for (const service of services.toReversed())
    for (const each of addressesOf(service)) index.set(each, service)
  byAddress.set(services, index)
  return index.get(address)
}

/** Where two Services share an address, the first. */
const byAddress = new WeakMap<readonly Service[], ReadonlyMap<IpAddress, Service>>()

function addressesOf({ clusterIps, externalIps, loadBalancerIngress }: Service): readonly IpAddress[] {
  return [...clusterIps, ...externalIps, ...loadBalancerIngress.flatMap(({ ip }) => ip ?? [])]
}

/** Whose address it is, as far as the cluster and its surroundings know. */
export function subjectOfAddress(cluster: Cluster, address: IpAddress): Subject {
  const service = serviceOfAddress(cluster, address)
  if (service !== undefined) return { kind: 'service', ref: service.ref }
  const vip = cluster.vips.find((each) => each.address === address)
  if (vip !== undefined) return { kind: 'vip', address, node: vip.node }
  const pod = podOfAddress(cluster, address)
  if (pod !== undefined) return podSubject(pod)
  const node = cluster.nodes.find(
    (each) => each.addresses.includes(address) || tunnelAddress(cluster, each) === address,
  )
  if (node !== undefined) return { kind: 'node', node: node.ref.name }
  const around = surroundingsOf(cluster)
  if (around.laptop === address || around.laptopIpv6 === address) return { kind: 'client', vantage: LAPTOP }
  if (around.lans.some((lan) => lan.router === address || lan.ipv6?.router === address))
    return { kind: 'router', address }
  return { kind: 'outside', address }
}

/** A Pod as a subject; an ingress controller is one of its own kind, and so is a Gateway's proxy. */
export function podSubject(pod: Pod): Subject {
  const isEdge = isIngressController(pod) || isGatewayProxy(pod)
  return { kind: isEdge ? 'ingress-controller' : 'pod', ref: pod.ref }
}

/** Whether the Pod runs ingress-nginx: told by its image, or by the flag that only it takes. */
export function isIngressController(pod: Pod): boolean {
  return pod.containers.some(
    (container) =>
      container.image.includes('ingress-nginx/controller') ||
      [...container.command, ...container.args].some((word) => word.startsWith('--controller-class=')),
  )
}

/** Whether the Pod is a Gateway's proxy: of a Deployment that our controller made. */
export function isGatewayProxy(pod: Pod): boolean {
  return (
    pod.labels[GATEWAY_NAME_LABEL] !== undefined &&
    pod.containers.some(({ image }) => image === GATEWAY_IMAGE)
  )
}

/** Whether the Pod runs CoreDNS: told by its image. */
export function isCoreDns(pod: Pod): boolean {
  return pod.containers.some((container) => /(^|\/)coredns(:|@|$)/.test(container.image))
}

/** A host as a place; `hook` says what part of it. */
export function placeOf(cluster: Cluster, host: string, hook?: string): Place {
  return { ...hostPlace(cluster, host), ...(hook === undefined ? {} : { hook }) }
}

function hostPlace(cluster: Cluster, host: string): Place {
  if (host === LAPTOP) return { host, hostKind: 'outside' }
  if (host === ROUTER) return { host: surroundingsOf(cluster).lans[0]?.router ?? host, hostKind: 'router' }
  if (cluster.nodes.some((node) => node.ref.name === host)) return { host, hostKind: 'node', node: host }
  const node = podOfHost(cluster, host)?.nodeName
  return { host, hostKind: 'pod', ...(node === undefined ? {} : { node }) }
}

/** An address in a few letters, for people: the Service, Pod or node that has it, else the address. */
export function nameOfAddress(cluster: Cluster, address: IpAddress): string {
  const subject = subjectOfAddress(cluster, address)
  switch (subject.kind) {
    case 'service':
    case 'pod':
    case 'ingress-controller':
    case 'node-port':
      return subject.ref.name
    case 'node':
      return subject.node
    case 'client':
      return subject.vantage
    case 'name':
      return subject.name
    case 'vip':
    case 'router':
    case 'outside':
      return isLoopback(address) ? 'localhost' : address
  }
}
