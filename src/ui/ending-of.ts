import type { Verdict } from '../sim/trace/trace.ts'

/** `no`: an answer that says no, such as a 404 or a 503. */
export interface Ending {
  readonly tone: 'good' | 'no' | 'bad' | 'unknown'
  readonly sign: '✓' | '!' | '✕' | '?'
}

/** How the end of a trace looks. What is not known never looks good. */
export function endingOf({ kind, status }: Pick<Verdict, 'kind' | 'status'>): Ending {
  switch (kind) {
    case 'answered':
      return status !== undefined && status >= 400 ? { tone: 'no', sign: '!' } : { tone: 'good', sign: '✓' }
    case 'unknown':
      return { tone: 'unknown', sign: '?' }
    case 'refused':
    case 'timed-out':
    case 'reset':
    case 'name-not-found':
    case 'unreachable':
    case 'tls-failed':
    case 'dropped':
    case 'bad-request':
      return { tone: 'bad', sign: '✕' }
  }
}
