/**
 * A cluster for the golden Gateway cases: two nodes and a pool of addresses, and over them a file's documents, applied one second
 * apart through the API server's checks and defaults, the controllers at rest after each.
 */
import { applyManifests } from '../../sim/cluster/apply-manifests.ts'
import { createCluster } from '../../sim/cluster/build-cluster.ts'
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { deleteObject } from '../../sim/cluster/delete-object.ts'
import type { ObjectRef } from '../../sim/cluster/object-ref.ts'
import { parseFile } from '../../sim/manifest/parse-file.ts'

const FLOOR = `
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.35.0
networking: { podSubnet: 172.31.0.0/16, serviceSubnet: 10.96.0.0/12 }
---
apiVersion: v1
kind: Node
metadata: { name: host01 }
status: { addresses: [{ type: InternalIP, address: 192.168.61.11 }], conditions: [{ type: Ready, status: "True" }] }
---
apiVersion: v1
kind: Node
metadata: { name: host02 }
status: { addresses: [{ type: InternalIP, address: 192.168.61.12 }], conditions: [{ type: Ready, status: "True" }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: metallb-system }
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: gateways, namespace: metallb-system }
spec: { addresses: [192.168.61.200-192.168.61.240] }
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: { name: gateways, namespace: metallb-system }
`

const START_MS = Date.UTC(2026, 10, 25)

/** The cluster of a file's manifests. Throws where the API server would refuse one: the golden files hold none of those. */
export function goldenCluster(manifests: string): Cluster {
  const floor = createCluster(parseFile('floor.yaml', FLOOR).manifests, { seed: 1, nowMs: START_MS })
  return withManifests(floor.cluster, manifests)
}

/** The cluster with these documents applied over it, or objects replaced. */
export function withManifests(cluster: Cluster, manifests: string): Cluster {
  const file = parseFile('golden.yaml', manifests)
  return file.manifests.reduce((before, manifest) => {
    const change = applyManifests(before, [manifest], { nowMs: before.nowMs + 1000 })
    const refused = change.diagnostics.find(({ severity }) => severity === 'error')
    if (refused !== undefined) throw new Error(`${manifest.kind} ${manifest.name}: ${refused.message}`)
    return change.cluster
  }, cluster)
}

/** The cluster without an object. */
export function withoutObject(cluster: Cluster, ref: ObjectRef): Cluster {
  return deleteObject(cluster, ref, cluster.nowMs + 1000).cluster
}
