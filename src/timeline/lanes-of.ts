/** The timeline's geometry: a lane an exchange, a bar a hop, in shares of the whole. */
import type { Schedule } from '../playback/schedule.ts'
import type { Exchange, Hop, Trace } from '../sim/trace/trace.ts'

export interface Lane {
  readonly exchange: Exchange
  readonly bars: readonly Bar[]
}

/** `from` and `width` are shares of the playback time, 0…1. */
export interface Bar {
  readonly hop: Hop
  readonly from: number
  readonly width: number
}

/** Every exchange of a trace with its hops. An exchange without hops has an empty lane: it was never reached. */
export function lanesOf(trace: Trace, schedule: Schedule): readonly Lane[] {
  return trace.exchanges.map((exchange) => ({
    exchange,
    bars: trace.hops.filter((hop) => hop.exchange === exchange.id).map((hop) => barOf(hop, schedule)),
  }))
}

/** Where a bar stands beside the step shown: what lies ahead is tinted, what is past is filled. */
export function whenOf(hop: Hop, step: number): 'past' | 'now' | 'next' {
  if (hop.index === step) return 'now'
  return hop.index < step ? 'past' : 'next'
}

function barOf(hop: Hop, { steps, totalMs }: Schedule): Bar {
  const { startMs, endMs } = steps[hop.index] ?? { startMs: 0, endMs: 0 }
  return { hop, from: startMs / totalMs, width: (endMs - startMs) / totalMs }
}
