/** The EndpointSlices of a Service, found without a walk over those of all others. */
import type { Cluster } from './cluster.ts'
import { groupBy } from './group-by.ts'
import type { ObjectRef } from './object-ref.ts'
import type { EndpointSlice } from './objects.ts'

const indexed = new WeakMap<readonly EndpointSlice[], ReadonlyMap<string, readonly EndpointSlice[]>>()

/** The slices that name the Service, in the cluster's order. */
export function slicesOfService(
  { endpointSlices }: Pick<Cluster, 'endpointSlices'>,
  { namespace, name }: ObjectRef,
): readonly EndpointSlice[] {
  return indexOf(endpointSlices).get(`${namespace}/${name}`) ?? []
}

function indexOf(slices: readonly EndpointSlice[]): ReadonlyMap<string, readonly EndpointSlice[]> {
  const known = indexed.get(slices)
  if (known !== undefined) return known
  const index = groupBy(slices, ({ ref, serviceName = '' }) => `${ref.namespace}/${serviceName}`)
  indexed.set(slices, index)
  return index
}
