/** Who stands behind a Service, as EndpointSlices say. */
import type { Cluster } from '../cluster/cluster.ts'
import type { Endpoint, Service } from '../cluster/objects.ts'
import { slicesOfService } from '../cluster/slices-of-service.ts'

/** The endpoints that serve, ready or terminating, over all slices of the Service. */
export function servingEndpoints(cluster: Cluster, { ref }: Service): readonly Endpoint[] {
  return slicesOfService(cluster, ref)
    .flatMap((slice) => slice.endpoints)
    .filter((endpoint) => endpoint.serving)
}
