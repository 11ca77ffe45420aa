/** What a frame is called. */
import type { FramePart } from '../scene/cast.ts'
import type { Frame } from '../scene/scene.ts'

/** The node's name and address; none for the frame of Pods that are on no node yet. */
export function frameNames({ node }: FramePart): Pick<Frame, 'id' | 'kind' | 'name' | 'address'> {
  if (node === undefined) return { id: 'Node/', kind: 'nowhere', name: '', address: '' }
  return { id: `Node//${node.name}`, kind: 'node', name: node.name, address: node.address }
}
