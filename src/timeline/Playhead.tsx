import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { AppState } from '../app/app-state.ts'
import { useApp, useAppStore } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import { pixelOf, type TimeScale } from './time-scale.ts'
import styles from './Timeline.module.css'

const stepOf = (state: AppState) => state.step
const traceOf = (state: AppState) => state.trace

/** Where playback stands. The clock moves it, outside React; to the keyboard it is a slider that goes by steps. */
export function Playhead({ scale }: { readonly scale: TimeScale }) {
  const text = useText()
  const say = usePhrase()
  const store = useAppStore()
  const trace = useApp(traceOf)
  const step = useApp(stepOf)
  const line = useRef<HTMLDivElement>(null)
  const count = trace?.hops.length ?? 0
  const hop = trace?.hops[step]

  useEffect(() => {
    const { clock } = store.getState()
    const place = (positionMs: number) => {
      const { schedule } = store.getState()
      if (line.current !== null && schedule !== undefined)
        line.current.style.transform = `translateX(${pixelOf(scale, schedule, positionMs)}px)`
    }
    place(clock.positionMs())
    return clock.subscribe(place)
  }, [store, trace, scale])

  // One step on moves the packet there; any other step is a leap.
  const chosen = (wanted: number) => {
    const { stepForward, stepChosen } = store.getState()
    if (wanted === step + 1) stepForward()
    else stepChosen(wanted)
  }
  return (
    <div ref={line} className={styles.playhead}>
      <input
        type="range"
        className={styles.slider}
        min={1}
        max={Math.max(1, count)}
        value={Math.max(1, step + 1)}
        aria-label={text('timeline.playhead')}
        aria-valuetext={hop && text('timeline.stepText', { step: step + 1, count, label: say(hop.label) })}
        onKeyDown={keepFromPage}
        onChange={(event) => chosen(Number(event.currentTarget.value) - 1)}
      />
    </div>
  )
}

/** The page's own keys step too; once is enough. */
function keepFromPage(event: KeyboardEvent): void {
  if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End') event.stopPropagation()
}
