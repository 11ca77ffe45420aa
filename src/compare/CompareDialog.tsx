import { useMemo } from 'react'
import type { Comparison } from '../app/app-state.ts'
import { useApp, useAppStore } from '../app/use-app.ts'
import { useProblemSentence } from '../app/use-problem-sentence.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import styles from './CompareDialog.module.css'
import { examplesIn } from './examples.ts'
import { ModeDifferences } from './ModeDifferences.tsx'
import { OutcomeCard } from './OutcomeCard.tsx'

/** What iptables, nftables and IPVS make of one request, side by side. */
export function CompareDialog() {
  const text = useText()
  const comparison = useApp((state) => state.comparison)
  const close = useApp((state) => state.comparisonClosed)
  return (
    <Dialog
      wide="widest"
      title={text('compare.title')}
      open={comparison !== undefined}
      closeLabel={text('dialog.close')}
      onClose={close}
    >
      {comparison !== undefined && (
        <>
          <p className={styles.request}>
            <span>{text('request.from')}</span> <code>{comparison.request.from}</code>{' '}
            <code className={styles.url}>{comparison.request.url}</code>
          </p>
          <Examples asked={comparison.request} />
          <Answer comparison={comparison} />
          <ModeDifferences />
        </>
      )}
    </Dialog>
  )
}

/** Requests in which the modes differ, one press each. */
function Examples({ asked }: { readonly asked: Comparison['request'] }) {
  const text = useText()
  const store = useAppStore()
  const snapshot = useApp((state) => state.snapshot)
  const examples = useMemo(() => examplesIn(snapshot), [snapshot])
  if (examples.length === 0) return null
  return (
    <fieldset className={styles.examples}>
      <legend className="visually-hidden">{text('compare.examples')}</legend>
      {examples.map(({ id, request }) => (
        <Button
          key={id}
          aria-pressed={request.url === asked.url && request.from === asked.from}
          title={request.url}
          onClick={() => void store.getState().modesCompared(request)}
        >
          {text(`compare.example.${id}`)}
        </Button>
      ))}
    </fieldset>
  )
}

function Answer({ comparison: { answer } }: { readonly comparison: Comparison }) {
  const text = useText()
  const says = useProblemSentence()
  if (answer === undefined) return <output className={styles.waiting}>{text('compare.waiting')}</output>
  if (answer.kind === 'problem')
    return (
      <p role="alert" className={styles.problem}>
        {says(answer.problem)}
      </p>
    )
  return (
    <div className={styles.outcomes}>
      {answer.outcomes.map((outcome) => (
        <OutcomeCard key={outcome.mode} outcome={outcome} />
      ))}
    </div>
  )
}
