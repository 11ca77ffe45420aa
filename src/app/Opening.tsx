import { useText } from '../i18n/use-text.ts'
import { RequestBar } from './RequestBar.tsx'
import styles from './Opening.module.css'

/** The first screen's question, and the bar that answers it. */
export function Opening() {
  const text = useText()
  return (
    <div className={styles.opening}>
      <h1>{text('opening.question')}</h1>
      <RequestBar opening />
    </div>
  )
}
