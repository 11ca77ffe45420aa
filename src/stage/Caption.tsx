import type { AppState } from '../app/app-state.ts'
import { useApp } from '../app/use-app.ts'
import { usePhrase } from '../i18n/use-text.ts'
import styles from './Caption.module.css'

const hopShown = (state: AppState) => state.trace?.hops[state.step]

/** One plain sentence for the step, for the room to read. The announcer of the page says it to screen readers. */
export function Caption() {
  const say = usePhrase()
  const hop = useApp(hopShown)
  if (hop === undefined) return null
  return (
    <p className={styles.caption} data-phase={hop.phase} aria-hidden="true">
      <b>{say(hop.label)}</b> {say(hop.caption)}
    </p>
  )
}
