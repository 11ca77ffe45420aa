/** Free ground for a packet's label: what it must not cover, and how bad each place is. */
import { grown, pointsOfCubic, type Point, type Rect } from '../scene/geometry.ts'
import type { Card, Frame, Scene } from '../scene/scene.ts'

export interface LabelSize {
  readonly width: number
  readonly height: number
}

export interface Ground {
  readonly obstacles: readonly Rect[]
  readonly wirePoints: readonly Point[]
  readonly view: Rect
}

/** A place for the label's centre, relative to its packet, and what it costs. */
export interface Hang extends Point {
  readonly cost: number
}

const packetRadius = 13
const titleLetter = 7.2
const gridStep = 12
const distances = [14, 26, 42, 58, 76, 96, 118, 144, 176, 216]
const alignments = [0, -0.25, 0.25, -0.45, 0.45]
const slides = [0, 0.45, -0.45, 1, -1]
/** Aslant: down or up by so many label heights for each side. */
const slants = [1.5, -1.5, 2.5, -2.5, 4, -4]
/** Against one pixel of stick: a pixel covered of a card, a pixel beyond the stage, a wire or a card's text under label or stick, a leap. */
const costs = { covered: 400, outside: 40, wirePoint: 22, stickPoint: 5000, jump: 0.35 } as const

/** What a scene leaves free inside `view`. Frames are ground, their titles are not. */
export function groundOf({ cards, frames, lanes, wires }: Scene, view: Rect): Ground {
  const titles = frames.flatMap(titlesOf)
  const heads = lanes.map(({ x, y }) => ({ x, y, width: 130, height: 18 }))
  return {
    obstacles: [...cards.map(obstacleOf), ...titles, ...heads],
    wirePoints: wires.flatMap(({ curve }) => pointsOfCubic(curve).filter((_, i) => i % 6 === 0)),
    view,
  }
}

/** A card with some air; what is folded is but a line. */
function obstacleOf({ rect, content }: Card): Rect {
  return content.kind === 'fold' ? rect : grown(rect, 6)
}

/** Name, address and what is folded: a frame's texts, each with its own width. */
function titlesOf({ rect, name, address, folded, titleBelow }: Frame): readonly Rect[] {
  const foot = rect.y + rect.height - 20
  const line = (y: number, left: number, letters: number) => ({
    x: rect.x + left,
    y,
    width: letters * titleLetter,
    height: 18,
  })
  const y = titleBelow ? foot : rect.y + 5
  const addressWidth = address.length * titleLetter
  return [
    line(y, 12, name.length),
    { x: rect.x + rect.width - 12 - addressWidth, y, width: addressWidth, height: 18 },
    ...(folded > 0 && !titleBelow ? [line(foot, 12, 7)] : []),
  ]
}

/**
 * The cheapest place: nearest of above, below, left, right and aslant that is free, and not far from where the label hung before; where
 * all of these cover a card, anywhere on the ground.
 */
export function bestHang(packet: Point, size: LabelSize, ground: Ground, before: Point | undefined): Hang {
  const near = cheapest(packet, hangsOf(size), size, ground, before)
  if (!covers(near)) return near
  const far = cheapest(packet, gridOf(packet, size, ground.view), size, ground, before)
  return far.cost < near.cost ? far : near
}

/** Whether a place is none: a card's text would be under the label or its stick. */
export function covers({ cost }: Hang): boolean {
  return cost >= costs.stickPoint
}

function cheapest(
  packet: Point,
  hangs: readonly Point[],
  size: LabelSize,
  ground: Ground,
  before: Point | undefined,
): Hang {
  let best: Hang = { x: 0, y: size.height, cost: Infinity }
  for (const hang of hangs) {
    const jump = before === undefined ? 0 : Math.hypot(hang.x - before.x, hang.y - before.y)
    const cost = groundCost(
      packet,
      hang,
      size,
      ground,
      stickLength(hang, size) + jump * costs.jump,
      best.cost,
    )
    if (cost < best.cost) best = { x: hang.x, y: hang.y, cost }
  }
  return best
}

/** From near to far, so that what lies far is seldom looked at. */
function hangsOf({ width, height }: LabelSize): readonly Point[] {
  return distances.flatMap((distance) => {
    const [down, side] = [packetRadius + distance + height / 2, packetRadius + distance + width / 2]
    return [
      ...[down, -down].flatMap((y) => alignments.map((share) => ({ x: share * width, y }))),
      ...[side, -side].flatMap((x) => [...slides, ...slants].map((share) => ({ x, y: share * height }))),
    ]
  })
}

/** The whole view, in steps. */
function gridOf(packet: Point, { width, height }: LabelSize, view: Rect): readonly Point[] {
  const across = Math.max(0, Math.floor((view.width - width) / gridStep))
  const down = Math.max(0, Math.floor((view.height - height) / gridStep))
  return Array.from({ length: (across + 1) * (down + 1) }, (_, i) => ({
    x: view.x + width / 2 + gridStep * (i % (across + 1)) - packet.x,
    y: view.y + height / 2 + gridStep * Math.floor(i / (across + 1)) - packet.y,
  }))
}

/** The cost so far and what the place adds to it; it stops counting at `most`. */
function groundCost(
  packet: Point,
  hang: Point,
  { width, height }: LabelSize,
  ground: Ground,
  start: number,
  most: number,
): number {
  if (start >= most) return start
  const box = { x: packet.x + hang.x - width / 2, y: packet.y + hang.y - height / 2, width, height }
  let cost = start + beyond(box, ground.view) * costs.outside
  for (const obstacle of ground.obstacles) {
    if (cost >= most) return cost
    cost += common(box, obstacle) * costs.covered
  }
  for (const point of ground.wirePoints) if (inside(box, point)) cost += costs.wirePoint
  for (const obstacle of ground.obstacles) {
    if (cost >= most) return cost
    cost += crossed(packet, box, obstacle) * costs.stickPoint
  }
  return cost
}

/** How many of some points of the stick lie on an obstacle. */
function crossed(packet: Point, box: Rect, obstacle: Rect): number {
  const endX = Math.max(box.x, Math.min(packet.x, box.x + box.width))
  const endY = Math.max(box.y, Math.min(packet.y, box.y + box.height))
  let count = 0
  for (let share = 0.04; share <= 1; share += 0.06) {
    const [x, y] = [packet.x + (endX - packet.x) * share, packet.y + (endY - packet.y) * share]
    if (
      x > obstacle.x &&
      x < obstacle.x + obstacle.width &&
      y > obstacle.y &&
      y < obstacle.y + obstacle.height
    )
      count++
  }
  return count
}

function stickLength(hang: Point, { width, height }: LabelSize): number {
  return Math.hypot(Math.max(0, Math.abs(hang.x) - width / 2), Math.max(0, Math.abs(hang.y) - height / 2))
}

function inside(box: Rect, { x, y }: Point): boolean {
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height
}

function common(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/** By how many pixels the box reaches beyond the view, as an area that weighs with the other costs. */
function beyond(box: Rect, view: Rect): number {
  const across = Math.max(0, view.x - box.x) + Math.max(0, box.x + box.width - view.x - view.width)
  const down = Math.max(0, view.y - box.y) + Math.max(0, box.y + box.height - view.y - view.height)
  return (across + down) * 30
}
