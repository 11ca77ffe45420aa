/** `kubectl get pods` (kubernetes pkg/printers/internalversion/printers.go, printPod). */
import type { Millis } from '../../sim/clock.ts'
import type { Pod } from '../../sim/cluster/objects.ts'
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { summarizePod } from './pod-summary.ts'
import { printAge } from './print-age.ts'
import type { Column } from './print-table.ts'
import { listAt, objectAt, textAt } from './wire-fields.ts'

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

/** A Pod's cells. `body` is the same Pod in wire form, whose status says what each container does. */
export function podCells(pod: Pod, body: JsonObject, nowMs: Millis): readonly string[] {
  const summary = summarizePod(body, nowMs)
  return [
    pod.ref.name,
    summary.ready,
    summary.status,
    summary.restarts,
    printAge(pod.createdAtMs, nowMs),
    pod.ip ?? '<none>',
    pod.nodeName ?? '<none>',
    textAt(objectAt(body, 'status'), 'nominatedNodeName') ?? '<none>',
    readinessGates(body),
  ]
}

/** How many of a Pod's readiness gates have their condition: `1/2`. */
function readinessGates(body: JsonObject): string {
  const gates = listAt(objectAt(body, 'spec'), 'readinessGates')
  if (gates.length === 0) return '<none>'
  const conditions = listAt(objectAt(body, 'status'), 'conditions').filter(
    (condition) => textAt(condition, 'status') === 'True',
  )
  const met = gates.filter((gate) =>
    conditions.some((condition) => textAt(condition, 'type') === textAt(gate, 'conditionType')),
  )
  return `${met.length}/${gates.length}`
}
