/** How one object speaks of another, and of a field inside it. */
import type { FieldPath } from '../manifest/manifest.ts'

/** Names an object. `namespace` is `''` for cluster-scoped kinds. */
export interface ObjectRef {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** A field of an object (or the whole of it, with an empty path), as the cause of something. */
export interface Origin {
  readonly object: ObjectRef
  /** The fields meant; each is a path into the object. Empty: the whole object. */
  readonly paths: readonly FieldPath[]
}

/** `Service/default/nginx`; `Node//host01`. The key of {@link Cluster.objects}. */
export type ObjectKey = string

/** The key of an object. */
export function objectKey(ref: ObjectRef): ObjectKey {
  return `${ref.kind}/${ref.namespace}/${ref.name}`
}

/** Whether two references name the same object. */
export function sameObject(a: ObjectRef, b: ObjectRef): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name
}
