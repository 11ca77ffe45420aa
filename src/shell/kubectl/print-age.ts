/** Ages as `kubectl get` writes them (k8s.io/apimachinery pkg/util/duration, HumanDuration). */
import type { Millis } from '../../sim/clock.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

/** The age of something made at `createdAtMs`: two units where the first is small, `<invalid>` where it lies ahead. */
export function printAge(createdAtMs: Millis, nowMs: Millis): string {
  return printDuration(nowMs - createdAtMs)
}

/** A span in whole seconds, minutes, hours, days or years: `119s`, `2m5s`, `3h7m`, `14d`. */
function printDuration(spanMs: Millis): string {
  const seconds = Math.trunc(spanMs / 1000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 2 * minute) return `${seconds}s`
  if (seconds < 10 * minute) return twoUnits(seconds, minute, 'm', 1, 's')
  if (seconds < 3 * hour) return `${Math.floor(seconds / minute)}m`
  if (seconds < 8 * hour) return twoUnits(seconds, hour, 'h', minute, 'm')
  if (seconds < 2 * day) return `${Math.floor(seconds / hour)}h`
  if (seconds < 8 * day) return twoUnits(seconds, day, 'd', hour, 'h')
  if (seconds < 2 * year) return `${Math.floor(seconds / day)}d`
  if (seconds < 8 * year) return twoUnits(seconds, year, 'y', day, 'd')
  return `${Math.floor(seconds / year)}y`
}

/** The smaller unit only where it is not zero. */
function twoUnits(seconds: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((seconds % big) / small)
  return `${Math.floor(seconds / big)}${bigName}${rest === 0 ? '' : `${rest}${smallName}`}`
}
