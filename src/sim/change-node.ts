/** What to type so that a node is cut off, or heard from again: its condition Ready, as the node lifecycle controller writes it. */
import { changeField } from './change-field.ts'
import type { Cluster } from './cluster/cluster.ts'
import { objectKey } from './cluster/object-ref.ts'
import { listAt, textAt } from './manifest/json-fields.ts'
import type { TextChange, TypedText } from './text-change.ts'

/**
 * The edit. `Unknown` is what the controller writes of a node whose kubelet has stopped posting (pkg/controller/nodelifecycle); here it also
 * takes the machine off its LAN. Nowhere to type: the node's manifest has no condition Ready.
 */
export function changeNode(
  cluster: Cluster,
  files: readonly TypedText[],
  name: string,
  ready: 'True' | 'Unknown',
): TextChange {
  const object = { kind: 'Node', namespace: '', name }
  const conditions = listAt(cluster.objects[objectKey(object)]?.body, 'status', 'conditions')
  const index = conditions.findIndex((condition) => textAt(condition, 'type') === 'Ready')
  if (index < 0) return { kind: 'nowhere' }
  return changeField(cluster, files, { object, path: ['status', 'conditions', index, 'status'], word: ready })
}
