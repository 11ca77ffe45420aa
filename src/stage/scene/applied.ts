/** What an apply changed, in cards: their ids are the keys of the objects. */
import { objectKey, type ObjectRef } from '../../sim/cluster/object-ref.ts'
import type { Snapshot } from '../../sim/snapshot.ts'

export interface Applied {
  readonly changed: ReadonlySet<string>
  readonly added: ReadonlySet<string>
  readonly gone: ReadonlySet<string>
}

/** Nothing. */
export const nothingApplied: Applied = { changed: new Set(), added: new Set(), gone: new Set() }

/** The Services, Pods, Ingresses, Gateways and Routes that differ between two states of a cluster. */
export function appliedBetween(before: Snapshot, after: Snapshot): Applied {
  const [was, is] = [textsOf(before), textsOf(after)]
  return {
    changed: keysWhere(is, (key, text) => was.has(key) && was.get(key) !== text),
    added: keysWhere(is, (key) => !was.has(key)),
    gone: keysWhere(was, (key) => !is.has(key)),
  }
}

/** Each object as its text: plain data in the order in which the simulator wrote it. */
function textsOf({ services, pods, ingresses, gateways, routes }: Snapshot): ReadonlyMap<string, string> {
  const views: readonly { readonly ref: ObjectRef }[] = [
    ...services,
    ...pods,
    ...ingresses,
    ...gateways,
    ...routes,
  ]
  return new Map(views.map((view) => [objectKey(view.ref), JSON.stringify(view)]))
}

function keysWhere(
  texts: ReadonlyMap<string, string>,
  holds: (key: string, text: string) => boolean,
): ReadonlySet<string> {
  return new Set([...texts].flatMap(([key, text]) => (holds(key, text) ? [key] : [])))
}
