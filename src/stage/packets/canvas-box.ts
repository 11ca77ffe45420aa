/** How much canvas a performance needs. In software a canvas costs by its area, so it is no larger than what moves. */
import type { Path, Rect } from '../scene/geometry.ts'
import type { Scene } from '../scene/scene.ts'
import type { LabelSize } from './label-ground.ts'
import type { LabelTrack } from './label-paths.ts'
import type { MeasuredLabel } from './paint-label.ts'
import type { Transform } from './packet-layer.ts'

const step = 128
/** Room for the packet, its glow and its ring. */
const margin = 34

/** The box of all tracks and labels on the screen, in whole steps, within the stage. Empty where nothing is played. */
export function canvasBox(
  scene: Scene | undefined,
  labelTracks: readonly (LabelTrack | undefined)[],
  labels: readonly MeasuredLabel[],
  [tx, ty, zoom]: Transform,
  bounds: LabelSize,
): Rect {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  scene?.tracks.forEach((track, index) => {
    const label = labelTracks[index]
    const size = labels[index]?.forms[label?.form ?? 0]
    if (track === undefined) return
    for (const path of [track.move, track.shift]) include(box, path, margin, margin)
    if (label === undefined || size === undefined) return
    // Labels keep their size on the screen: at a smaller zoom they reach farther in flow coordinates.
    for (const path of [label.move, label.shift]) include(box, path, size.width / zoom, size.height / zoom)
  })
  if (box.left > box.right) return { x: 0, y: 0, width: 0, height: 0 }
  const left = Math.max(0, Math.floor(box.left * zoom + tx))
  const top = Math.max(0, Math.floor(box.top * zoom + ty))
  const width = Math.min(bounds.width - left, stepped(box.right * zoom + tx - left))
  const height = Math.min(bounds.height - top, stepped(box.bottom * zoom + ty - top))
  return { x: left, y: top, width: Math.max(0, width), height: Math.max(0, height) }
}

interface Edges {
  left: number
  top: number
  right: number
  bottom: number
}

function include(box: Edges, path: Path | undefined, dx: number, dy: number): void {
  if (path === undefined) return
  for (let i = 0; i < path.length; i += 2) {
    const [x, y] = [path[i] ?? 0, path[i + 1] ?? 0]
    box.left = Math.min(box.left, x - dx)
    box.right = Math.max(box.right, x + dx)
    box.top = Math.min(box.top, y - dy)
    box.bottom = Math.max(box.bottom, y + dy)
  }
}

function stepped(value: number): number {
  return Math.ceil(value / step) * step
}
