/** `kubectl get pods` (kubernetes pkg/printers/internalversion/printers.go, printPod). */
import type { Millis } from '../../sim/clock.ts'
import type { Pod } from '../../sim/cluster/objects.ts'
import { printAge } from './print-age.ts'
import type { Column } from './print-table.ts'

export const podColumns: readonly Column[] = [
  { name: 'Name' },
  { name: 'Ready' },
  { name: 'Status' },
  { name: 'Restarts' },
  { name: 'Age' },
  { name: 'IP', wide: true },
  { name: 'Node', wide: true },
  { name: 'Nominated Node', wide: true },
  { name: 'Readiness Gates', wide: true },
]

/** A Pod's cells. A Pod is ready as a whole here: all of its containers or none. */
export function podCells(pod: Pod, nowMs: Millis): readonly string[] {
  const total = pod.containers.length
  return [
    pod.ref.name,
    `${pod.ready ? total : 0}/${total}`,
    podStatus(pod),
    String(pod.restarts),
    printAge(pod.createdAtMs, nowMs),
    pod.ip ?? '<none>',
    pod.nodeName ?? '<none>',
    '<none>',
    '<none>',
  ]
}

/** The STATUS word: what a container waits for, else the phase; a deletion overrides both, but for a Pod that has ended. */
function podStatus(pod: Pod): string {
  const ended = pod.phase === 'Succeeded' || pod.phase === 'Failed'
  if (pod.terminating && !ended) return 'Terminating'
  if (pod.waitingReason !== undefined) return pod.waitingReason
  return pod.phase === 'Succeeded' ? 'Completed' : pod.phase === 'Failed' ? 'Error' : pod.phase
}
