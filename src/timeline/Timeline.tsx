import { useMemo, useRef } from 'react'
import type { AppState } from '../app/app-state.ts'
import { useApp } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import { LaneRow } from './LaneRow.tsx'
import { lanesOf } from './lanes-of.ts'
import { Playhead } from './Playhead.tsx'
import styles from './Timeline.module.css'
import { useScrub } from './use-scrub.ts'

const traceOf = (state: AppState) => state.trace
const scheduleOf = (state: AppState) => state.schedule
const stepOf = (state: AppState) => state.step

/** A lane an exchange, a bar a hop, a playhead to drag. Fills its container; many lanes scroll. */
export function Timeline() {
  const text = useText()
  const say = usePhrase()
  const trace = useApp(traceOf)
  const schedule = useApp(scheduleOf)
  const step = useApp(stepOf)
  const ground = useRef<HTMLDivElement>(null)
  const scrub = useScrub(ground)
  const lanes = useMemo(() => (trace && schedule ? lanesOf(trace, schedule) : []), [trace, schedule])
  if (trace === undefined || schedule === undefined)
    return <p className={styles.empty}>{text('timeline.empty')}</p>
  return (
    <div className={styles.timeline}>
      <div className={styles.lanes}>
        {lanes.map((lane) => (
          <div key={lane.exchange.id} className={styles.lane}>
            <span className={styles.title} title={say(lane.exchange.title)}>
              {say(lane.exchange.title)}
            </span>
            <LaneRow lane={lane} step={step} count={trace.hops.length} />
          </div>
        ))}
        <div ref={ground} className={styles.ground} {...scrub}>
          <Playhead />
        </div>
      </div>
    </div>
  )
}
