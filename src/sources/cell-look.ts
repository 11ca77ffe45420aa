/** What a cell shows at a glance: kept, masqueraded, or how it ended; a sign and a tone beside the word, never colour alone. */
import type { SourceCell } from '../sim/source-cells/source-cell.ts'

export type SentCell = Extract<SourceCell, { kind: 'sent' }>

export interface CellLook {
  readonly word:
    'kept' | 'masqueraded' | 'one-way' | 'answered-by-other' | 'refused' | 'timed-out' | 'ended' | 'unknown'
  readonly tone: 'good' | 'changed' | 'bad' | 'unknown'
  readonly sign: '✓' | '⇄' | '✕' | '?'
}

/** The look of a cell whose request was sent. */
export function lookOf({ verdict, reached, decided }: SentCell): CellLook {
  if (verdict.kind === 'unknown') return { word: 'unknown', tone: 'unknown', sign: '?' }
  if (reached === 'one-way') return { word: 'one-way', tone: 'bad', sign: '✕' }
  if (reached === 'yes')
    return decided?.kind === 'masqueraded'
      ? { word: 'masqueraded', tone: 'changed', sign: '⇄' }
      : { word: 'kept', tone: 'good', sign: '✓' }
  switch (verdict.kind) {
    case 'answered':
      return { word: 'answered-by-other', tone: 'bad', sign: '✕' }
    case 'refused':
    case 'timed-out':
      return { word: verdict.kind, tone: 'bad', sign: '✕' }
    case 'reset':
    case 'tls-failed':
    case 'name-not-found':
    case 'unreachable':
    case 'dropped':
    case 'bad-request':
      return { word: 'ended', tone: 'bad', sign: '✕' }
  }
}
