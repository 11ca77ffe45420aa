import type { AppState } from '../app/app-state.ts'
import { stagedTrace } from '../app/selectors.ts'
import { useApp } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import styles from './StageNotes.module.css'

const isOldPicture = (state: AppState) => state.traceIsStale && state.picture === 'trace'
const isPastTrace = (state: AppState) => state.trace !== undefined && state.picture === 'cluster'
/** With a trace the caption has the place, and says more. */
const hasNoPods = (state: AppState) =>
  stagedTrace(state) === undefined && !state.snapshot.pods.some(({ role }) => role === 'app')
/** The first waiting file that makes Pods. */
const fileToApply = (state: AppState) =>
  state.snapshot.files.find(
    ({ applied, system, text }) =>
      !applied && !system && /^kind: (Deployment|Pod|StatefulSet|DaemonSet)\s*$/m.test(text),
  )?.name

/**
 * What the picture cannot say by itself, in the band that no card enters: that it is older than the cluster, that the trace is, or that
 * nothing runs yet.
 */
export function StageNotes() {
  const text = useText()
  const old = useApp(isOldPicture)
  const past = useApp(isPastTrace)
  const empty = useApp(hasNoPods)
  const file = useApp(fileToApply)
  if (old) return <p className={styles.old}>{text('stage.stale')}</p>
  if (!past && !empty) return null
  return (
    <div className={past ? styles.now : styles.empty}>
      {empty && <p>{file === undefined ? text('stage.empty') : text('stage.empty.apply', { file })}</p>}
      {past && <p>{text('stage.clusterNow')}</p>}
    </div>
  )
}
