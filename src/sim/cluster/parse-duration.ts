/** Durations as Go writes them: `24h0m0s`, `1.5h`, `90s`, `0` (time.ParseDuration). */

/** Seconds, or undefined where the text is none. Signs are not read. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  if (!/^(\d+(\.\d*)?(h|ms|m|us|µs|ns|s))+$/.test(text)) return undefined
  return [...text.matchAll(/([\d.]+)(h|ms|m|us|µs|ns|s)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * (secondsOf[unit ?? ''] ?? 0),
    0,
  )
}

const secondsOf: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
}
