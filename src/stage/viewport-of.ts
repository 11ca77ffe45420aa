/** Where the scene stands on the stage before anyone pans. */
import type { Viewport } from '@xyflow/react'
import type { Rect } from './scene/geometry.ts'
import type { Scene } from './scene/scene.ts'
import type { Size } from '../ui/use-size.ts'

/** Smaller than this nothing can be read: then the stage follows the packet instead. */
const leastZoom = 0.7

/**
 * At full size from the top, a little lower where there is room; smaller where the scene is higher than the stage, and where it is too
 * high for that, so far up that `focus` can be seen.
 * @param top the free edge above the scene, in CSS pixels
 */
export function viewportOf(
  scene: Pick<Scene, 'width' | 'height'>,
  free: Size,
  top: number,
  focus: Rect | undefined,
): Viewport {
  const zoom = Math.max(leastZoom, Math.min(1, free.height / Math.max(1, scene.height)))
  const spare = free.height - scene.height * zoom
  const x = Math.round((free.width - scene.width * zoom) / 2)
  if (spare >= 0 || focus === undefined)
    return { x, y: Math.round(top + Math.min(40, Math.max(0, spare) / 2)), zoom }
  const centred = free.height / 2 - (focus.y + focus.height / 2) * zoom
  return { x, y: Math.round(top + Math.max(spare, Math.min(0, centred))), zoom }
}
