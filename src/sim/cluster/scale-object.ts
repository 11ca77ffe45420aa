/** `kubectl scale` of one workload. */
import type { Millis } from '../clock.ts'
import { numberAt, objectAt } from '../manifest/json-fields.ts'
import type { Cluster } from './cluster.ts'
import { finish, openChange } from './cluster-change.ts'
import type { ClusterChange } from './cluster-change.ts'
import { aboutObject, notFound } from './object-diagnostics.ts'
import type { ObjectRef } from './object-ref.ts'

const scalable: readonly string[] = ['Deployment', 'ReplicaSet', 'StatefulSet']

/**
 * Sets a workload's replicas and lets the controllers come to rest. The verb is `scaled` even if it had as many already. A ReplicaSet
 * that belongs to a Deployment is set back by it, as in a real cluster.
 */
export function scaleObject(
  cluster: Cluster,
  ref: ObjectRef,
  replicas: number,
  nowMs: Millis,
): ClusterChange {
  const refuse = (diagnostic: ClusterChange['diagnostics'][number]): ClusterChange => ({
    cluster,
    changed: [],
    diagnostics: [diagnostic],
  })
  const change = openChange(cluster, nowMs)
  const object = change.store.get(ref)
  if (object === undefined) return refuse(notFound(ref))
  if (!scalable.includes(ref.kind))
    return refuse(aboutObject(ref, 'field-invalid', 'the server could not find the requested resource'))
  if (!Number.isInteger(replicas) || replicas < 0)
    return refuse(
      aboutObject(
        ref,
        'field-invalid',
        `spec.replicas: Invalid value: ${replicas}: must be greater than or equal to 0`,
      ),
    )
  const spec = objectAt(object.body, 'spec')
  const generation =
    (numberAt(object.body, 'metadata', 'generation') ?? 0) + (spec['replicas'] === replicas ? 0 : 1)
  const metadata = { ...objectAt(object.body, 'metadata'), generation }
  change.store.put({ ...object, body: { ...object.body, metadata, spec: { ...spec, replicas } } })
  return finish(cluster, change, [{ ref, verb: 'scaled' }], [])
}
