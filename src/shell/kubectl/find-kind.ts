/** From the word that a person types to the kind that it means. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import type { ObjectRef } from '../../sim/cluster/object-ref.ts'
import { builtInKinds } from './built-in-kinds.ts'
import { customKind, customKinds } from './custom-kinds.ts'
import type { ResourceKind } from './resource-kind.ts'

/** The kinds of `kubectl get all`, in its order; those that the simulator runs. */
export const kindsOfAll: readonly string[] = [
  'pods',
  'services',
  'daemonsets',
  'deployments',
  'replicasets',
  'statefulsets',
]

/**
 * The kind that a person names: plural, singular or short, in any letters, with or without its group (`deploy`, `Pod`,
 * `ingresses.networking.k8s.io`). `undefined`: the server does not have it.
 */
export function findKind(word: string, cluster: Cluster): ResourceKind | undefined {
  const lower = word.toLowerCase()
  const dot = lower.indexOf('.')
  const name = dot < 0 ? lower : lower.slice(0, dot)
  const group = dot < 0 ? undefined : lower.slice(dot + 1).replace(/^v\d+((alpha|beta)\d+)?\.?/, '')
  return [...builtInKinds, ...customKinds(cluster)].find(
    (kind) => isNamed(kind, name) && (group === undefined || group === kind.group),
  )
}

/** The kind of an object, for messages about it. */
export function kindOf(ref: ObjectRef, cluster: Cluster): ResourceKind {
  const known = [...builtInKinds, ...customKinds(cluster)].find((kind) => kind.kind === ref.kind)
  return known ?? customKind(ref.kind, '', ref.namespace !== '')
}

function isNamed(kind: ResourceKind, name: string): boolean {
  return kind.plural === name || kind.kind.toLowerCase() === name || kind.shortNames.includes(name)
}
