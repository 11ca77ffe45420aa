/**
 * Simulated time in milliseconds since the Unix epoch, or a span of it. Nothing in `sim` reads a real clock. Whole microseconds: a double
 * holds those of the next two centuries apart, so that sums are exact, in any order and on every machine.
 */
export type Millis = number

/** A time that much later, to the microsecond. */
export function later(at: Millis, spanMs: Millis): Millis {
  return Math.round((at + spanMs) * 1000) / 1000
}

/** The span between two times, to the microsecond. */
export function between(from: Millis, to: Millis): Millis {
  return Math.round((to - from) * 1000) / 1000
}
