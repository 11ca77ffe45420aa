/** Finds the Pods that a Service selects without walking over all of them for each Service. */
import type { ObjectStore } from './object-store.ts'
import type { ApiObject, Service } from './objects.ts'
import { readPod } from './read-pod.ts'

export interface PodIndex {
  /** Pods of the Service's namespace that carry all of its selector; none where it has no selector. */
  selectedBy(service: Service): readonly ApiObject[]
}

/** Indexes the Pods by namespace and label. */
export function indexPods(store: ObjectStore): PodIndex {
  const byLabel = new Map<string, ApiObject[]>()
  for (const pod of store.ofKind('Pod'))
    for (const [key, value] of Object.entries(readPod(pod).labels)) {
      const at = labelKey(pod.ref.namespace, key, value)
      const group = byLabel.get(at)
      if (group === undefined) byLabel.set(at, [pod])
      else group.push(pod)
    }
  return {
    selectedBy: (service) => {
      const wanted = Object.entries(service.selector)
      const groups = wanted.map(
        ([key, value]) => byLabel.get(labelKey(service.ref.namespace, key, value)) ?? [],
      )
      const [smallest] = groups.toSorted((a, b) => a.length - b.length)
      if (smallest === undefined) return []
      return smallest.filter((pod) => {
        const { labels } = readPod(pod)
        return wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
      })
    },
  }
}

function labelKey(namespace: string, key: string, value: string): string {
  return `${namespace}/${key}=${value}`
}
