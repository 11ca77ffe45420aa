/**
 * Where a packet's label hangs: on a stick, in free ground. Worked out once a scene, at some places of each way; between them the
 * label glides, so that it never jumps and no frame has to search.
 */
import { pathOf, pathX, pathY, pointsOfCubic, type Path, type Point, type Rect } from '../scene/geometry.ts'
import type { Scene, Track } from '../scene/scene.ts'

export interface LabelSize {
  readonly width: number
  readonly height: number
}

/** The centre of the label along the ways of a track; tables like the track's own. */
export interface LabelTrack {
  readonly move: Path
  readonly shift?: Path
}

const samples = 8
const packetRadius = 13
const distances = [14, 26, 42, 64, 92, 128, 170]
/** How much worse than one pixel of stick: covering a card, leaving the stage, lying on a wire, moving against the packet. */
const costs = { covered: 4, outside: 40, wirePoint: 40, jump: 0.35 } as const

/**
 * A label track a hop.
 * @param sizes of the labels, by hop
 * @param view the free part of the stage
 */
export function labelPathsOf(
  scene: Scene,
  sizes: readonly LabelSize[],
  view: Rect,
): readonly (LabelTrack | undefined)[] {
  const ground = groundOf(scene, view)
  let hang: Point | undefined
  return scene.tracks.map((track, index) => {
    const size = sizes[index]
    if (track === undefined || size === undefined) {
      hang = undefined
      return undefined
    }
    const move = hangAlong(track.move, size, ground, hang)
    const shift = track.shift && hangAlong(track.shift, size, ground, move.hang)
    hang = (shift ?? move).hang
    return { move: move.path, ...(shift === undefined ? {} : { shift: shift.path }) }
  })
}

interface Ground {
  readonly obstacles: readonly Rect[]
  readonly wirePoints: readonly Point[]
  readonly view: Rect
}

function groundOf({ cards, frames, lanes, wires }: Scene, view: Rect): Ground {
  const titles = frames.map(({ rect, titleBelow }) => ({
    ...rect,
    y: titleBelow ? rect.y + rect.height - 18 : rect.y,
    height: titleBelow ? 18 : 26,
  }))
  const heads = lanes.map(({ x, y }) => ({ x, y, width: 130, height: 18 }))
  return {
    obstacles: [...cards.map(({ rect }) => grown(rect, 6)), ...titles, ...heads],
    wirePoints: wires.flatMap(({ curve }) => pointsOfCubic(curve).filter((_, i) => i % 6 === 0)),
    view,
  }
}

/** Places the label at some points of a path, each as cheap as it can be without leaping from the one before. */
function hangAlong(path: Track['move'], size: LabelSize, ground: Ground, before: Point | undefined) {
  const still = pathX(path, 0) === pathX(path, 1) && pathY(path, 0) === pathY(path, 1)
  const count = still ? 0 : samples
  const centres: Point[] = []
  let hang = before
  for (let i = 0; i <= count; i++) {
    const fraction = count === 0 ? 0 : i / count
    const packet = { x: pathX(path, fraction), y: pathY(path, fraction) }
    hang = bestHang(packet, size, ground, hang)
    centres.push({ x: packet.x + hang.x, y: packet.y + hang.y })
  }
  return { path: stepsOf(centres), hang: hang ?? { x: 0, y: 0 } }
}

/** Keeps the samples at their own share of the way: a label's speed may differ from its packet's. */
function stepsOf(centres: readonly Point[]): Path {
  if (centres.length === 1) return pathOf(centres)
  const path = pathOf([])
  const last = centres.length - 1
  for (let step = 0; step < path.length / 2; step++) {
    const place = (step / (path.length / 2 - 1)) * last
    const index = Math.min(last - 1, Math.floor(place))
    const [a, b] = [centres[index], centres[index + 1]]
    path[2 * step] = (a?.x ?? 0) + ((b?.x ?? 0) - (a?.x ?? 0)) * (place - index)
    path[2 * step + 1] = (a?.y ?? 0) + ((b?.y ?? 0) - (a?.y ?? 0)) * (place - index)
  }
  return path
}

/** The cheapest place for the label's centre, relative to the packet. */
function bestHang(packet: Point, size: LabelSize, ground: Ground, before: Point | undefined): Point {
  let best: Point = { x: 0, y: size.height }
  let least = Infinity
  for (const hang of hangs(size)) {
    const jump = before === undefined ? 0 : Math.hypot(hang.x - before.x, hang.y - before.y)
    const start = stickLength(hang, size) + jump * costs.jump
    const cost =
      start >= least ? Infinity : start + groundCost(boxAt(packet, hang, size), ground, least - start)
    if (cost < least) [least, best] = [cost, hang]
  }
  return best
}

function* hangs({ width, height }: LabelSize): Generator<Point> {
  for (const distance of distances) {
    const [down, side] = [packetRadius + distance + height / 2, packetRadius + distance + width / 2]
    for (const y of [down, -down])
      for (const share of [0, -0.25, 0.25, -0.45, 0.45]) yield { x: share * width, y }
    for (const x of [side, -side]) yield { x, y: 0 }
  }
}

function groundCost(box: Rect, { obstacles, wirePoints, view }: Ground, most: number): number {
  let cost = outside(box, view) * costs.outside
  for (const obstacle of obstacles) {
    if (cost > most) return Infinity
    cost += common(box, obstacle) * costs.covered
  }
  for (const { x, y } of wirePoints) {
    if (x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height) cost += costs.wirePoint
  }
  return cost
}

function boxAt(packet: Point, hang: Point, { width, height }: LabelSize): Rect {
  return { x: packet.x + hang.x - width / 2, y: packet.y + hang.y - height / 2, width, height }
}

function stickLength(hang: Point, { width, height }: LabelSize): number {
  return Math.hypot(Math.max(0, Math.abs(hang.x) - width / 2), Math.max(0, Math.abs(hang.y) - height / 2))
}

function common(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/** Pixels of the box, in both directions, that lie beyond the view. */
function outside(box: Rect, view: Rect): number {
  const left = Math.max(0, view.x - box.x) + Math.max(0, box.x + box.width - view.x - view.width)
  const top = Math.max(0, view.y - box.y) + Math.max(0, box.y + box.height - view.y - view.height)
  return (left + top) * 30
}

function grown({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by }
}
