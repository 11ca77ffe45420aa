import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import type { Candidate } from '../sim/trace/trace.ts'
import { CandidateLine } from './CandidateLine.tsx'
import styles from './CandidateList.module.css'
import { candidateRows, type CandidateRow } from './candidate-rows.ts'

interface CandidateListProps {
  readonly label: string
  readonly candidates: readonly Candidate[]
  readonly node: string | undefined
}

/** The candidates of a decision in the order tried; the winner where it stood. Long runs of losers fold. */
export function CandidateList({ label, candidates, node }: CandidateListProps) {
  const [open, setOpen] = useState(false)
  return (
    <ol className={styles.list} aria-label={label}>
      {candidateRows(candidates, open).map((row) =>
        row.kind === 'candidate' ? (
          <CandidateLine key={row.number} number={row.number} candidate={row.candidate} node={node} />
        ) : (
          <Folded key={row.from} row={row} onOpen={() => setOpen(true)} />
        ),
      )}
    </ol>
  )
}

interface FoldedProps {
  readonly row: Extract<CandidateRow, { kind: 'folded' }>
  readonly onOpen: () => void
}

/** `29 more that did not match`, and the way to see them. */
function Folded({ row, onOpen }: FoldedProps) {
  const text = useText()
  const count = row.to - row.from + 1
  const says = text(row.notTried ? 'inspector.folded.notTried' : 'inspector.folded', { count })
  return (
    <li className={styles.fold}>
      {row.canOpen ? (
        <button type="button" onClick={onOpen}>
          <span>{says}</span>
          <span className={styles.unfold}>{text('inspector.unfold')}</span>
        </button>
      ) : (
        <span className={styles.leftOut}>{says}</span>
      )}
    </li>
  )
}
