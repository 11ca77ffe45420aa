import type { AppState } from '../app/app-state.ts'
import { useApp } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import styles from './StageNotes.module.css'

const isStale = (state: AppState) => state.traceIsStale
/** With a trace the caption has the place, and says more. */
const hasNoPods = (state: AppState) =>
  state.trace === undefined && !state.snapshot.pods.some(({ role }) => role === 'app')
/** The first waiting file that makes Pods. */
const fileToApply = (state: AppState) =>
  state.snapshot.files.find(
    ({ applied, system, text }) =>
      !applied && !system && /^kind: (Deployment|Pod|StatefulSet|DaemonSet)\s*$/m.test(text),
  )?.name

/** What the picture cannot say by itself: that it is older than the cluster, or that nothing runs yet. */
export function StageNotes() {
  const text = useText()
  const stale = useApp(isStale)
  const empty = useApp(hasNoPods)
  const file = useApp(fileToApply)
  return (
    <>
      {stale && <p className={styles.stale}>{text('stage.stale')}</p>}
      {empty && (
        <p className={styles.empty}>
          {file === undefined ? text('stage.empty') : text('stage.empty.apply', { file })}
        </p>
      )}
    </>
  )
}
