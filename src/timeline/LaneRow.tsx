import { memo } from 'react'
import { useAppStore } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import { whenOf, type Lane } from './lanes-of.ts'
import styles from './Timeline.module.css'

/** The bars of one exchange. A click chooses the step; the keyboard has the playhead and the list of steps for that. */
export const LaneRow = memo(function LaneRow({
  lane,
  step,
  count,
}: {
  readonly lane: Lane
  readonly step: number
  readonly count: number
}) {
  const text = useText()
  const say = usePhrase()
  const store = useAppStore()
  return (
    <div className={styles.bars}>
      {lane.bars.map(({ hop, from, width }) => (
        <button
          key={hop.index}
          type="button"
          tabIndex={-1}
          className={styles.bar}
          data-phase={hop.phase}
          data-when={whenOf(hop, step)}
          style={placeOf(from, width)}
          title={say(hop.title)}
          aria-label={text('timeline.stepText', {
            step: hop.index + 1,
            count,
            label: say(hop.label),
          })}
          onClick={() => store.getState().stepChosen(hop.index)}
        >
          <span className={styles.label}>{say(hop.label)}</span>
        </button>
      ))}
    </div>
  )
})

/** Bars near the end are held at their right, so that one that grows for its name grows to the left. */
function placeOf(from: number, width: number) {
  const size = { width: `${width * 100}%` }
  return from < 0.85
    ? { ...size, left: `${from * 100}%` }
    : { ...size, right: `${(1 - from - width) * 100}%` }
}
