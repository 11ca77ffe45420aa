/** Whether an object may name one of another namespace (GEP-709; apis/v1/referencegrant_types.go). */
import type { ReferenceGrant, TargetRef } from '../cluster/gateway-objects.ts'
import type { ObjectRef } from '../cluster/object-ref.ts'

/** The group of every Gateway API object. */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io'

/** Own namespace: always. Another: where a ReferenceGrant of that namespace lets this kind of this namespace name that object. */
export function isGranted(from: ObjectRef, to: TargetRef, grants: readonly ReferenceGrant[]): boolean {
  const namespace = to.namespace ?? from.namespace
  if (namespace === from.namespace) return true
  return grants.some(
    (grant) =>
      grant.ref.namespace === namespace &&
      grant.from.some(
        (each) =>
          each.group === GATEWAY_GROUP && each.kind === from.kind && each.namespace === from.namespace,
      ) &&
      grant.to.some(
        (each) => each.group === to.group && each.kind === to.kind && (each.name ?? to.name) === to.name,
      ),
  )
}
