/** What the terminal says where the simulator does not know how a request ends: no tool's text, so that nobody takes it for one. */
import type { Result } from '../sim/trace/trace.ts'

/** The line for a way that led to something not modelled; `undefined`: the way is known to its end. */
export function printUnmodelled(result: Result, program?: 'wget'): string | undefined {
  if (result.kind === 'not-modelled') {
    return `podpath: how this ends is not modelled: ${result.what} (${result.address}:${result.port})\n`
  }
  if (result.kind === 'tls-failed' && program === 'wget')
    return `podpath: what this program prints of a failed TLS handshake is not modelled (${result.address}:${result.port})\n`
  if (result.kind === 'connect-failed' && result.error === 'unknown') {
    return `podpath: how this ends is not modelled (${result.address}:${result.port})\n`
  }
  return undefined
}
