import { useText } from '../i18n/use-text.ts'
import styles from './RequestBar.module.css'
import { useApp } from './use-app.ts'

/** A thin line while the lab works longer than a moment; never a spinner over the stage. */
export function BusyLine() {
  const text = useText()
  const busy = useApp((state) => state.busy)
  return busy && <progress className={styles.busy} aria-label={text('request.busy')} />
}
