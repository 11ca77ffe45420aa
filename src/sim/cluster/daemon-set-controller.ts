/** Models the DaemonSet controller at rest (pkg/controller/daemon, 1.32): one Pod on every node that its template allows. */
import { flagAt, listAt, numberAt, objectAt, textAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import { allowsNode } from './node-fit.ts'
import { templateHash } from './object-identity.ts'
import type { ApiObject, Node } from './objects.ts'
import { createPod, podNames } from './pod-from-template.ts'
import { readNode } from './read-node.ts'
import { readPod } from './read-pod.ts'
import { REVISION_LABEL } from './stateful-set-controller.ts'

/** What every daemon Pod tolerates (AddOrUpdateDaemonPodTolerations). */
const troubles: readonly (readonly [key: string, effect: string])[] = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
]

/** Gives every DaemonSet its Pods, each bound to its node; those of another template are made anew. */
export function syncDaemonSets(loop: ControlLoop): void {
  const nodes = loop.store.ofKind('Node').map(readNode)
  for (const set of loop.store.ofKind('DaemonSet')) syncDaemonSet(loop, set, nodes)
}

/** The DaemonSets' statuses, counted from their Pods. */
export function writeDaemonSetStatuses(loop: ControlLoop): void {
  for (const set of loop.store.ofKind('DaemonSet')) {
    const pods = loop.store.ownedBy(set.ref)
    const ready = pods.filter((pod) => readPod(pod).ready).length
    update(loop, set, {
      status: {
        observedGeneration: numberAt(set.body, 'metadata', 'generation') ?? 1,
        currentNumberScheduled: pods.length,
        desiredNumberScheduled: pods.length,
        numberReady: ready,
        numberMisscheduled: 0,
        updatedNumberScheduled: pods.length,
        ...(ready > 0 ? { numberAvailable: ready } : {}),
      },
    })
  }
}

function syncDaemonSet(loop: ControlLoop, set: ApiObject, nodes: readonly Node[]): void {
  const template = objectAt(set.body, 'spec', 'template')
  const spec = { ...objectAt(template, 'spec'), tolerations: tolerationsOf(objectAt(template, 'spec')) }
  const hash = templateHash(template)
  const wanted = nodes.filter((node) => allowsNode(spec, node)).map((node) => node.ref.name)
  const held = new Set<string>()
  for (const pod of loop.store.ownedBy(set.ref)) {
    const node = textAt(pod.body, 'spec', 'nodeName') ?? ''
    const isCurrent =
      pod.source !== undefined || textAt(pod.body, 'metadata', 'labels', REVISION_LABEL) === hash
    if (wanted.includes(node) && !held.has(node) && isCurrent) held.add(node)
    else loop.store.remove(pod.ref)
  }
  const nextName = podNames(loop, set)
  for (const nodeName of wanted.filter((name) => !held.has(name)))
    createPod(loop, set, {
      name: nextName(),
      generateName: `${set.ref.name}-`,
      labels: { [REVISION_LABEL]: hash, 'pod-template-generation': '1' },
      spec: { nodeName, tolerations: spec.tolerations },
    })
}

function tolerationsOf(podSpec: JsonObject): readonly JsonObject[] {
  const network: (typeof troubles)[number] = ['network-unavailable', 'NoSchedule']
  const added = [...troubles, ...(flagAt(podSpec, 'hostNetwork') ? [network] : [])]
  return [
    ...listAt(podSpec, 'tolerations').map((toleration) => objectAt(toleration)),
    ...added.map(([key, effect]) => ({ effect, key: `node.kubernetes.io/${key}`, operator: 'Exists' })),
  ]
}
