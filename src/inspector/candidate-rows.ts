/** Which candidates of a decision are drawn, and which fold away, so that the winner is always in sight. */
import type { Candidate } from '../sim/trace/trace.ts'

/** A row: a candidate with its number in the order tried, or a run of candidates folded into one line. */
export type CandidateRow =
  | { readonly kind: 'candidate'; readonly number: number; readonly candidate: Candidate }
  | { readonly kind: 'folded'; readonly from: number; readonly to: number; readonly notTried: boolean }

/** So many rows stand without folding. */
const roomFor = 9
/** A fold of fewer candidates would take the room that it saves. */
const leastFold = 2
/** Always drawn: the first so many, and so many before the one that decided. */
const kept = { head: 2, before: 2, after: 1 }

/** The rows of a decision, in the order tried. `open`: nothing folds. */
export function candidateRows(candidates: readonly Candidate[], open: boolean): readonly CandidateRow[] {
  const shown = candidates.map((candidate, index) =>
    isKept(index, candidates.length, decidingIndex(candidates)) ? candidate : undefined,
  )
  const all = open || candidates.length <= roomFor
  const rows: CandidateRow[] = []
  for (let at = 0; at < candidates.length; at++) {
    const run = all ? 0 : runOfHidden(shown, at)
    const candidate = candidates[at]
    if (run >= leastFold) {
      const folded = candidates.slice(at, at + run)
      rows.push({
        kind: 'folded',
        from: at + 1,
        to: at + run,
        notTried: folded.every((each) => each.verdict === 'not-tried'),
      })
      at += run - 1
    } else if (candidate !== undefined) rows.push({ kind: 'candidate', number: at + 1, candidate })
  }
  return rows
}

function decidingIndex(candidates: readonly Candidate[]): number {
  return candidates.findIndex((each) => each.verdict === 'won' || each.verdict === 'unknown')
}

function isKept(index: number, count: number, deciding: number): boolean {
  if (index < kept.head || index === count - 1) return true
  return deciding >= 0 && index >= deciding - kept.before && index <= deciding + kept.after
}

function runOfHidden(shown: readonly (Candidate | undefined)[], from: number): number {
  let to = from
  while (to < shown.length && shown[to] === undefined) to++
  return to - from
}
