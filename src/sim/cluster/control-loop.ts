/** What every controller of one change has at hand. */
import { openStream } from '../draw.ts'
import type { Draw } from '../draw.ts'
import type { Millis } from '../clock.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { objectAt, sameJson } from '../manifest/json-fields.ts'
import type { Cluster, ClusterConfig } from './cluster.ts'
import type { ObjectRef } from './object-ref.ts'
import type { ApiObject } from './objects.ts'
import type { ObjectStore } from './object-store.ts'
import { timestamp, uidOf } from './object-identity.ts'

export interface ControlLoop {
  readonly store: ObjectStore
  readonly config: ClusterConfig
  readonly seed: number
  readonly nowMs: Millis
  /** The cluster before the change; absent for the first. Names and addresses that it had in use are not given again at once. */
  readonly previous?: Cluster
}

/** Opens a stream that is a controller's own for one object. */
export function streamOf(loop: ControlLoop, name: string): Draw {
  return openStream(loop.seed, name)
}

/** What a controller asks the API server to create. */
export interface NewObject {
  readonly ref: ObjectRef
  readonly apiVersion: string
  /** Labels, annotations, generateName. */
  readonly metadata?: JsonObject
  /** Everything but apiVersion, kind and metadata. */
  readonly rest: JsonObject
  readonly owner?: ApiObject
}

/** Creates a controller's object, with name, uid, time and owner as the API server and the controller write them. */
export function create(loop: ControlLoop, made: NewObject): ApiObject {
  const { ref, owner } = made
  const object: ApiObject = {
    ref,
    apiVersion: made.apiVersion,
    body: {
      apiVersion: made.apiVersion,
      kind: ref.kind,
      metadata: {
        ...made.metadata,
        name: ref.name,
        ...(ref.namespace === '' ? {} : { namespace: ref.namespace }),
        uid: uidOf(loop, ref),
        creationTimestamp: timestamp(loop.nowMs),
        ...(owner === undefined ? {} : { ownerReferences: [ownerReference(owner)] }),
      },
      ...made.rest,
    },
    createdAtMs: loop.nowMs,
    ...(owner === undefined ? {} : { owner: owner.ref }),
  }
  loop.store.put(object)
  return object
}

/**
 * Writes some top-level fields of an object (its spec, its status, its endpoints). An object that already says so stays the very
 * same one, so that an apply that changes nothing gives the same cluster.
 */
export function update(loop: ControlLoop, object: ApiObject, fields: JsonObject): ApiObject {
  if (Object.entries(fields).every(([key, value]) => sameJson(object.body[key], value))) return object
  const changed: ApiObject = { ...object, body: { ...object.body, ...fields } }
  loop.store.put(changed)
  return changed
}

/** An object's `metadata.uid`, `''` where it has none. */
export function uidIn(object: ApiObject): string {
  const uid = objectAt(object.body, 'metadata')['uid']
  return typeof uid === 'string' ? uid : ''
}

function ownerReference(owner: ApiObject): JsonObject {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.ref.kind,
    name: owner.ref.name,
    uid: uidIn(owner),
    controller: true,
    blockOwnerDeletion: true,
  }
}
