/**
 * Models the ReplicaSet controller at rest (pkg/controller/replicaset, controller_utils.go, 1.32): as many Pods as asked for; which
 * Pods go first is ActivePodsWithRanks' order.
 */
import { numberAt, objectAt, textAt } from '../manifest/json-fields.ts'
import { matchesSelector, readSelector } from '../manifest/label-selector.ts'
import { update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import { groupBy } from './group-by.ts'
import { createPod, podNames } from './pod-from-template.ts'
import type { ApiObject } from './objects.ts'
import { readPod } from './read-pod.ts'

/** Gives every ReplicaSet its Pods, adopts those without an owner, and deletes what is too many. */
export function syncReplicaSets(loop: ControlLoop): void {
  const orphans = orphanPods(loop)
  for (const set of loop.store.ofKind('ReplicaSet')) {
    adopt(loop, set, orphans.get(set.ref.namespace) ?? [])
    syncReplicaSet(loop, set)
  }
}

/** The ReplicaSets' statuses, counted from their Pods. */
export function writeReplicaSetStatuses(loop: ControlLoop): void {
  for (const set of loop.store.ofKind('ReplicaSet')) {
    const pods = activePods(loop, set)
    const ready = pods.filter((pod) => readPod(pod).ready).length
    update(loop, set, {
      status: {
        observedGeneration: numberAt(set.body, 'metadata', 'generation') ?? 1,
        replicas: pods.length,
        ...(pods.length > 0 ? { fullyLabeledReplicas: pods.length } : {}),
        ...(ready > 0 ? { readyReplicas: ready, availableReplicas: ready } : {}),
      },
    })
  }
}

function syncReplicaSet(loop: ControlLoop, set: ApiObject): void {
  const wanted = numberAt(set.body, 'spec', 'replicas') ?? 1
  const pods = activePods(loop, set)
  for (const pod of podsToDelete(loop, set, pods, pods.length - wanted)) loop.store.remove(pod.ref)
  if (pods.length >= wanted) return
  const nextName = podNames(loop, set)
  for (let index = pods.length; index < wanted; index++)
    createPod(loop, set, { name: nextName(), generateName: `${set.ref.name}-` })
}

/** A Pod that has ended for good does not count, and a new one takes its place. */
function activePods(loop: ControlLoop, set: ApiObject): readonly ApiObject[] {
  return loop.store.ownedBy(set.ref).filter((object) => {
    const phase = textAt(object.body, 'status', 'phase')
    return object.ref.kind === 'Pod' && phase !== 'Succeeded' && phase !== 'Failed'
  })
}

/**
 * The Pods that go, of all that there are: first those without a node, then by phase, then those not ready, then those that share a
 * node with the most of their kind, then the newest, then (where a real cluster leaves it open) the last by name.
 */
function podsToDelete(
  loop: ControlLoop,
  set: ApiObject,
  pods: readonly ApiObject[],
  count: number,
): readonly ApiObject[] {
  if (count <= 0) return []
  const onNode = countByNode(siblingPods(loop, set))
  const order = (pod: ApiObject): readonly (number | string)[] => {
    const { nodeName, phase, ready, createdAtMs } = readPod(pod)
    return [
      nodeName === undefined ? 0 : 1,
      ['Pending', 'Unknown', 'Running'].indexOf(phase),
      ready ? 1 : 0,
      deletionCost(pod),
      -(onNode.get(nodeName ?? '') ?? 0),
      -createdAtMs,
    ]
  }
  const ranked = pods.map((pod) => ({ pod, rank: order(pod) }))
  return ranked
    .toSorted((a, b) => compareRanks(a.rank, b.rank) || (a.pod.ref.name < b.pod.ref.name ? 1 : -1))
    .slice(0, count)
    .map(({ pod }) => pod)
}

/** Pods of all ReplicaSets of one Deployment: an old and a new Pod on a node are counted together. */
function siblingPods(loop: ControlLoop, set: ApiObject): readonly ApiObject[] {
  const sets = set.owner === undefined ? [set] : loop.store.ownedBy(set.owner)
  return sets.flatMap((sibling) => activePods(loop, sibling))
}

function countByNode(pods: readonly ApiObject[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const pod of pods) {
    const node = readPod(pod).nodeName ?? ''
    counts.set(node, (counts.get(node) ?? 0) + 1)
  }
  return counts
}

function deletionCost(pod: ApiObject): number {
  return (
    Number(textAt(pod.body, 'metadata', 'annotations', 'controller.kubernetes.io/pod-deletion-cost') ?? 0) ||
    0
  )
}

function compareRanks(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1
}

function orphanPods(loop: ControlLoop): ReadonlyMap<string, readonly ApiObject[]> {
  return groupBy(
    loop.store.ofKind('Pod').filter((pod) => pod.owner === undefined),
    (pod) => pod.ref.namespace,
  )
}

function adopt(loop: ControlLoop, set: ApiObject, orphans: readonly ApiObject[]): void {
  if (orphans.length === 0) return
  const selector = readSelector(objectAt(set.body, 'spec', 'selector'))
  for (const orphan of orphans) {
    const pod = loop.store.get(orphan.ref)
    if (pod === undefined || pod.owner !== undefined) continue
    if (matchesSelector(selector, objectAt(pod.body, 'metadata', 'labels')))
      loop.store.put({ ...pod, owner: set.ref })
  }
}
