/** A trace laid out in playback time: what the clock counts, not what the cluster took. */
import type { Hop, Trace } from '../sim/trace/trace.ts'
import { drawOf } from './draw-of.ts'
import { drawTimes } from './draw-times.ts'
import { headerChange } from './rewrite.ts'
import { isMoving, movesOf } from './stations.ts'

const moveMs = 600
const rewriteMs = 120
const dropMs = 300
/** How long each decision stands before the next hop begins. */
const standMs = 240

/** One step's share of playback time, in milliseconds from the start at 1×. The packet moves first, then the decision shows. */
export interface ScheduledStep {
  readonly startMs: number
  /** When the packet has reached the place of this hop; rows are drawn and values rewritten from here on. */
  readonly decideMs: number
  readonly endMs: number
}

/** `steps[i]` belongs to `trace.hops[i]`; they follow each other without gaps. */
export interface Schedule {
  readonly steps: readonly ScheduledStep[]
  readonly totalMs: number
}

/**
 * Lays out a trace: 600 ms a hop that moves; then what it decides (180 ms a drawn row, the winner 240, more than eight losers in
 * 600 all told; 120 ms a rewrite; 300 ms a drop), which stands for 240 ms.
 */
export function scheduleOf(trace: Trace): Schedule {
  const steps: ScheduledStep[] = []
  const moves = movesOf(trace)
  let clock = 0
  trace.hops.forEach((hop, index) => {
    const move = moves[index]
    const decideMs = clock + (move !== undefined && isMoving(move) ? moveMs : 0)
    const endMs = decideMs + decisionMs(hop) + standMs
    steps.push({ startMs: clock, decideMs, endMs })
    clock = endMs
  })
  return { steps, totalMs: clock }
}

/**
 * The step that plays at a position: the one that begins before it and ends at or after it, so that a step's own end is still its
 * own. -1 without steps.
 */
export function stepAt(schedule: Schedule, positionMs: number): number {
  let [low, high] = [0, schedule.steps.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((schedule.steps[middle]?.endMs ?? 0) >= positionMs) high = middle
    else low = middle + 1
  }
  return high
}

/** Where a step stands when it is chosen: its end, with everything decided. 0 for a step that there is not. */
export function restOf(schedule: Schedule, step: number): number {
  return schedule.steps[step]?.endMs ?? 0
}

function decisionMs(hop: Hop): number {
  const draw = drawTimes(drawOf(hop)?.candidates ?? []).at(-1)?.toMs ?? 0
  if (headerChange(hop) !== undefined) return draw + rewriteMs
  if (draw > 0) return draw
  return hop.kind === 'drop' || hop.kind === 'refuse' ? dropMs : 0
}
