/** Where the scene stands on the stage before anyone pans. */
import type { Viewport } from '@xyflow/react'
import type { Scene } from './scene/scene.ts'
import type { Size } from './use-size.ts'

/** Smaller than this nothing can be read: then the stage is panned instead. */
const leastZoom = 0.7

/** At full size from the top, a little lower where there is room; smaller only where the scene is higher than the stage. */
export function viewportOf(scene: Scene, free: Size, top: number): Viewport {
  const zoom = Math.max(leastZoom, Math.min(1, free.height / Math.max(1, scene.height)))
  const spare = Math.max(0, free.height - scene.height * zoom)
  return {
    x: Math.round((free.width - scene.width * zoom) / 2),
    y: Math.round(top + Math.min(28, spare / 3)),
    zoom,
  }
}
