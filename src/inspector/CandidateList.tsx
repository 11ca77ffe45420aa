import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import type { Candidate } from '../sim/trace/trace.ts'
import { CandidateLine } from './CandidateLine.tsx'
import styles from './CandidateList.module.css'
import { candidateRows } from './candidate-rows.ts'

interface CandidateListProps {
  readonly label: string
  readonly candidates: readonly Candidate[]
  readonly node: string | undefined
}

/** The candidates of a decision in the order tried; the winner where it stood. Long runs of losers fold. */
export function CandidateList({ label, candidates, node }: CandidateListProps) {
  const [open, setOpen] = useState(false)
  const text = useText()
  return (
    <ol className={styles.list} aria-label={label}>
      {candidateRows(candidates, open).map((row) =>
        row.kind === 'candidate' ? (
          <CandidateLine key={row.number} number={row.number} candidate={row.candidate} node={node} />
        ) : (
          <li key={`${row.from}-${row.to}`} className={styles.fold}>
            <button type="button" onClick={() => setOpen(true)}>
              <span>
                {text(row.notTried ? 'inspector.folded.notTried' : 'inspector.folded', {
                  count: row.to - row.from + 1,
                })}
              </span>
              <span className={styles.unfold}>{text('inspector.unfold')}</span>
            </button>
          </li>
        ),
      )}
    </ol>
  )
}
