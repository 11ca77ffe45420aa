/** RFC 9110 §5.6.7. */
import type { Millis } from '../clock.ts'

/** The moment as the `Date` header writes it: `Wed, 25 Nov 2026 01:03:57 GMT`. */
export function httpDate(atMs: Millis): string {
  return new Date(atMs).toUTCString()
}
