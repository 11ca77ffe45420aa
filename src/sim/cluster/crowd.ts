/**
 * The crowd: Services that make a cluster as large as a real one, so that what their number costs can be seen. Real objects, which
 * stand in no file: each has an address of its own, and one endpoint in a slice made by hand, since how many it has costs others nothing.
 */
import type { Millis } from '../clock.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import type { Cluster } from './cluster.ts'
import { finish, openChange, type ClusterChange } from './cluster-change.ts'
import { aboutObject } from './object-diagnostics.ts'
import type { ObjectRef } from './object-ref.ts'
import { SERVICE_NAME_LABEL } from './read-endpoint-slice.ts'
import { removeWithDependents } from './remove-object.ts'
import { storeObject, type StoreRequest } from './store-object.ts'

/**
 * kube-proxy's rules stand here in the order of names, where the real one's stand by chance: with half of the crowd in front of
 * all others and half behind, a Service stands where it does on average.
 */
const [IN_FRONT, BEHIND] = ['a-crowd', 'z-crowd']

/** Where the crowd's endpoints would be: in RFC 2544's range for measurements, which nobody routes. */
const ADDRESS = '198.18.0.1'

/** Whether the object is one of the crowd. */
export function inCrowd({ namespace }: Pick<ObjectRef, 'namespace'>): boolean {
  return namespace === IN_FRONT || namespace === BEHIND
}

/** How many of the cluster's Services are the crowd's. */
export function crowdOf(cluster: Cluster): number {
  return cluster.services.filter(({ ref }) => inCrowd(ref)).length
}

/** Lets the crowd grow or shrink to `count` Services; what the API server refuses, as where it has no address left, changes nothing. */
export function withCrowd(cluster: Cluster, count: number, nowMs: Millis): ClusterChange {
  const now = crowdOf(cluster)
  if (now === count) return { cluster, changed: [], diagnostics: [] }
  const change = openChange(cluster, nowMs)
  if (count === 0)
    for (const name of [IN_FRONT, BEHIND]) removeWithDependents(change.store, namespaceRef(name))
  for (let index = count; count > 0 && index < now; index += 1)
    for (const ref of [serviceRef(index), sliceRef(index)]) removeWithDependents(change.store, ref)
  for (let index = now; index < count; index += 1) {
    const refusal = create(change, index)
    if (refusal !== undefined) {
      const about = aboutObject(serviceRef(index), 'field-invalid', refusal)
      return { cluster, changed: [], diagnostics: [about] }
    }
  }
  return finish(cluster, change, [], [])
}

/** Makes one Service with its slice, and its namespace before the first; a sentence where the server refuses it. */
function create(change: StoreRequest, index: number): string | undefined {
  const service = serviceRef(index)
  const namespace = namespaceRef(service.namespace)
  if (change.store.get(namespace) === undefined) storeObject(change, submission(namespace, 'v1', {}))
  const made = storeObject(
    change,
    submission(service, 'v1', { spec: { ports: [{ port: 80, targetPort: 8080 }] } }),
  )
  if (made.kind === 'refused') return made.problems[0]?.message ?? ''
  const labels = { [SERVICE_NAME_LABEL]: service.name }
  storeObject(change, submission(sliceRef(index), 'discovery.k8s.io/v1', sliceContent, labels))
  return undefined
}

const sliceContent: JsonObject = {
  addressType: 'IPv4',
  ports: [{ name: '', port: 8080, protocol: 'TCP' }],
  endpoints: [{ addresses: [ADDRESS] }],
}

function submission(ref: ObjectRef, apiVersion: string, content: JsonObject, labels?: JsonObject) {
  const { kind, namespace, name } = ref
  const metadata = { name, ...(namespace !== '' && { namespace }), ...(labels && { labels }) }
  return { ref, apiVersion, body: { apiVersion, kind, metadata, ...content } }
}

function serviceRef(index: number): ObjectRef {
  return { kind: 'Service', namespace: index % 2 === 0 ? IN_FRONT : BEHIND, name: `service-${index + 1}` }
}

function sliceRef(index: number): ObjectRef {
  const { namespace, name } = serviceRef(index)
  return { kind: 'EndpointSlice', namespace, name: `${name}-slice` }
}

function namespaceRef(name: string): ObjectRef {
  return { kind: 'Namespace', namespace: '', name }
}
