/**
 * The endpoints of every service port as one node sees them, out of EndpointSlices. `targetPort` and Pods are never looked at: the slice
 * has the numbers. Models pkg/proxy/endpointslicecache.go.
 */
import type { EndpointSlice } from '../cluster/objects.ts'
import type { IpVersion } from '../network/address.ts'
import { endpointsOf, withLists, type EndpointInfo, type ServiceEndpoints } from './endpoint-lists.ts'
import { gatheredFrom } from './gathered-endpoints.ts'

/** Whether it is on the node. An endpoint without a node is local nowhere. */
export function isOnNode({ endpoint }: EndpointInfo, nodeName: string): boolean {
  return endpoint.nodeName === nodeName
}

/**
 * All endpoints of a family, each list in the plain order of `IP:port` as text (`10.0.0.10:80` before `10.0.0.9:80`).
 * Of two with the same text one stays, one on the node if there is one.
 */
export function serviceEndpoints(
  slices: readonly EndpointSlice[],
  nodeName: string,
  version: IpVersion,
): ServiceEndpoints {
  const { endpoints, withTwins } = gatheredFrom(slices, version)
  if (withTwins.size === 0) return endpoints
  const lists = [...withTwins].map(
    (key) => [key, withoutTwins(endpointsOf({ key }, endpoints), nodeName)] as const,
  )
  return withLists(endpoints, new Map(lists))
}

function withoutTwins(infos: readonly EndpointInfo[], nodeName: string): readonly EndpointInfo[] {
  const byName = new Map<string, EndpointInfo>()
  for (const info of infos)
    if (isOnNode(info, nodeName) || !byName.has(info.text)) byName.set(info.text, info)
  return [...byName.values()]
}
