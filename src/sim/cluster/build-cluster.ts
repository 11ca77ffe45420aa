/** A cluster from nothing: what a new cluster has, and the manifests over it. */
import type { Millis } from '../clock.ts'
import type { Diagnostic } from '../manifest/diagnostic.ts'
import type { Manifest } from '../manifest/manifest.ts'
import { applyManifests } from './apply-manifests.ts'
import type { Cluster } from './cluster.ts'
import { configOf } from './cluster-change.ts'
import type { ClusterChange } from './cluster-change.ts'
import { openStore } from './object-store.ts'
import { runControllers } from './run-controllers.ts'
import { allocationsOf } from './service-allocation.ts'
import { storeObject } from './store-object.ts'

/**
 * Builds a cluster at rest. The namespaces default and kube-system are always there. With an error among the diagnostics the
 * cluster holds those two alone.
 * @param seed of every random choice: the same manifests, time and seed give the same cluster, byte for byte
 */
export function createCluster(
  manifests: readonly Manifest[],
  options: { readonly seed: number; readonly nowMs: Millis },
): ClusterChange {
  const change = applyManifests(emptyCluster(options), manifests, { nowMs: options.nowMs })
  return { ...change, diagnostics: [...change.diagnostics, ...withoutNodes(change.cluster)] }
}

function emptyCluster(options: { readonly seed: number; readonly nowMs: Millis }): Cluster {
  const store = openStore({})
  const config = configOf(store)
  for (const name of ['default', 'kube-system'])
    storeObject(
      { store, allocations: allocationsOf(store), config, ...options },
      {
        ref: { kind: 'Namespace', namespace: '', name },
        apiVersion: 'v1',
        body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      },
    )
  return runControllers({ store, config, ...options })
}

function withoutNodes(cluster: Cluster): readonly Diagnostic[] {
  if (cluster.nodes.length > 0 || cluster.pods.length === 0) return []
  return [
    {
      severity: 'warning',
      code: 'no-nodes',
      values: {},
      message: 'The cluster has no nodes, so every Pod stays Pending.',
      file: '',
      hint: 'Add Node objects: "kubectl get nodes -o yaml" of a real cluster will do.',
    },
  ]
}
