/** Deployments, ReplicaSets, StatefulSets and DaemonSets (apps/v1, 1.32). */
import { numberAt, objectAt, textMapAt } from '../manifest/json-fields.ts'
import type { ApiObject, Workload } from './objects.ts'
import { readMeta } from './read-meta.ts'
import { readContainers } from './read-pod.ts'
import { remembered } from './remembered.ts'

/** A workload with the counts of its status. A DaemonSet counts nodes, in fields of its own. */
export const readWorkload: (object: ApiObject) => Workload = remembered((object) => {
  const spec = objectAt(object.body, 'spec')
  const status = objectAt(object.body, 'status')
  const count = (field: string) => numberAt(status, field) ?? 0
  const isDaemonSet = object.ref.kind === 'DaemonSet'
  const current = count(isDaemonSet ? 'currentNumberScheduled' : 'replicas')
  const isReplicaSet = object.ref.kind === 'ReplicaSet'
  return {
    ...readMeta(object),
    desired: isDaemonSet ? count('desiredNumberScheduled') : (numberAt(spec, 'replicas') ?? 1),
    current,
    ready: count(isDaemonSet ? 'numberReady' : 'readyReplicas'),
    upToDate: isReplicaSet ? current : count(isDaemonSet ? 'updatedNumberScheduled' : 'updatedReplicas'),
    available: count(isDaemonSet ? 'numberAvailable' : 'availableReplicas'),
    selector: textMapAt(spec, 'selector', 'matchLabels'),
    templateLabels: textMapAt(spec, 'template', 'metadata', 'labels'),
    containers: readContainers(objectAt(spec, 'template', 'spec')),
  }
})
