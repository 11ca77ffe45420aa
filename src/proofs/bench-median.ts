/** How long one thing takes. */
export interface Measured {
  readonly what: string
  /** The median. */
  readonly ms: number
  readonly fastestMs: number
  readonly runs: number
  /** What it shall take on two cores that do nothing else. */
  readonly aim?: string
}

/** One run to warm up, then `runs` that count. */
export function median(what: string, runs: number, work: () => void): Measured {
  return medianOf(what, runs, () => undefined, work)
}

/** The same of a run that needs something made for it, from its number, off the clock. */
export function medianOf<Input>(
  what: string,
  runs: number,
  prepare: (run: number) => Input,
  work: (input: Input) => void,
): Measured {
  work(prepare(0))
  const times = Array.from({ length: runs }, (_, run) => {
    const input = prepare(run + 1)
    const start = performance.now()
    work(input)
    return performance.now() - start
  }).toSorted((a, b) => a - b)
  return { what, ms: times[runs >> 1] ?? 0, fastestMs: times[0] ?? 0, runs }
}
