/** The command line of ping, BusyBox's and iputils': what both have. */
import { isGiven, lastValue, readOptions } from './read-options.ts'

export interface PingOptions {
  readonly host: string
  /** Absent: until somebody presses Ctrl-C. */
  readonly count?: number
  readonly quiet: boolean
  readonly payloadBytes: number
  /** `-W`: how long to wait for an answer after the last request. */
  readonly waitMs?: number
}

/** How many requests a ping without `-c` sends here, before the Ctrl-C that nobody presses. */
export const countUntilInterrupted = 4

/** Reads the arguments. `missing`: no host. */
export function readPingOptions(args: readonly string[]):
  | { readonly ok: true; readonly options: PingOptions }
  | {
      readonly ok: false
      readonly problem: 'unknown' | 'needs-value' | 'missing' | 'bad-count'
      readonly option: string
    } {
  const read = readOptions(args, {
    flags: ['q', 'n', '4', '6', 'A', 'v', 'b', 'D', 'O'],
    values: ['c', 'W', 'w', 'i', 's', 't', 'I'],
  })
  if (!read.ok) return read
  const [host] = read.operands
  if (host === undefined) return { ok: false, problem: 'missing', option: '' }
  const count = lastValue(read.options, 'c')
  if (count !== undefined && !(Number(count) >= 1 && Number(count) <= 10_000)) {
    return { ok: false, problem: 'bad-count', option: count }
  }
  const wait = Number(lastValue(read.options, 'W') ?? 0)
  return {
    ok: true,
    options: {
      host,
      ...(count !== undefined && { count: Math.floor(Number(count)) }),
      quiet: isGiven(read.options, 'q'),
      payloadBytes: Number(lastValue(read.options, 's') ?? 56),
      ...(wait > 0 && { waitMs: Math.round(wait * 1000) }),
    },
  }
}
