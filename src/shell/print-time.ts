/** Times as programs print them. The terminal's zone is UTC. */
import type { Millis } from '../sim/clock.ts'

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2026-01-10 12:00:00`, as GNU wget writes it. */
export function printTimestamp(atMs: Millis): string {
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** `Sat Jan 10 12:00:00 2026`, as ctime(3) writes it; with a `zone` as dig does: `Sat Jan 10 12:00:00 UTC 2026`. */
export function printCtime(atMs: Millis, zone?: string): string {
  const date = new Date(atMs)
  const day = days[date.getUTCDay()] ?? ''
  const month = months[date.getUTCMonth()] ?? ''
  const inZone = zone === undefined ? '' : `${zone} `
  const dayOfMonth = String(date.getUTCDate()).padStart(2)
  return `${day} ${month} ${dayOfMonth} ${date.toISOString().slice(11, 19)} ${inZone}${date.getUTCFullYear()}`
}
