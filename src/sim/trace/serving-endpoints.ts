/** Who stands behind a Service, as EndpointSlices say. */
import type { Cluster } from '../cluster/cluster.ts'
import type { Endpoint, Service } from '../cluster/objects.ts'

/** The endpoints that serve, ready or terminating, over all slices of the Service. */
export function servingEndpoints({ endpointSlices }: Cluster, { ref }: Service): readonly Endpoint[] {
  return endpointSlices
    .filter((slice) => slice.serviceName === ref.name && slice.ref.namespace === ref.namespace)
    .flatMap((slice) => slice.endpoints)
    .filter((endpoint) => endpoint.serving)
}
