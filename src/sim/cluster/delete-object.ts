/** `kubectl delete` of one object. */
import type { Millis } from '../clock.ts'
import type { Cluster } from './cluster.ts'
import { finish, openChange } from './cluster-change.ts'
import type { ClusterChange } from './cluster-change.ts'
import type { ObjectRef } from './object-ref.ts'
import { removeWithDependents } from './remove-object.ts'
import { aboutObject, notFound } from './object-diagnostics.ts'

/** Namespaces that admission keeps (plugin/pkg/admission NamespaceLifecycle). */
const immortal: readonly string[] = ['default', 'kube-system', 'kube-public']

/**
 * Deletes an object with all that hangs on it, and lets the controllers come to rest: a ReplicaSet's Pod is replaced by a new one. An
 * object that is not there, or may not go, is an error.
 */
export function deleteObject(cluster: Cluster, ref: ObjectRef, nowMs: Millis): ClusterChange {
  const change = openChange(cluster, nowMs)
  if (change.store.get(ref) === undefined) return { cluster, changed: [], diagnostics: [notFound(ref)] }
  if (ref.kind === 'Namespace' && immortal.includes(ref.name)) {
    const message = `namespaces "${ref.name}" is forbidden: this namespace may not be deleted`
    return { cluster, changed: [], diagnostics: [aboutObject(ref, 'field-invalid', message)] }
  }
  removeWithDependents(change.store, ref)
  return finish(cluster, change, [{ ref, verb: 'deleted' }], [])
}
