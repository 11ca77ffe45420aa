import type { Result } from '../sim/trace/trace.ts'

/** How sure the client can be of who answered over https: the state of a browser's padlock. Undefined where none is shown: no answer, or one in plain. */
export function lockOf(result: Result): 'verified' | 'unverified' | undefined {
  if (result.kind !== 'http' || result.tls === undefined) return undefined
  const { chainVerdict, hostMatch } = result.tls
  return chainVerdict.kind === 'trusted' && hostMatch?.kind === 'matched' ? 'verified' : 'unverified'
}
