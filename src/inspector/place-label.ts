/** Where a step happens, in the words of the machine. */
import type { Place } from '../sim/trace/trace.ts'
import { shortName } from './short-name.ts'

/** `host01 · nat PREROUTING`; a Pod is named without its namespace, the kernel's node beside it. */
export function placeLabel(place: Place): string {
  const host = place.hostKind === 'pod' ? shortName(podName(place), 24) : place.host
  return place.hook === undefined ? host : `${host} · ${place.hook}`
}

/** A word for the end of a step's line: the node, or what the host is called outside. */
export function shortPlace(place: Place): string {
  return place.hostKind === 'pod' ? shortName(podName(place), 14) : place.host
}

function podName(place: Place): string {
  return place.host.slice(place.host.indexOf('/') + 1)
}
