/** What CoreDNS's kubernetes plugin holds of the API server, by the keys that it looks up (CoreDNS plugin/kubernetes/controller.go). */
import type { Cluster } from '../cluster/cluster.ts'
import type { Endpoint, EndpointSlice, Pod, Service } from '../cluster/objects.ts'
import type { IpAddress } from '../network/address.ts'

/** The part of the cluster that CoreDNS reads. */
export type DnsCluster = Pick<Cluster, 'services' | 'endpointSlices' | 'namespaces' | 'pods' | 'config'>

/** An endpoint that CoreDNS serves, and the slice that it stands in. */
export interface ReadyEndpoint {
  readonly endpoint: Endpoint
  readonly slice: EndpointSlice
  /** Place in the slice. */
  readonly at: number
}

/** Names are in lower case; a Service's key is `namespace/name`. */
export interface KubernetesIndex {
  readonly namespaces: ReadonlySet<string>
  readonly services: ReadonlyMap<string, Service>
  /** Ready endpoints by Service, in the order of the slices. */
  readonly endpoints: ReadonlyMap<string, readonly ReadyEndpoint[]>
  readonly serviceByIp: ReadonlyMap<IpAddress, Service>
  readonly endpointsByIp: ReadonlyMap<IpAddress, readonly ReadyEndpoint[]>
  /** Keyed `namespace/address`. */
  readonly podByIp: ReadonlyMap<string, Pod>
  /** Unix time of the newest object: what stands for the time of the last change in the SOA's serial. */
  readonly serial: number
}

const indices = new WeakMap<DnsCluster, KubernetesIndex>()

/** The index of a cluster, made once for each cluster value. */
export function kubernetesIndex(cluster: DnsCluster): KubernetesIndex {
  const known = indices.get(cluster)
  if (known !== undefined) return known
  const made = buildIndex(cluster)
  indices.set(cluster, made)
  return made
}

/** The Service that an endpoint belongs to, as a key. */
export function serviceKeyOf(slice: EndpointSlice): string {
  return `${slice.ref.namespace}/${slice.serviceName ?? ''}`.toLowerCase()
}

function buildIndex(cluster: DnsCluster): KubernetesIndex {
  // `ready` alone counts: `serving` and `terminating` are not looked at, so a terminating Pod leaves DNS at once.
  const ready = cluster.endpointSlices.flatMap((slice) =>
    slice.endpoints.flatMap((endpoint, at) => (endpoint.ready ? [{ endpoint, slice, at }] : [])),
  )
  const byAddress = ready.flatMap((each) =>
    each.endpoint.addresses.map((address) => [address, each] as const),
  )
  const changes = [...cluster.services, ...cluster.endpointSlices, ...cluster.namespaces, ...cluster.pods]
  const newestMs = changes.reduce((newest, { createdAtMs }) => Math.max(newest, createdAtMs), 0)
  return {
    namespaces: new Set(cluster.namespaces.map(({ ref }) => ref.name.toLowerCase())),
    services: new Map(
      cluster.services.map((each) => [`${each.ref.namespace}/${each.ref.name}`.toLowerCase(), each]),
    ),
    endpoints: groupPairs(ready.map((each) => [serviceKeyOf(each.slice), each] as const)),
    serviceByIp: new Map(
      cluster.services.flatMap((each) => each.clusterIps.map((address) => [address, each] as const)),
    ),
    endpointsByIp: groupPairs(byAddress),
    podByIp: new Map(
      cluster.pods.flatMap((pod) =>
        pod.ips.map((address) => [`${pod.ref.namespace}/${address}`, pod] as const),
      ),
    ),
    serial: Math.floor(newestMs / 1000),
  }
}

function groupPairs<K, V>(pairs: readonly (readonly [K, V])[]): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>()
  for (const [key, value] of pairs) {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  }
  return groups
}
