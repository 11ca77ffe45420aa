/** Models the StatefulSet controller at rest (pkg/controller/statefulset, 1.32): Pods with fixed names, from the first ordinal up. */
import { numberAt, objectAt, textAt } from '../manifest/json-fields.ts'
import { update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import { templateHash } from './object-identity.ts'
import type { ApiObject } from './objects.ts'
import { createPod } from './pod-from-template.ts'
import { readPod } from './read-pod.ts'

/** The label with the name of the template that a Pod was made from. */
export const REVISION_LABEL = 'controller-revision-hash'

/** Gives every StatefulSet its Pods; those of another template are made anew under the same name. */
export function syncStatefulSets(loop: ControlLoop): void {
  for (const set of loop.store.ofKind('StatefulSet')) syncStatefulSet(loop, set)
}

/** The StatefulSets' statuses, counted from their Pods. */
export function writeStatefulSetStatuses(loop: ControlLoop): void {
  for (const set of loop.store.ofKind('StatefulSet')) {
    const pods = loop.store.ownedBy(set.ref)
    const ready = pods.filter((pod) => readPod(pod).ready).length
    const revision = `${set.ref.name}-${templateHash(objectAt(set.body, 'spec', 'template'))}`
    update(loop, set, {
      status: {
        observedGeneration: numberAt(set.body, 'metadata', 'generation') ?? 1,
        replicas: pods.length,
        readyReplicas: ready,
        availableReplicas: ready,
        currentReplicas: pods.length,
        updatedReplicas: pods.length,
        currentRevision: revision,
        updateRevision: revision,
        collisionCount: 0,
      },
    })
  }
}

function syncStatefulSet(loop: ControlLoop, set: ApiObject): void {
  const spec = objectAt(set.body, 'spec')
  const revision = `${set.ref.name}-${templateHash(objectAt(spec, 'template'))}`
  const first = numberAt(spec, 'ordinals', 'start') ?? 0
  const replicas = numberAt(spec, 'replicas') ?? 1
  const ordinals = Array.from({ length: replicas }, (_, index) => first + index)
  const names = new Set(ordinals.map((ordinal) => `${set.ref.name}-${ordinal}`))
  for (const pod of loop.store.ownedBy(set.ref)) {
    const isCurrent =
      pod.source !== undefined || textAt(pod.body, 'metadata', 'labels', REVISION_LABEL) === revision
    if (!names.has(pod.ref.name) || !isCurrent) loop.store.remove(pod.ref)
  }
  for (const ordinal of ordinals) createMissing(loop, set, ordinal, revision)
}

function createMissing(loop: ControlLoop, set: ApiObject, ordinal: number, revision: string): void {
  const name = `${set.ref.name}-${ordinal}`
  if (loop.store.get({ kind: 'Pod', namespace: set.ref.namespace, name }) !== undefined) return
  const subdomain = textAt(set.body, 'spec', 'serviceName')
  createPod(loop, set, {
    name,
    generateName: `${set.ref.name}-`,
    labels: {
      'apps.kubernetes.io/pod-index': String(ordinal),
      [REVISION_LABEL]: revision,
      'statefulset.kubernetes.io/pod-name': name,
    },
    spec: { hostname: name, ...(subdomain === undefined ? {} : { subdomain }) },
  })
}
