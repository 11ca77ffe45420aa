/** The objects of one cluster while it is being changed: found by reference, by kind and by owner without a search. */
import { objectKey } from './object-ref.ts'
import type { ObjectKey, ObjectRef } from './object-ref.ts'
import type { ApiObject } from './objects.ts'

/** Made for one change and thrown away with it; the objects themselves never change. */
export interface ObjectStore {
  get(ref: ObjectRef): ApiObject | undefined
  /** Adds the object, or takes the place of the one with its reference. */
  put(object: ApiObject): void
  remove(ref: ObjectRef): void
  /** In the order in which they came. */
  ofKind(kind: string): readonly ApiObject[]
  /** What a controller made for an owner. */
  ownedBy(owner: ObjectRef): readonly ApiObject[]
  /** Everything in a namespace. */
  inNamespace(namespace: string): readonly ApiObject[]
  toRecord(): Readonly<Record<ObjectKey, ApiObject>>
}

/** A store that begins with the objects of a cluster. */
export function openStore(objects: Readonly<Record<ObjectKey, ApiObject>>): ObjectStore {
  const byKey = new Map<ObjectKey, ApiObject>()
  const byKind = new Map<string, Map<ObjectKey, ApiObject>>()
  const byOwner = new Map<ObjectKey, Map<ObjectKey, ApiObject>>()
  const forget = (key: ObjectKey) => {
    const object = byKey.get(key)
    if (object?.owner !== undefined) byOwner.get(objectKey(object.owner))?.delete(key)
  }
  const store: ObjectStore = {
    get: (ref) => byKey.get(objectKey(ref)),
    put: (object) => {
      const key = objectKey(object.ref)
      forget(key)
      byKey.set(key, object)
      groupOf(byKind, object.ref.kind).set(key, object)
      if (object.owner !== undefined) groupOf(byOwner, objectKey(object.owner)).set(key, object)
    },
    remove: (ref) => {
      const key = objectKey(ref)
      forget(key)
      byKey.delete(key)
      byKind.get(ref.kind)?.delete(key)
    },
    ofKind: (kind) => [...(byKind.get(kind)?.values() ?? [])],
    ownedBy: (owner) => [...(byOwner.get(objectKey(owner))?.values() ?? [])],
    inNamespace: (namespace) => [...byKey.values()].filter((object) => object.ref.namespace === namespace),
    toRecord: () => Object.fromEntries(byKey),
  }
  for (const object of Object.values(objects)) store.put(object)
  return store
}

function groupOf<K, V>(groups: Map<string, Map<K, V>>, name: string): Map<K, V> {
  const known = groups.get(name)
  if (known !== undefined) return known
  const made = new Map<K, V>()
  groups.set(name, made)
  return made
}
