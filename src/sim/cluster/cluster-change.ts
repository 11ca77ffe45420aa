/** What every change of a cluster gives, and the frame in which it is made. */
import type { Millis } from '../clock.ts'
import type { Diagnostic } from '../manifest/diagnostic.ts'
import type { Change, Cluster, ClusterConfig } from './cluster.ts'
import { openStore } from './object-store.ts'
import type { ObjectStore } from './object-store.ts'
import { CLUSTER_CONFIGURATION, KUBE_PROXY_CONFIGURATION, readClusterConfig } from './read-cluster-config.ts'
import { runControllers } from './run-controllers.ts'
import { allocationsOf } from './service-allocation.ts'
import type { StoreRequest } from './store-object.ts'

/** With an error among the diagnostics `cluster` is the one given, the same reference, and `changed` is empty. */
export interface ClusterChange {
  readonly cluster: Cluster
  readonly changed: readonly Change[]
  readonly diagnostics: readonly Diagnostic[]
}

/** A store of its own with the cluster's objects, to be changed and thrown away. */
export function openChange(cluster: Cluster, nowMs: Millis): StoreRequest {
  const store = openStore(cluster.objects)
  return { store, allocations: allocationsOf(store), config: cluster.config, seed: cluster.seed, nowMs }
}

/** Ends a change: refuses it as a whole where something was refused, else lets the controllers come to rest. */
export function finish(
  cluster: Cluster,
  change: StoreRequest,
  changed: readonly Change[],
  diagnostics: readonly Diagnostic[],
): ClusterChange {
  if (diagnostics.some(({ severity }) => severity === 'error')) return { cluster, changed: [], diagnostics }
  const { store, seed, nowMs } = change
  const next = runControllers({ store, config: configOf(store), seed, nowMs, previous: cluster })
  return { cluster: next, changed, diagnostics }
}

/** The configuration that a store's objects say. */
export function configOf(store: ObjectStore): ClusterConfig {
  return readClusterConfig(store.get(CLUSTER_CONFIGURATION), store.get(KUBE_PROXY_CONFIGURATION))
}
