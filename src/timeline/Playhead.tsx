import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { AppState } from '../app/app-state.ts'
import { useApp, useAppStore } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import styles from './Timeline.module.css'

const stepOf = (state: AppState) => state.step
const traceOf = (state: AppState) => state.trace

/** Where playback stands. The clock moves it, outside React; as a slider it goes by steps. */
export function Playhead() {
  const text = useText()
  const say = usePhrase()
  const store = useAppStore()
  const trace = useApp(traceOf)
  const step = useApp(stepOf)
  const head = useRef<HTMLDivElement>(null)
  const count = trace?.hops.length ?? 0
  const hop = trace?.hops[step]

  useEffect(() => {
    const { clock } = store.getState()
    const place = (positionMs: number) => {
      const { schedule } = store.getState()
      if (head.current !== null && schedule !== undefined && schedule.totalMs > 0)
        head.current.style.transform = `translateX(${(positionMs / schedule.totalMs) * 100}%)`
    }
    place(clock.positionMs())
    return clock.subscribe(place)
  }, [store, trace])

  const keyPressed = (event: KeyboardEvent) => {
    const act = actions(store.getState())[event.key]
    if (act === undefined) return
    // The page's own keys do the same; once is enough.
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  return (
    <div ref={head} className={styles.carriage}>
      <div
        className={styles.playhead}
        role="slider"
        tabIndex={0}
        aria-label={text('timeline.playhead')}
        aria-valuemin={1}
        aria-valuemax={Math.max(1, count)}
        aria-valuenow={Math.max(1, step + 1)}
        aria-valuetext={hop && text('timeline.stepText', { step: step + 1, count, label: say(hop.label) })}
        onKeyDown={keyPressed}
      />
    </div>
  )
}

function actions({
  stepBack,
  stepForward,
  firstPressed,
  lastPressed,
}: AppState): Readonly<Record<string, () => void>> {
  return {
    ArrowLeft: stepBack,
    ArrowDown: stepBack,
    ArrowRight: stepForward,
    ArrowUp: stepForward,
    Home: firstPressed,
    End: lastPressed,
  }
}
