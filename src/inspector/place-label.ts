/** Where a step happens, in the words of the machine. */
import type { Place } from '../sim/trace/trace.ts'

/** `host01 · nat PREROUTING`; a Pod is named without its namespace, the kernel's node beside it. */
export function placeLabel(place: Place): string {
  const host = place.hostKind === 'pod' ? podName(place) : place.host
  return place.hook === undefined ? host : `${host} · ${place.hook}`
}

/** A word for the end of a step's line: the node, or what the host is called outside. */
export function shortPlace(place: Place): string {
  return place.hostKind === 'pod' ? shortName(podName(place)) : place.host
}

function podName(place: Place): string {
  return place.host.slice(place.host.indexOf('/') + 1)
}

/** Long names lose their middle and keep their last five letters. */
function shortName(name: string): string {
  return name.length <= 16 ? name : `${name.slice(0, 8)}…${name.slice(-5)}`
}
