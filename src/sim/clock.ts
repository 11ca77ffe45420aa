/** Simulated time in milliseconds since the Unix epoch, or a span of it. Nothing in `sim` reads a real clock. */
export type Millis = number
