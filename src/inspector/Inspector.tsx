import { currentHop, stepCount } from '../app/selectors.ts'
import { useApp } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { BeforeSend } from './BeforeSend.tsx'
import { CardFacts } from './CardFacts.tsx'
import { selectedObject } from './selected-object.ts'
import styles from './Inspector.module.css'
import { StepView } from './StepView.tsx'

/** The right pane: the selected card's facts, else the current step, else what Send will show. */
export function Inspector() {
  const text = useText()
  const hop = useApp(currentHop)
  const total = useApp(stepCount)
  const snapshot = useApp((state) => state.snapshot)
  const card = selectedObject(
    snapshot,
    useApp((state) => state.selectedCard),
  )
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className={styles.inspector} aria-label={text('inspector.label')} tabIndex={0}>
      {card !== undefined ? (
        <CardFacts card={card} />
      ) : hop !== undefined ? (
        <StepView hop={hop} total={total} />
      ) : (
        <BeforeSend />
      )}
    </section>
  )
}
