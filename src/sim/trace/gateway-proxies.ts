/** What each Gateway's proxy was told. */
import type { Cluster } from '../cluster/cluster.ts'
import { objectKey } from '../cluster/object-ref.ts'
import type { Pod } from '../cluster/objects.ts'
import { buildDataPlane } from '../gateway/build-data-plane.ts'
import type { DataPlane } from '../gateway/data-plane.ts'
import { GATEWAY_NAME_LABEL } from '../gateway/provision-gateways.ts'

const planes = new WeakMap<Cluster, Map<string, DataPlane | undefined>>()

/** What the proxy was told; the same cluster gives the same object. Undefined where the Pod's Gateway is gone or not ours. */
export function dataPlaneOf(cluster: Cluster, pod: Pod): DataPlane | undefined {
  const ofCluster = planes.get(cluster) ?? new Map<string, DataPlane | undefined>()
  planes.set(cluster, ofCluster)
  const key = objectKey(pod.ref)
  if (ofCluster.has(key)) return ofCluster.get(key)
  const gateway = cluster.gateways.find(
    ({ ref }) => ref.namespace === pod.ref.namespace && ref.name === pod.labels[GATEWAY_NAME_LABEL],
  )
  const plane = gateway === undefined ? undefined : buildDataPlane(gateway, cluster)
  ofCluster.set(key, plane)
  return plane
}
