/** Which candidates of a decision are drawn, and which fold away, so that the winner is always in sight. */
import type { Candidate } from '../sim/trace/trace.ts'

/**
 * A row: a candidate with its number in the order tried, or a run of candidates folded into one line. `canOpen`: the folded ones
 * are there to be shown; a pass of a real node's rules is so long that the trace itself leaves some out.
 */
export type CandidateRow =
  | { readonly kind: 'candidate'; readonly number: number; readonly candidate: Candidate }
  | {
      readonly kind: 'folded'
      readonly from: number
      readonly to: number
      readonly notTried: boolean
      readonly canOpen: boolean
    }

/** So many rows stand without folding. */
const roomFor = 9
/** A fold of fewer candidates would take the room that it saves. */
const leastFold = 2
/** Always drawn: the first so many, and so many before and after the one that decided. */
const kept = { head: 2, before: 2, after: 1 }

/** The rows of a decision, in the order tried. `open`: nothing folds that can be shown. */
export function candidateRows(candidates: readonly Candidate[], open: boolean): readonly CandidateRow[] {
  const rows: CandidateRow[] = []
  let number = 1
  for (const group of groupsOf(candidates, !open && candidates.length > roomFor)) {
    const count = group.reduce((sum, each) => sum + countOf(each), 0)
    const [candidate] = group
    if (group.length > 1 || candidate === undefined || isLeftOut(candidate))
      rows.push(fold(group, number, number + count - 1))
    else rows.push({ kind: 'candidate', number, candidate })
    number += count
  }
  return rows
}

/** Candidates that share a row: those that fold together, each other one alone. */
function groupsOf(candidates: readonly Candidate[], folds: boolean): readonly (readonly Candidate[])[] {
  const deciding = candidates.findIndex((each) => each.verdict === 'won' || each.verdict === 'unknown')
  const groups: (readonly Candidate[])[] = []
  for (let at = 0; at < candidates.length; at += groups.at(-1)?.length ?? 1) {
    const end = folds ? endOfHidden(candidates, at, deciding) : at
    groups.push(candidates.slice(at, end - at < leastFold ? at + 1 : end))
  }
  return groups
}

function fold(candidates: readonly Candidate[], from: number, to: number): CandidateRow {
  return {
    kind: 'folded',
    from,
    to,
    notTried: candidates.every((each) => each.verdict === 'not-tried'),
    canOpen: !candidates.every(isLeftOut),
  }
}

/** Stands for rules that the trace leaves out (`reason.more-rules-lost`). */
function isLeftOut(candidate: Candidate): boolean {
  return candidate.id === 'folded'
}

function countOf(candidate: Candidate): number {
  return isLeftOut(candidate) ? Number(candidate.reason.values['count'] ?? 1) : 1
}

function isKept(index: number, count: number, deciding: number): boolean {
  if (index < kept.head || index === count - 1) return true
  return deciding >= 0 && index >= deciding - kept.before && index <= deciding + kept.after
}

function endOfHidden(candidates: readonly Candidate[], from: number, deciding: number): number {
  let to = from
  while (to < candidates.length && !isKept(to, candidates.length, deciding)) to++
  return to
}
