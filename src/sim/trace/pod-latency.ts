/** How long a Pod's program takes to answer, where its annotation says so. */
import type { Millis } from '../clock.ts'
import type { Pod } from '../cluster/objects.ts'

/** `podpath.dev/latency`, in milliseconds: `250ms`, `2s`. */
export function latencyOf(pod: Pod): Millis {
  const told = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(pod.annotations['podpath.dev/latency'] ?? '')
  if (told === null) return 0
  return Number(told[1]) * (told[2] === 's' ? 1000 : 1)
}
