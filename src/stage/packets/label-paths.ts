/**
 * Where a packet's label hangs: on a stick, in free ground. Worked out once a scene, at some places of each way; between them the
 * label glides, so that it never jumps and no frame has to search.
 */
import { pathOf, pathX, pathY, type Path, type Point, type Rect } from '../scene/geometry.ts'
import type { Scene, Track } from '../scene/scene.ts'
import { bestHang, covers, groundOf, type Ground, type Hang, type LabelSize } from './label-ground.ts'

/** The centre of the label along the ways of a track; tables like the track's own. */
export interface LabelTrack {
  readonly move: Path
  readonly shift?: Path
  /** Which of the label's forms hangs there. */
  readonly form: number
  /** There is no free ground at the end of the step: then the caption alone says it. */
  readonly hidden: boolean
}

const samples = 6
/** How much cheaper than the form before it the next one must be. */
const formCost = 60

/**
 * A label track a hop.
 * @param forms the sizes that each hop's label can take, the nicest first
 * @param view the free part of the stage
 */
export function labelPathsOf(
  scene: Scene,
  forms: readonly (readonly LabelSize[])[],
  view: Rect,
): readonly (LabelTrack | undefined)[] {
  const ground = groundOf(scene, view)
  let before: Point | undefined
  return scene.tracks.map((track, index) => {
    if (track === undefined) {
      before = undefined
      return undefined
    }
    const hung = (forms[index] ?? []).map((size, form) => hungTrack(track, size, form, ground, before))
    const best = hung.toSorted((a, b) => a.cost - b.cost)[0]
    before = best?.hang
    return best?.track
  })
}

function hungTrack(track: Track, size: LabelSize, form: number, ground: Ground, before: Point | undefined) {
  const move = hangAlong(track.move, size, ground, before)
  const shift = track.shift && hangAlong(track.shift, size, ground, move.hang)
  return {
    track: {
      move: move.path,
      form,
      hidden: covers((shift ?? move).hang),
      ...(shift === undefined ? {} : { shift: shift.path }),
    },
    hang: (shift ?? move).hang,
    cost: move.cost + (shift?.cost ?? 0) + form * formCost,
  }
}

/** Places the label at some points of a path, each as cheap as it can be without leaping from the one before. */
function hangAlong(path: Path, size: LabelSize, ground: Ground, before: Point | undefined) {
  const isStill = pathX(path, 0) === pathX(path, 1) && pathY(path, 0) === pathY(path, 1)
  const count = isStill ? 0 : samples
  const centres: Point[] = []
  let hang: Hang = { x: before?.x ?? 0, y: before?.y ?? 0, cost: 0 }
  let cost = 0
  for (let i = 0; i <= count; i++) {
    const fraction = count === 0 ? 0 : i / count
    const packet = { x: pathX(path, fraction), y: pathY(path, fraction) }
    const best = bestHang(packet, size, ground, i === 0 ? before : hang)
    centres.push({ x: packet.x + best.x, y: packet.y + best.y })
    // The end counts most: there the label stands.
    cost += i === count ? best.cost : best.cost / (4 * samples)
    hang = best
  }
  return { path: stretched(centres), hang, cost }
}

/** A table that passes each centre at its own share of the way: a label's speed may differ from its packet's. */
function stretched(centres: readonly Point[]): Path {
  if (centres.length === 1) return pathOf(centres)
  const path = pathOf([])
  const last = centres.length - 1
  const steps = path.length / 2 - 1
  for (let step = 0; step <= steps; step++) {
    const place = (step / steps) * last
    const index = Math.min(last - 1, Math.floor(place))
    const [a, b] = [centres[index] ?? { x: 0, y: 0 }, centres[index + 1] ?? { x: 0, y: 0 }]
    path[2 * step] = a.x + (b.x - a.x) * (place - index)
    path[2 * step + 1] = a.y + (b.y - a.y) * (place - index)
  }
  return path
}
