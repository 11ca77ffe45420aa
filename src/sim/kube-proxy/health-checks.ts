/**
 * The ports on which a node's kube-proxy tells load balancers whether it has endpoints of a Service.
 * Models pkg/proxy/healthcheck/service_health.go and pkg/proxy/serviceport.go (HealthCheckNodePorts).
 */
import type { EndpointSlice, Service } from '../cluster/objects.ts'
import { ipVersion, type IpAddress, type IpVersion } from '../network/address.ts'
import { isReady } from './choose-endpoints.ts'
import { type EndpointInfo, allEndpoints } from './endpoint-lists.ts'
import { isOnNode, serviceEndpoints } from './service-endpoints.ts'
import { servicePorts } from './service-ports.ts'

/** A health check node port and the Service that it speaks for. */
export interface HealthCheck {
  readonly port: number
  readonly service: Service
}

/** The health checks of all nodes alike, one a Service with `externalTrafficPolicy: Local` behind a load balancer. */
export function healthChecks(services: readonly Service[]): readonly HealthCheck[] {
  const before = known.get(services)
  if (before !== undefined) return before
  const found = new Map<Service, number>()
  for (const { service, healthCheckNodePort } of [...servicePorts(services, 4), ...servicePorts(services, 6)])
    if (healthCheckNodePort !== 0) found.set(service, healthCheckNodePort)
  const checks = [...found].map(([service, port]) => ({ port, service }))
  known.set(services, checks)
  return checks
}

const known = new WeakMap<readonly Service[], readonly HealthCheck[]>()

/** Of which family's endpoints a health check speaks: of the Service's IPv4, unless it has none or is asked at an IPv6 address alone. */
export function familyToCheck({ clusterIps }: Service, boundTo: IpAddress | undefined): IpVersion {
  const families = clusterIps.map(ipVersion)
  const wanted = boundTo === undefined ? 4 : ipVersion(boundTo)
  return families.includes(wanted) ? wanted : (families[0] ?? 4)
}

/** The Service's endpoints of a family as a node sees them, one an address: a Pod with two ports counts once. */
export function endpointsToCheck(
  { ref }: Service,
  slices: readonly EndpointSlice[],
  nodeName: string,
  version: IpVersion,
): readonly EndpointInfo[] {
  const own = slices.filter(
    (slice) => slice.serviceName === ref.name && slice.ref.namespace === ref.namespace,
  )
  const byAddress = new Map<string, EndpointInfo>()
  for (const info of [...allEndpoints(serviceEndpoints(own, nodeName, version)).values()].flat()) {
    const before = byAddress.get(info.address)
    if (before === undefined || (isCounted(info, nodeName) && !isCounted(before, nodeName)))
      byAddress.set(info.address, info)
  }
  return [...byAddress.values()]
}

/** Whether an endpoint keeps the node in the balancer's choice: on the node, and ready. One that terminates does not, though it serves. */
export function isCounted(info: EndpointInfo, nodeName: string): boolean {
  return isOnNode(info, nodeName) && isReady(info)
}
