/** A trace laid out in playback time: what the clock counts, not what the cluster took. */
import type { Trace } from '../sim/trace/trace.ts'

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

/** Motion as visual.md sets it: 600 ms a hop; 180 ms a drawn row, the winner 240, more than eight losers in 600 all told. */
export function scheduleOf(trace: Trace): Schedule {
  void trace
  throw new Error('written by the stage')
}
