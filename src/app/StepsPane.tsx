import { useText } from '../i18n/use-text.ts'
import { Inspector } from '../inspector/Inspector.tsx'
import { StepList } from '../inspector/StepList.tsx'
import styles from './StepsPane.module.css'

/** The current step and, under it, all of them. */
export function StepsPane() {
  const text = useText()
  return (
    <aside className={styles.pane} aria-label={text('steps.label')}>
      <h2 className="visually-hidden">{text('steps.label')}</h2>
      <div className={styles.inspector}>
        <Inspector />
      </div>
      <div className={styles.steps}>
        <StepList />
      </div>
    </aside>
  )
}
