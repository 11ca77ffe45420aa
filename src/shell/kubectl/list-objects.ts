/** Objects of a kind that has no typed list in the Cluster. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { objectKey, type ObjectRef } from '../../sim/cluster/object-ref.ts'
import type { Meta } from '../../sim/cluster/objects.ts'
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { objectAt, textMapAt } from './wire-fields.ts'

/** All objects of a kind, by namespace, then name. */
export function listObjects(kind: string, cluster: Cluster): readonly Meta[] {
  return Object.values(cluster.objects)
    .filter((object) => object.ref.kind === kind)
    .map((object) => ({
      ref: object.ref,
      labels: textMapAt(objectAt(object.body, 'metadata'), 'labels'),
      annotations: textMapAt(objectAt(object.body, 'metadata'), 'annotations'),
      createdAtMs: object.createdAtMs,
    }))
    .toSorted((a, b) => compareRefs(a.ref, b.ref))
}

/** An object in wire form; an empty one where there is none. */
export function bodyOf(ref: ObjectRef, cluster: Cluster): JsonObject {
  return cluster.objects[objectKey(ref)]?.body ?? {}
}

/** By namespace, then name, in byte order. */
function compareRefs(a: ObjectRef, b: ObjectRef): number {
  return compareText(a.namespace, b.namespace) || compareText(a.name, b.name)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
