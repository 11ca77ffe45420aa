/** `kubectl get` of Deployments, ReplicaSets, StatefulSets and DaemonSets (kubernetes pkg/printers/internalversion/printers.go). */
import type { Millis } from '../../sim/clock.ts'
import type { Workload } from '../../sim/cluster/objects.ts'
import { printAge } from './print-age.ts'
import { formatLabels, type Column } from './print-table.ts'

const containerColumns: readonly Column[] = [
  { name: 'Containers', wide: true },
  { name: 'Images', wide: true },
]
const selectorColumn: Column = { name: 'Selector', wide: true }

export const deploymentColumns: readonly Column[] = [
  { name: 'Name' },
  { name: 'Ready' },
  { name: 'Up-to-date' },
  { name: 'Available' },
  { name: 'Age' },
  ...containerColumns,
  selectorColumn,
]

export const replicaSetColumns: readonly Column[] = [
  { name: 'Name' },
  { name: 'Desired' },
  { name: 'Current' },
  { name: 'Ready' },
  { name: 'Age' },
  ...containerColumns,
  selectorColumn,
]

export const statefulSetColumns: readonly Column[] = [
  { name: 'Name' },
  { name: 'Ready' },
  { name: 'Age' },
  ...containerColumns,
]

export const daemonSetColumns: readonly Column[] = [
  { name: 'Name' },
  { name: 'Desired' },
  { name: 'Current' },
  { name: 'Ready' },
  { name: 'Up-to-date' },
  { name: 'Available' },
  { name: 'Node Selector' },
  { name: 'Age' },
  ...containerColumns,
  selectorColumn,
]

/** printDeployment */
export function deploymentCells(deployment: Workload, nowMs: Millis): readonly string[] {
  const { ref, ready, desired, upToDate, available } = deployment
  return [
    ref.name,
    `${ready}/${desired}`,
    String(upToDate),
    String(available),
    printAge(deployment.createdAtMs, nowMs),
    ...containerCells(deployment),
    formatLabels(deployment.selector),
  ]
}

/** printReplicaSet */
export function replicaSetCells(replicaSet: Workload, nowMs: Millis): readonly string[] {
  return [
    replicaSet.ref.name,
    String(replicaSet.desired),
    String(replicaSet.current),
    String(replicaSet.ready),
    printAge(replicaSet.createdAtMs, nowMs),
    ...containerCells(replicaSet),
    formatLabels(replicaSet.selector),
  ]
}

/** printStatefulSet */
export function statefulSetCells(statefulSet: Workload, nowMs: Millis): readonly string[] {
  return [
    statefulSet.ref.name,
    `${statefulSet.ready}/${statefulSet.desired}`,
    printAge(statefulSet.createdAtMs, nowMs),
    ...containerCells(statefulSet),
  ]
}

/** printDaemonSet. `nodeSelector` is the template's. */
export function daemonSetCells(
  daemonSet: Workload,
  nodeSelector: Readonly<Record<string, string>>,
  nowMs: Millis,
): readonly string[] {
  const { desired, current, ready, upToDate, available } = daemonSet
  return [
    daemonSet.ref.name,
    ...[desired, current, ready, upToDate, available].map(String),
    formatLabels(nodeSelector),
    printAge(daemonSet.createdAtMs, nowMs),
    ...containerCells(daemonSet),
    formatLabels(daemonSet.selector),
  ]
}

function containerCells(workload: Workload): readonly string[] {
  return [
    workload.containers.map((container) => container.name).join(','),
    workload.containers.map((container) => container.image).join(','),
  ]
}
