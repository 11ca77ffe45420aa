import { ViewportPortal } from '@xyflow/react'
import { useText } from '../i18n/use-text.ts'
import styles from './Stage.module.css'
import { useStage } from './stage-context.ts'

/** What stands in each lane. */
export function LaneTitles() {
  const text = useText()
  const { lanes } = useStage().scene
  return (
    <ViewportPortal>
      {lanes.map(({ text: title, x, y }) => (
        <p key={title} className={styles.lane} style={{ transform: `translate(${x}px, ${y}px)` }}>
          {text(`stage.lane.${title}`)}
        </p>
      ))}
    </ViewportPortal>
  )
}
