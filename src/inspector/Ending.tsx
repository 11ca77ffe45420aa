import { useApp } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import { endingOf } from '../ui/ending-of.ts'
import styles from './Ending.module.css'
import { lockOf } from './lock-of.ts'

/** How the trace ends, in one line: answered, refused, timed out, not known. */
export function Ending() {
  const text = useText()
  const say = usePhrase()
  const verdict = useApp((state) => state.trace?.verdict)
  const lock = useApp((state) => state.trace && lockOf(state.trace.result))
  if (verdict === undefined) return null
  const { tone, sign } = endingOf(verdict)
  return (
    <p className={styles.ending} data-tone={tone}>
      <span aria-hidden="true">{sign}</span>
      <span className={styles.lead}>{text('inspector.ending')}</span>
      <b>{say(verdict.phrase)}</b>
      {lock !== undefined && <span>{text(`inspector.lock.${lock}`)}</span>}
    </p>
  )
}
