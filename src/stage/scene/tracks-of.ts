/**
 * The way of each hop in pixels. A packet that stands at a card stands just outside it, on the wire that it came by; where a draw decides,
 * it crosses the card along the row that won while that row's verdict appears.
 */
import { drawOf } from '../../playback/draw-of.ts'
import { drawTimes, type DrawTime } from '../../playback/draw-times.ts'
import { isMoving, movesOf, type Move, type Station } from '../../playback/stations.ts'
import type { Hop, Trace } from '../../sim/trace/trace.ts'
import { chainBetween } from './chain-between.ts'
import { cutOf, lengthOf, pathOf, pointsOfCubic, type Point } from './geometry.ts'
import type { Card, Track, Wire } from './scene.ts'

/** How far from a card's edge a packet stands, so that it covers no text. */
const standOff = 15
const nowhere: Point = { x: 0, y: 0 }

/** A track a hop of `trace`; undefined for hops that this act does not play. */
export function tracksOf(
  trace: Trace,
  plays: (hop: number) => boolean,
  cards: readonly Card[],
  wires: readonly Wire[],
): readonly (Track | undefined)[] {
  const moves = movesOf(trace)
  const lines = linesOf(wires)
  let here: Point | undefined
  return trace.hops.map((hop, index) => {
    const move = moves[index]
    if (move === undefined || !plays(index)) {
      here = undefined
      return undefined
    }
    const way = isMoving(move) ? wayOf(move, lines) : undefined
    const stays = here !== undefined && (isMoving(move) || samePlace(move.to, moves[index - 1]?.to))
    const start =
      stays && here !== undefined
        ? here
        : (way?.points[0] ?? standingPoint(index, moves, lines, wires, cards))
    const points = way === undefined ? [start] : joined(start, way.points)
    const end = points.at(-1) ?? start
    const across = drawOf(hop) !== undefined ? departure(index, moves, lines) : undefined
    here = across ?? end
    return {
      move: pathOf(points),
      wires: way?.wires ?? [],
      ...(across === undefined ? {} : { shift: pathOf([end, across]), shiftTime: winnersTime(hop) }),
    }
  })
}

function winnersTime(hop: Hop): DrawTime {
  const candidates = drawOf(hop)?.candidates ?? []
  const times = drawTimes(candidates)
  return times[candidates.findIndex(({ verdict }) => verdict === 'won')] ?? { fromMs: 0, toMs: 1 }
}

/** A way between two cards, over one wire or several. `stand` is the share of it that a packet keeps from either end. */
interface Line {
  readonly wires: readonly string[]
  readonly points: readonly Point[]
  readonly stand: number
}

type Lines = (from: string, to: string) => Line | undefined

function linesOf(wires: readonly Wire[]): Lines {
  const known = new Map<string, Line | undefined>()
  return (from, to) => {
    const key = `${from}>${to}`
    if (!known.has(key)) known.set(key, lineOf(wires, from, to))
    return known.get(key)
  }
}

function lineOf(wires: readonly Wire[], from: string, to: string): Line | undefined {
  const chain = chainBetween(wires, from, to)
  if (chain === undefined) return undefined
  const points = chain.flatMap(({ wire, isReversed }) => {
    const along = pointsOfCubic(wire.curve)
    return isReversed ? along.toReversed() : along
  })
  const stand = Math.min(0.4, standOff / Math.max(1, lengthOf(points)))
  return { wires: chain.map(({ wire }) => wire.id), points, stand }
}

/** The part of a line that a move takes; undefined where no wire joins its ends. */
function wayOf({ from, to }: Move, lines: Lines): Line | undefined {
  const [start, end] = endsOf(from, to)
  const line = lines(start, end)
  if (line === undefined) return undefined
  const [a, b] = [fractionOn(line, start, from), fractionOn(line, start, to)]
  return { ...line, points: cutOf(line.points, a, b) }
}

/** The two cards between which a move runs, in the direction of the later station. */
function endsOf(from: Station, to: Station): readonly [string, string] {
  if (to.kind === 'between') return [to.from, to.to]
  if (from.kind === 'at') return [from.card, to.card]
  return from.from === to.card ? [from.to, from.from] : [from.from, from.to]
}

/** Where on a line a station is, 0…1. */
function fractionOn({ stand }: Line, start: string, station: Station): number {
  const along = (share: number) => stand + share * (1 - 2 * stand)
  if (station.kind === 'at') return along(station.card === start ? 0 : 1)
  return along(station.from === start ? station.fraction : 1 - station.fraction)
}

function joined(here: Point, points: readonly Point[]): readonly Point[] {
  const first = points[0] ?? here
  return Math.hypot(first.x - here.x, first.y - here.y) < 1 ? [here, ...points.slice(1)] : [here, ...points]
}

/** Where the packet leaves the card at which it stands, if it goes on. */
function departure(index: number, moves: readonly Move[], lines: Lines): Point | undefined {
  const here = moves[index]?.to
  for (const move of moves.slice(index + 1)) {
    if (isMoving(move)) return wayOf(move, lines)?.points[0]
    if (!samePlace(move.to, here)) return undefined
  }
  return undefined
}

/** Where a packet stands that nobody brought: where it will leave, where it would have come in, else beside its card. */
function standingPoint(
  index: number,
  moves: readonly Move[],
  lines: Lines,
  wires: readonly Wire[],
  cards: readonly Card[],
): Point {
  const leaves = departure(index, moves, lines)
  if (leaves !== undefined) return leaves
  const station = moves[index]?.to
  const id = station?.kind === 'at' ? station.card : station?.from
  const arrives = wires.find(({ to }) => to === id)
  const line = arrives && lines(arrives.from, arrives.to)
  if (line !== undefined) return cutOf(line.points, 1 - line.stand, 1)[0] ?? nowhere
  const rect = cards.find((card) => card.id === id)?.rect
  return rect === undefined ? nowhere : { x: rect.x + rect.width + standOff, y: rect.y + rect.height / 2 }
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
