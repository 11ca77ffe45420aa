/**
 * Plane geometry of the stage. Everything is in flow coordinates: CSS pixels at zoom 1, y downwards, before pan and zoom.
 * A path is a table of points at equal distances along it, so that a fraction of the way is one look-up and one lerp.
 */

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Rect extends Point {
  readonly width: number
  readonly height: number
}

/** A cubic Bézier curve: start, two control points, end. */
export type Cubic = readonly [Point, Point, Point, Point]

/** `2 × (pathSteps + 1)` numbers: x, y, x, y … at equal distances. A path of one place repeats it. */
export type Path = Float32Array

/** Parts of a path table. 64 lie within 0.1 px of a curve as large as the stage. */
const pathSteps = 64
const chords = 128

/** Whether two rectangles share any area; touching edges do not. */
export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/** Whether a point lies inside a rectangle, its edges included. */
export function contains({ x, y, width, height }: Rect, point: Point): boolean {
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height
}

/** A rectangle larger by `by` on each side. */
export function grown({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by }
}

/** The place at `t` of a curve, by its own parameter and not by distance. */
function cubicAt([a, b, c, d]: Cubic, t: number): Point {
  const s = 1 - t
  const [wa, wb, wc, wd] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
  return { x: wa * a.x + wb * b.x + wc * c.x + wd * d.x, y: wa * a.y + wb * b.y + wc * c.y + wd * d.y }
}

/** The points of a curve, near enough to measure and to draw. */
export function pointsOfCubic(curve: Cubic): readonly Point[] {
  return Array.from({ length: chords + 1 }, (_, i) => cubicAt(curve, i / chords))
}

/** Whether two curves cross somewhere between their ends; curves that begin or end at one place do not for that. */
export function crosses(a: Cubic, b: Cubic): boolean {
  const coarse = (curve: Cubic, parts: number) =>
    Array.from({ length: parts + 1 }, (_, i) => cubicAt(curve, i / parts))
  // Different parts, so that the corners of symmetrical curves do not fall on each other.
  const [first, second] = [coarse(a, 23), coarse(b, 25)]
  return first.slice(1).some((end, i) => {
    const start = first[i] ?? end
    return second.slice(1).some((other, k) => cut(start, end, second[k] ?? other, other))
  })
}

/** Whether two segments cross, their ends not counted. */
function cut(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point) =>
    Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x))
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

/** A table of equal distances along a line of points. */
export function pathOf(points: readonly Point[]): Path {
  const path = new Float32Array(2 * (pathSteps + 1))
  const first = points[0] ?? { x: 0, y: 0 }
  const lengths = lengthsOf(points)
  const total = lengths.at(-1) ?? 0
  let corner = 1
  for (let step = 0; step <= pathSteps; step++) {
    const wanted = (total * step) / pathSteps
    while (corner < points.length - 1 && (lengths[corner] ?? 0) < wanted) corner++
    const [a, b] = [points[corner - 1] ?? first, points[corner] ?? first]
    const [from, to] = [lengths[corner - 1] ?? 0, lengths[corner] ?? 0]
    const share = to > from ? (wanted - from) / (to - from) : 0
    path[2 * step] = a.x + (b.x - a.x) * share
    path[2 * step + 1] = a.y + (b.y - a.y) * share
  }
  return path
}

/** The length of a line of points. */
export function lengthOf(points: readonly Point[]): number {
  return lengthsOf(points).at(-1) ?? 0
}

/** The part of a line of points between two fractions of its length; backwards where `from` is the greater. */
export function cutOf(points: readonly Point[], from: number, to: number): readonly Point[] {
  const path = pathOf(points)
  return Array.from({ length: pathSteps + 1 }, (_, i) => {
    const fraction = from + ((to - from) * i) / pathSteps
    return { x: pathX(path, fraction), y: pathY(path, fraction) }
  })
}

/** The x of a path at `fraction` of its length, 0…1. Allocates nothing. */
export function pathX(path: Path, fraction: number): number {
  return at(path, fraction, 0)
}

/** The y of a path at `fraction` of its length, 0…1. Allocates nothing. */
export function pathY(path: Path, fraction: number): number {
  return at(path, fraction, 1)
}

function at(path: Path, fraction: number, axis: 0 | 1): number {
  const place = Math.max(0, Math.min(1, fraction)) * pathSteps
  const step = Math.min(pathSteps - 1, Math.floor(place))
  const [a, b] = [path[2 * step + axis] ?? 0, path[2 * step + 2 + axis] ?? 0]
  return a + (b - a) * (place - step)
}

function lengthsOf(points: readonly Point[]): readonly number[] {
  let sum = 0
  return points.map((point, index) => {
    const before = points[index - 1] ?? point
    sum += Math.hypot(point.x - before.x, point.y - before.y)
    return sum
  })
}
