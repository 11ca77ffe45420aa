/**
 * What kube-proxy makes of a Service: one service port for each entry of `spec.ports`, for one IP family.
 * Models pkg/proxy/serviceport.go (newBaseServiceInfo) and pkg/proxy/util/utils.go (ShouldSkipService).
 */
import {
  cidrContains,
  ipVersion,
  parseCidr,
  type Cidr,
  type IpAddress,
  type IpVersion,
} from '../network/address.ts'
import type { Service } from '../cluster/objects.ts'
import { serviceChainName, servicePortHash, type ServiceChainKind } from './chain-names.ts'

/** One service port. Addresses and ranges of the proxier's family alone. */
export interface ServicePortInfo {
  readonly service: Service
  /** The place in `spec.ports`. */
  readonly index: number
  /** `namespace/name`, `namespace/name:port`: what comments and hashes say. */
  readonly name: string
  /** In the names of its chains. */
  readonly hash: string
  /** Namespace, Service, port name and protocol: what endpoints are found by. */
  readonly key: string
  readonly portName: string
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly clusterIp: IpAddress
  readonly port: number
  /** 0: none. The Service's type is not looked at. */
  readonly nodePort: number
  readonly externalIps: readonly IpAddress[]
  /** Addresses that a load balancer gave, without those with `ipMode: Proxy`: these it keeps to itself. */
  readonly loadBalancerIps: readonly IpAddress[]
  readonly sourceRanges: readonly Cidr[]
  readonly internalLocal: boolean
  readonly externalLocal: boolean
  /** 0: none. */
  readonly healthCheckNodePort: number
  /** Seconds that a client stays with an endpoint; absent without session affinity. */
  readonly affinitySeconds?: number
}

/**
 * All service ports of a family, by name and then protocol: the same objects for the same Services, the same list for the same list.
 * kube-proxy itself goes in the random order of a Go map.
 */
export function servicePorts(services: readonly Service[], version: IpVersion): readonly ServicePortInfo[] {
  const before = knownLists[version].get(services)
  if (before !== undefined) return before
  const ports = services
    .flatMap((service) => portsOf(service, version))
    .toSorted((a, b) => compareTexts(a.name, b.name) || compareTexts(a.protocol, b.protocol))
  knownLists[version].set(services, ports)
  return ports
}

/** Whether anything but ClusterIP traffic can reach it. */
export function isExternal(port: ServicePortInfo): boolean {
  return port.nodePort !== 0 || port.loadBalancerIps.length > 0 || port.externalIps.length > 0
}

/** Whether some of its traffic goes to endpoints of the whole cluster. */
export function usesCluster(port: ServicePortInfo): boolean {
  return !port.internalLocal || isExternal(port)
}

/** Whether some of its traffic stays on the node. */
export function usesLocal(port: ServicePortInfo): boolean {
  return port.internalLocal || (port.externalLocal && isExternal(port))
}

/** Whether its source ranges let the node itself in: its packets to a balancer's address have that address as their source. */
export function admitsNode({ sourceRanges }: ServicePortInfo, nodeIp: IpAddress | undefined): boolean {
  return nodeIp !== undefined && sourceRanges.some((range) => cidrContains(range, nodeIp))
}

/** The name of one of its chains. */
export function chainOf(port: ServicePortInfo, kind: ServiceChainKind): string {
  return serviceChainName(kind, port.hash)
}

/** By UTF-16 units, as Go compares ASCII. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const knownLists = {
  4: new WeakMap<readonly Service[], readonly ServicePortInfo[]>(),
  6: new WeakMap<readonly Service[], readonly ServicePortInfo[]>(),
}

/** By Service and family, once: the same Service gives the same objects, by which is known what an earlier sync has written. */
const known = {
  4: new WeakMap<Service, readonly ServicePortInfo[]>(),
  6: new WeakMap<Service, readonly ServicePortInfo[]>(),
}

function portsOf(service: Service, version: IpVersion): readonly ServicePortInfo[] {
  const before = known[version].get(service)
  if (before !== undefined) return before
  const ports = workOutPorts(service, version)
  known[version].set(service, ports)
  return ports
}

function workOutPorts(service: Service, version: IpVersion): readonly ServicePortInfo[] {
  const clusterIp = service.clusterIps.find((address) => ipVersion(address) === version)
  if (service.headless || service.type === 'ExternalName' || clusterIp === undefined) return []
  const { namespace, name } = service.ref
  const shared = sharedOf(service, version)
  return service.ports.map((port, index) => {
    const servicePort = port.name === '' ? `${namespace}/${name}` : `${namespace}/${name}:${port.name}`
    const protocol = lowerCase[port.protocol]
    // What is spread in comes last: a literal that begins with it is made several times more slowly.
    return {
      service,
      index,
      name: servicePort,
      hash: servicePortHash(servicePort, protocol),
      key: servicePortKey(namespace, name, port.name, protocol),
      portName: port.name,
      protocol,
      clusterIp,
      port: port.port,
      nodePort: port.nodePort,
      ...shared,
    }
  })
}

/** The key of a service port, whichever object tells of it. */
export function servicePortKey(
  namespace: string,
  service: string,
  portName: string,
  protocol: string,
): string {
  return `${namespace}/${service}:${portName}/${protocol.toLowerCase()}`
}

const lowerCase = { TCP: 'tcp', UDP: 'udp', SCTP: 'sctp' } as const

/** What all ports of the Service have alike. */
function sharedOf(service: Service, version: IpVersion) {
  const isOfFamily = (address: IpAddress | Cidr) => ipVersion(address) === version
  const isLoadBalancer = service.type === 'LoadBalancer'
  const reachesOutside = service.type !== 'ClusterIP' || service.externalIps.length > 0
  const externalLocal = service.externalTrafficPolicy === 'Local' && reachesOutside
  return {
    externalIps: service.externalIps.filter(isOfFamily),
    loadBalancerIps: service.loadBalancerIngress
      .flatMap(({ ip, ipMode }) => (ip === undefined || ipMode === 'Proxy' ? [] : [ip]))
      .filter(isOfFamily),
    sourceRanges: service.loadBalancerSourceRanges
      .flatMap((text) => parseCidr(text.trim()) ?? [])
      .filter(isOfFamily),
    internalLocal: service.internalTrafficPolicy === 'Local',
    externalLocal,
    healthCheckNodePort: isLoadBalancer && externalLocal ? service.healthCheckNodePort : 0,
    ...(service.sessionAffinity === 'ClientIP' && {
      affinitySeconds: service.sessionAffinityTimeoutSeconds,
    }),
  }
}
