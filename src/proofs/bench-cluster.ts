/** The chapter's cluster, grown: as many Services as wanted, each with the five endpoints of nginx. */
import type { Cluster } from '../sim/cluster/cluster.ts'
import { sameObject, type ObjectRef } from '../sim/cluster/object-ref.ts'
import { addressAt, cidr } from '../sim/network/address.ts'

const nginx: ObjectRef = { kind: 'Service', namespace: 'default', name: 'nginx' }
// Away from what the chapter's own Services hold.
const addresses = cidr('10.104.0.0/14')

/** `cluster` with `count` more Services `service-0`, `service-1` … in the namespace default, each a copy of nginx with an address of its own. */
export function withServices(cluster: Cluster, count: number): Cluster {
  const service = cluster.services.find((each) => sameObject(each.ref, nginx))
  const slice = cluster.endpointSlices.find(
    (each) => each.ref.namespace === nginx.namespace && each.serviceName === nginx.name,
  )
  if (service === undefined || slice === undefined) throw new Error('the chapter has no Service nginx')
  const names = Array.from({ length: count }, (_, index) => `service-${index}`)
  const services = names.map((name, index) => {
    const address = addressAt(addresses, index)
    return { ...service, ref: { ...service.ref, name }, clusterIps: address === undefined ? [] : [address] }
  })
  const slices = names.map((name) => ({
    ...slice,
    ref: { ...slice.ref, name: `${name}-x` },
    serviceName: name,
  }))
  return {
    ...cluster,
    services: [...cluster.services, ...services],
    endpointSlices: [...cluster.endpointSlices, ...slices],
  }
}
