/** Deletion with everything that hangs on an object: the garbage collector's background cascade, come to its end. */
import { textAt } from '../manifest/json-fields.ts'
import type { ObjectRef } from './object-ref.ts'
import type { ObjectStore } from './object-store.ts'

/**
 * Removes an object and what belongs to it: what it owns, a Namespace's content, a Node's Pods, a Service's Endpoints of the same
 * name. An object that is not there is no mistake.
 */
export function removeWithDependents(store: ObjectStore, ref: ObjectRef): void {
  store.remove(ref)
  for (const dependent of store.ownedBy(ref)) removeWithDependents(store, dependent.ref)
  switch (ref.kind) {
    case 'Namespace':
      for (const object of store.inNamespace(ref.name)) removeWithDependents(store, object.ref)
      return
    case 'Node':
      for (const pod of store.ofKind('Pod'))
        if (textAt(pod.body, 'spec', 'nodeName') === ref.name) removeWithDependents(store, pod.ref)
      return
    case 'Service': {
      const endpoints = { kind: 'Endpoints', namespace: ref.namespace, name: ref.name }
      if (store.get(endpoints) !== undefined) removeWithDependents(store, endpoints)
      return
    }
  }
}
