/** A diagnostic ready to be drawn: its sentence in the page's language. */
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'

export interface ShownProblem {
  readonly severity: Diagnostic['severity']
  /** `Error`, for screen readers. */
  readonly word: string
  readonly message: string
  readonly hint?: string
  /** Absent: the whole file is meant. */
  readonly range?: { readonly from: number; readonly to: number }
}

/** So many sentences stand in the text; the rest is counted. */
export const sentenceRoom = 40

/** The problems worth a sentence, the first in the file first, the grave before the light on the same place. */
export function inReadingOrder(problems: readonly ShownProblem[]): readonly ShownProblem[] {
  const weight = { error: 0, warning: 1, info: 2 }
  return problems.toSorted(
    (a, b) => (a.range?.from ?? -1) - (b.range?.from ?? -1) || weight[a.severity] - weight[b.severity],
  )
}
