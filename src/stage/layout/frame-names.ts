/** What a frame is called. */
import type { FramePart } from '../scene/cast.ts'
import type { Frame } from '../scene/scene.ts'

/** The node's name and address, and whether it is cut off; none for the frame of Pods that are on no node yet. */
export function frameNames({ node }: FramePart): Pick<Frame, 'id' | 'kind' | 'name' | 'address' | 'lost'> {
  if (node === undefined) return { id: 'Node/', kind: 'nowhere', name: '', address: '', lost: false }
  const { name, address, lost } = node
  return { id: `Node//${name}`, kind: 'node', name, address, lost }
}
