/** Which objects a command line means: `TYPE`, `TYPE,TYPE`, `TYPE NAME…`, `TYPE/NAME…`, `all` (k8s.io/cli-runtime pkg/resource/builder.go). */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { findKind, kindsOfAll } from './find-kind.ts'
import type { ResourceKind } from './resource-kind.ts'

/** A kind, whole or one object of it. */
export interface WantedResource {
  readonly kind: ResourceKind
  readonly name?: string
}

export type ReadResources =
  | { readonly ok: true; readonly resources: readonly WantedResource[] }
  | { readonly ok: false; readonly message: string }

/** Reads the operands. No operand gives no resource; the caller says what that means. */
export function readResources(operands: readonly string[], cluster: Cluster): ReadResources {
  if (operands.some((operand) => operand.includes('/'))) return readPairs(operands, cluster)
  const [types = '', ...names] = operands
  const resources: WantedResource[] = []
  for (const word of types.split(',').filter((type) => type !== '')) {
    const kinds = word === 'all' ? kindsOfAll : [word]
    for (const each of kinds) {
      const kind = findKind(each, cluster)
      if (kind === undefined) return unknownType(each)
      resources.push(...(names.length === 0 ? [{ kind }] : names.map((name) => ({ kind, name }))))
    }
  }
  return { ok: true, resources }
}

function readPairs(operands: readonly string[], cluster: Cluster): ReadResources {
  const resources: WantedResource[] = []
  for (const operand of operands) {
    const [type = '', name = ''] = operand.split('/')
    if (!operand.includes('/')) {
      return {
        ok: false,
        message:
          "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      }
    }
    const kind = findKind(type, cluster)
    if (kind === undefined) return unknownType(type)
    if (name === '') {
      return {
        ok: false,
        message: 'error: arguments in resource/name form must have a single resource and name',
      }
    }
    resources.push({ kind, name })
  }
  return { ok: true, resources }
}

function unknownType(word: string): ReadResources {
  const bare = word.split('.')[0] ?? ''
  return { ok: false, message: `error: the server doesn't have a resource type "${bare}"` }
}
