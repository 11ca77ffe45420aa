/**
 * The way of each hop in pixels. A packet that stands at a card stands just outside it, on the wire that it came by; where a draw decides,
 * it crosses the card along the row that won while that row's verdict appears.
 */
import { isMoving, movesOf, type Move, type Station } from '../../playback/stations.ts'
import type { Trace } from '../../sim/trace/trace.ts'
import { lengthOf, pathOf, pointsOfCubic, type Point } from './geometry.ts'
import type { Card, Track, Wire } from './scene.ts'

/** How far from a card's edge a packet stands, so that it covers no text. */
const standOff = 15

/** A track a hop of `trace`; undefined for hops that this act does not play. */
export function tracksOf(
  trace: Trace,
  plays: (hop: number) => boolean,
  cards: readonly Card[],
  wires: readonly Wire[],
): readonly (Track | undefined)[] {
  const moves = movesOf(trace)
  const lines = wires.map(lineOf)
  let here: Point | undefined
  return trace.hops.map((hop, index) => {
    const move = moves[index]
    if (move === undefined || !plays(index)) {
      here = undefined
      return undefined
    }
    const way = wayOf(move, lines, here)
    const start = here ?? way?.points[0] ?? standingPoint(index, moves, lines, cards)
    const points = !isMoving(move)
      ? [appears(moves, index) || here === undefined ? standingPoint(index, moves, lines, cards) : here]
      : way === undefined
        ? [start]
        : joined(start, way.points)
    const ahead = hop.kind === 'choose' ? departure(index, moves, lines) : undefined
    const end = points.at(-1) ?? start
    here = ahead ?? end
    return {
      move: pathOf(points),
      wires: way === undefined ? [] : [way.wire.id],
      ...(ahead === undefined ? {} : { shift: pathOf([end, ahead]) }),
    }
  })
}

interface Line {
  readonly wire: Wire
  readonly points: readonly Point[]
  readonly length: number
}

interface Way {
  readonly wire: Wire
  readonly points: readonly Point[]
}

function lineOf(wire: Wire): Line {
  const points = pointsOfCubic(wire.curve)
  return { wire, points, length: lengthOf(points) }
}

/** The part of a wire that a move takes; undefined where no wire joins its ends. */
function wayOf(move: Move, lines: readonly Line[], here: Point | undefined): Way | undefined {
  if (!isMoving(move)) return undefined
  for (const line of lines) {
    const [from, to] = [fractionOn(line, move.from), fractionOn(line, move.to)]
    if (from === undefined || to === undefined || from === to) continue
    return { wire: line.wire, points: part(line, from, to) }
  }
  void here
  return undefined
}

/** Where on a wire a station is, 0…1; undefined where it is not. */
function fractionOn({ wire, length }: Line, station: Station): number | undefined {
  const off = Math.min(0.4, standOff / Math.max(1, length))
  if (station.kind === 'at') {
    if (station.card === wire.from) return off
    return station.card === wire.to ? 1 - off : undefined
  }
  const along = off + station.fraction * (1 - 2 * off)
  if (station.from === wire.from && station.to === wire.to) return along
  return station.from === wire.to && station.to === wire.from ? 1 - along : undefined
}

function part(line: Line, from: number, to: number): readonly Point[] {
  const path = pathOf(line.points)
  const steps = 32
  return Array.from({ length: steps + 1 }, (_, i) => {
    const place = (from + ((to - from) * i) / steps) * (path.length / 2 - 1)
    const step = Math.min(path.length / 2 - 2, Math.floor(place))
    const share = place - step
    const value = (at: number) => (path[at] ?? 0) + ((path[at + 2] ?? 0) - (path[at] ?? 0)) * share
    return { x: value(2 * step), y: value(2 * step + 1) }
  })
}

function joined(here: Point, points: readonly Point[]): readonly Point[] {
  const first = points[0] ?? here
  return Math.hypot(first.x - here.x, first.y - here.y) < 1 ? points : [here, ...points]
}

/** Where the packet leaves the card at which it stands, if it goes on. */
function departure(index: number, moves: readonly Move[], lines: readonly Line[]): Point | undefined {
  for (const move of moves.slice(index + 1)) {
    if (isMoving(move)) return wayOf(move, lines, undefined)?.points[0]
    if (move.to !== move.from || !samePlace(move.to, moves[index]?.to)) return undefined
  }
  return undefined
}

/** Where a packet stands that nobody brought: where it will leave, else beside its card. */
function standingPoint(
  index: number,
  moves: readonly Move[],
  lines: readonly Line[],
  cards: readonly Card[],
): Point {
  const leaves = departure(index, moves, lines)
  if (leaves !== undefined) return leaves
  const station = moves[index]?.to
  const id = station?.kind === 'at' ? station.card : station?.from
  const rect = cards.find((card) => card.id === id)?.rect
  return rect === undefined
    ? { x: 0, y: 0 }
    : { x: rect.x + rect.width + standOff, y: rect.y + rect.height / 2 }
}

/** Whether the packet of a hop that does not move comes from somewhere else than where the last one ended. */
function appears(moves: readonly Move[], index: number): boolean {
  return !samePlace(moves[index]?.to, moves[index - 1]?.to)
}

function samePlace(a: Station | undefined, b: Station | undefined): boolean {
  if (a === undefined || b === undefined) return false
  if (a.kind === 'at' && b.kind === 'at') return a.card === b.card
  return (
    a.kind === 'between' &&
    b.kind === 'between' &&
    a.from === b.from &&
    a.to === b.to &&
    a.fraction === b.fraction
  )
}
