/** By which field the items of a list are told apart when two versions of it are merged (`patchMergeKey` in k8s.io/api, 1.32). */
import type { FieldPath } from '../manifest/manifest.ts'
import { resourceOfKind } from '../manifest/resources.ts'

const ofContainers: ReadonlyMap<string, string> = new Map([
  ['ports', 'containerPort'],
  ['env', 'name'],
  ['volumeMounts', 'mountPath'],
])

const ofPods: ReadonlyMap<string, string> = new Map([
  ['containers', 'name'],
  ['initContainers', 'name'],
  ['volumes', 'name'],
  ['imagePullSecrets', 'name'],
  ['hostAliases', 'ip'],
  ['conditions', 'type'],
  ['addresses', 'type'],
])

/**
 * The merge key of the list at a path, or undefined where a list is replaced as a whole: most lists, and all lists of kinds that
 * are not Kubernetes' own.
 */
export function mergeKeyOf(kind: string, path: FieldPath): string | undefined {
  const group = resourceOfKind(kind)?.apiVersions[0] ?? 'unknown/'
  if (group.includes('.') && !group.includes('.k8s.io/')) return undefined
  const field = path.at(-1)
  if (typeof field !== 'string') return undefined
  if (kind === 'Service') return field === 'ports' && path.length === 2 ? 'port' : undefined
  const parent = path.at(-3)
  if (parent === 'containers' || parent === 'initContainers') return ofContainers.get(field)
  return ['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Node'].includes(kind)
    ? ofPods.get(field)
    : undefined
}
