/**
 * Where the moments of a trace stand from left to right: by the clock, but so that each flight has room for its name. Within a step time
 * runs evenly; from step to step its speed may differ. Positions are in CSS pixels from the left edge of the ground.
 */
import type { Schedule } from '../playback/schedule.ts'
import { stepAt } from '../playback/schedule.ts'
import type { Hop } from '../sim/trace/trace.ts'
import { namingHop, type Bar, type Lane } from './lanes-of.ts'

export interface TimeScale {
  /** Step `i` reaches from `edges[i]` to `edges[i + 1]`. */
  readonly edges: readonly number[]
  /** The steps whose names have room. */
  readonly named: ReadonlySet<number>
}

/** Letters of the badge's size: of the mono face 0.6 em of 11 px, of Han 12 px. */
const letterPx = { latin: 6.6, han: 12 } as const
/** Round a name in its cell, with the gap to the next flight. */
const aroundName = 13
/** The least that can be told from its neighbour, and clicked. */
const leastStep = 8

/**
 * The scale for a ground of `width` pixels. The names of flights have room in any case, for which the scale may grow wider than the
 * ground; then those of rewrites and decisions; then what else fits.
 * @param nameOf what is written in the cell of a hop
 */
export function timeScaleOf(
  lanes: readonly Lane[],
  { steps }: Schedule,
  width: number,
  nameOf: (hop: Hop) => string,
): TimeScale {
  const least = steps.map(() => leastStep)
  const named = new Set<number>()
  for (const { hop, rank } of byRank(lanes.flatMap(({ bars }) => bars))) {
    const wanted = Math.max(leastStep, nameWidth(nameOf(hop)))
    if (rank > 0 && sum(least) - leastStep + wanted > width) continue
    least[hop.index] = wanted
    named.add(hop.index)
  }
  const times = steps.map(({ startMs, endMs }) => endMs - startMs)
  return { edges: edgesOf(shared(times, least, Math.max(width, sum(least)))), named }
}

/** Where a moment stands. */
export function pixelOf({ edges }: TimeScale, schedule: Schedule, positionMs: number): number {
  const index = stepAt(schedule, positionMs)
  const step = schedule.steps[index]
  if (step === undefined) return 0
  const [from, to] = [edges[index] ?? 0, edges[index + 1] ?? 0]
  return from + (to - from) * shareOf(positionMs, step.startMs, step.endMs)
}

/** The moment that stands at a pixel; the first and the last beyond the ends. */
export function momentAt({ edges }: TimeScale, { steps, totalMs }: Schedule, pixel: number): number {
  const index = steps.findIndex((_, i) => pixel < (edges[i + 1] ?? 0))
  const step = steps[index]
  if (step === undefined) return totalMs
  return step.startMs + (step.endMs - step.startMs) * shareOf(pixel, edges[index] ?? 0, edges[index + 1] ?? 0)
}

/** The width of a cell in which a name has room, in CSS pixels. */
export function nameWidth(name: string): number {
  const han = name.match(/[\u2e80-\uffef]/g)?.length ?? 0
  return aroundName + han * letterPx.han + (name.length - han) * letterPx.latin
}

/** Hops in the order in which they are named: flights, what rewrites or decides, the rest; each as it happened. */
function byRank(bars: readonly Bar[]) {
  const ranked = bars.flatMap((bar) =>
    bar.hops.map((hop) => ({ hop, rank: hop === namingHop(bar) ? 0 : deciding.has(hop.kind) ? 1 : 2 })),
  )
  return ranked.toSorted((a, b) => a.rank - b.rank || a.hop.index - b.hop.index)
}

const deciding: ReadonlySet<Hop['kind']> = new Set(['rewrite', 'choose', 'match', 'no-match', 'route'])

/** Shares `total` by `times`, but gives each its least. */
function shared(times: readonly number[], least: readonly number[], total: number): readonly number[] {
  let short = new Set<number>()
  for (;;) {
    const free = total - sum(least.filter((_, i) => short.has(i)))
    const perMs = free / Math.max(1, sum(times.filter((_, i) => !short.has(i))))
    const widths = times.map((time, i) => (short.has(i) ? (least[i] ?? 0) : time * perMs))
    const more = new Set(widths.flatMap((width, i) => (width <= (least[i] ?? 0) ? [i] : [])))
    if (more.size === short.size) return widths
    short = more
  }
}

function edgesOf(widths: readonly number[]): readonly number[] {
  let edge = 0
  return [0, ...widths.map((width) => (edge += width))]
}

function shareOf(value: number, from: number, to: number): number {
  return to > from ? Math.max(0, Math.min(1, (value - from) / (to - from))) : 0
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
