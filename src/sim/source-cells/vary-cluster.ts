/** The person's cluster with another mode of kube-proxy and another traffic policy on one Service; everything else as it is. */
import type { Cluster, ProxyMode } from '../cluster/cluster.ts'
import { inMode } from '../cluster/in-mode.ts'
import { objectKey, type ObjectRef } from '../cluster/object-ref.ts'
import { patchObject } from '../cluster/patch-object.ts'
import type { PolicyField, TrafficPolicy } from './source-vantages.ts'

export interface Variation {
  readonly mode: ProxyMode
  /** The Service whose policy is set; absent: none is. */
  readonly service?: ObjectRef
  readonly field: PolicyField
  readonly policy: TrafficPolicy
}

const variants = new WeakMap<Cluster, Map<string, Cluster>>()

/**
 * The variant, with all that the controllers make of it (a health check node port, the balancer's choice of node). The same variation of
 * the same cluster gives the same object, so that its rules are compiled once. Undefined: the API server refuses the policy.
 */
export function varyCluster(cluster: Cluster, variation: Variation): Cluster | undefined {
  const ofCluster = variants.get(cluster) ?? new Map<string, Cluster>()
  variants.set(cluster, ofCluster)
  const { mode, service, field, policy } = variation
  const key = `${mode} ${service === undefined ? '' : `${objectKey(service)} ${field} ${policy}`}`
  const known = ofCluster.get(key)
  if (known !== undefined) return known
  const patched = service === undefined ? cluster : withPolicy(cluster, service, field, policy)
  if (patched === undefined) return undefined
  const variant = inMode(patched, mode)
  ofCluster.set(key, variant)
  return variant
}

function withPolicy(
  cluster: Cluster,
  ref: ObjectRef,
  field: PolicyField,
  policy: TrafficPolicy,
): Cluster | undefined {
  const service = cluster.services.find((each) => objectKey(each.ref) === objectKey(ref))
  if (service?.[field] === policy) return cluster
  const change = patchObject(cluster, ref, { spec: { [field]: policy } }, cluster.nowMs)
  return change.diagnostics.some(({ severity }) => severity === 'error') ? undefined : change.cluster
}
