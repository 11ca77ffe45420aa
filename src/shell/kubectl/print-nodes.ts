/** `kubectl get nodes` (kubernetes pkg/printers/internalversion/printers.go, printNode). */
import type { Millis } from '../../sim/clock.ts'
import type { Node } from '../../sim/cluster/objects.ts'
import { printAge } from './print-age.ts'
import type { Column } from './print-table.ts'

/** `status.nodeInfo`: what the kubelet reports of its machine. */
export interface NodeInfo {
  readonly kubeletVersion: string
  readonly osImage?: string
  readonly kernelVersion?: string
  readonly containerRuntimeVersion?: string
}

export const nodeColumns: readonly Column[] = [
  { name: 'Name' },
  { name: 'Status' },
  { name: 'Roles' },
  { name: 'Age' },
  { name: 'Version' },
  { name: 'Internal-IP', wide: true },
  { name: 'External-IP', wide: true },
  { name: 'OS-Image', wide: true },
  { name: 'Kernel-Version', wide: true },
  { name: 'Container-Runtime', wide: true },
]

/** A node's cells; what the node does not report is `<unknown>`. */
export function nodeCells(node: Node, info: NodeInfo, nowMs: Millis): readonly string[] {
  return [
    node.ref.name,
    `${node.ready ? 'Ready' : 'NotReady'}${node.unschedulable ? ',SchedulingDisabled' : ''}`,
    nodeRoles(node),
    printAge(node.createdAtMs, nowMs),
    info.kubeletVersion,
    node.addresses[0] ?? '<none>',
    '<none>',
    info.osImage ?? '<unknown>',
    info.kernelVersion ?? '<unknown>',
    info.containerRuntimeVersion ?? '<unknown>',
  ]
}

/** findNodeRoles: names behind `node-role.kubernetes.io/` and the value of `kubernetes.io/role`, as a sorted set. */
function nodeRoles(node: Node): string {
  const prefix = 'node-role.kubernetes.io/'
  const named = Object.keys(node.labels).filter((key) => key.startsWith(prefix) && key.length > prefix.length)
  const role = node.labels['kubernetes.io/role'] ?? ''
  const roles = new Set([...named.map((key) => key.slice(prefix.length)), ...(role === '' ? [] : [role])])
  return roles.size === 0 ? '<none>' : [...roles].toSorted().join(',')
}
