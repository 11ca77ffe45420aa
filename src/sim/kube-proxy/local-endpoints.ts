/**
 * What a node's proxy says of endpoints on its own node: to load balancers that ask its health check node ports, and in its metrics.
 * Models pkg/proxy/healthcheck/service_health.go and pkg/proxy/endpointslicecache.go (localReadyEndpoints).
 */
import { chooseEndpoints, isReady, type ProxyNode } from './choose-endpoints.ts'
import { type ServiceEndpoints, allEndpoints, endpointsOf } from './endpoint-lists.ts'
import { isOnNode } from './service-endpoints.ts'
import { isExternal, type ServicePortInfo } from './service-ports.ts'

/** `namespace/name` → how many of the Service's ready endpoint addresses are on the node. A Service without one is not there. */
export function localReadyEndpoints(
  endpoints: ServiceEndpoints,
  nodeName: string,
): ReadonlyMap<string, number> {
  const addresses = new Map<string, Set<string>>()
  for (const info of [...allEndpoints(endpoints).values()].flat()) {
    if (!isOnNode(info, nodeName) || !isReady(info)) continue
    const service = `${info.slice.ref.namespace}/${info.slice.serviceName ?? ''}`
    addresses.set(service, (addresses.get(service) ?? new Set()).add(info.address))
  }
  return new Map([...addresses].map(([service, those]) => [service, those.size]))
}

/** How many service ports must stay local and have endpoints, though none here (sync_proxy_rules_no_local_endpoints_total). */
export function withoutLocalEndpoints(
  ports: readonly ServicePortInfo[],
  endpoints: ServiceEndpoints,
  node: ProxyNode,
): { readonly internal: number; readonly external: number } {
  const lacking = ports.filter((port) => {
    const chosen = chooseEndpoints(port, endpointsOf(port, endpoints), node)
    return chosen.has && chosen.local.length === 0
  })
  return {
    internal: lacking.filter((port) => port.internalLocal).length,
    external: lacking.filter((port) => port.externalLocal && isExternal(port)).length,
  }
}
