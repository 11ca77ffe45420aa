import { memo } from 'react'
import { useAppStore } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import { whenOf, type Bar, type Lane } from './lanes-of.ts'
import { nameWidth, type TimeScale } from './time-scale.ts'
import styles from './Timeline.module.css'

interface LaneRowProps {
  readonly lane: Lane
  readonly scale: TimeScale
  readonly step: number
  readonly count: number
}

/** The flights of one exchange. A click chooses a step; the keyboard has the playhead and the list of steps for that. */
export const LaneRow = memo(function LaneRow({ lane, scale, step, count }: LaneRowProps) {
  return (
    <div className={styles.bars}>
      {lane.bars.map((bar, index) => (
        <Flight
          key={bar.hops[0].index}
          bar={bar}
          free={scale.edges[endOf(lane.bars[index - 1])] ?? 0}
          scale={scale}
          step={step}
          count={count}
        />
      ))}
    </div>
  )
})

interface FlightProps extends Omit<LaneRowProps, 'lane'> {
  readonly bar: Bar
  /** Where the flight before it ends. */
  readonly free: number
}

function Flight({ bar, free, scale, step, count }: FlightProps) {
  const text = useText()
  const say = usePhrase()
  const store = useAppStore()
  const edge = (index: number) => scale.edges[index] ?? 0
  const from = edge(bar.hops[0].index)
  const to = edge(endOf(bar))
  const unnamed = bar.hops.find((hop) => hop.index === step && !scale.named.has(hop.index))
  const room = to - from - (unnamed === undefined ? 0 : nameWidth(say(unnamed.label)))
  // A name longer than its flight begins before it, where nothing stands.
  const nowLeft = Math.max(free - from, Math.min(edge(step) - from, room))
  return (
    <div className={styles.bar} data-phase={bar.phase} style={{ left: from, width: to - from - 3 }}>
      {bar.hops.map((hop) => (
        <button
          key={hop.index}
          type="button"
          tabIndex={-1}
          className={styles.cell}
          data-when={whenOf(hop, step)}
          data-named={scale.named.has(hop.index)}
          style={{ flexBasis: edge(hop.index + 1) - edge(hop.index) }}
          title={say(hop.title)}
          aria-label={text('timeline.stepText', { step: hop.index + 1, count, label: say(hop.label) })}
          onClick={() => store.getState().stepChosen(hop.index)}
        >
          <span className={styles.label}>{say(hop.label)}</span>
        </button>
      ))}
      {unnamed !== undefined && (
        <span className={styles.now} style={{ left: nowLeft }} aria-hidden="true">
          {say(unnamed.label)}
        </span>
      )}
    </div>
  )
}

/** The step after a flight; the first without one. */
function endOf(bar: Bar | undefined): number {
  return bar === undefined ? 0 : (bar.hops.at(-1) ?? bar.hops[0]).index + 1
}
