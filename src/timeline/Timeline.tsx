import { useLingui } from '@lingui/react'
import { useEffect, useMemo, useRef, type RefObject } from 'react'
import type { AppState } from '../app/app-state.ts'
import { useApp } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import type { Schedule } from '../playback/schedule.ts'
import type { Hop, Trace } from '../sim/trace/trace.ts'
import { useSize } from '../ui/use-size.ts'
import { LaneRow } from './LaneRow.tsx'
import { lanesOf } from './lanes-of.ts'
import { Playhead } from './Playhead.tsx'
import { timeScaleOf, type TimeScale } from './time-scale.ts'
import styles from './Timeline.module.css'
import { useScrub } from './use-scrub.ts'

const traceOf = (state: AppState) => state.trace
const scheduleOf = (state: AppState) => state.schedule
const stepOf = (state: AppState) => state.step
/** As the style sheet has them: the lanes' titles, and what stands round the lanes on both sides. */
const [titleWidth, around] = [124, 44]
const leastLane = 26
const widthUnknown = 640

/** A lane an exchange, a bar a packet's flight, a playhead to drag. Fills its container; what is many scrolls. */
export function Timeline() {
  const text = useText()
  const trace = useApp(traceOf)
  const schedule = useApp(scheduleOf)
  if (trace === undefined || schedule === undefined)
    return <p className={styles.empty}>{text('timeline.empty')}</p>
  return <Lanes trace={trace} schedule={schedule} />
}

function Lanes({ trace, schedule }: { readonly trace: Trace; readonly schedule: Schedule }) {
  const say = usePhrase()
  const step = useApp(stepOf)
  const holder = useRef<HTMLDivElement>(null)
  const ground = useRef<HTMLDivElement>(null)
  const width = (useSize(holder)?.width ?? widthUnknown) - around - titleWidth
  const lanes = useMemo(() => lanesOf(trace), [trace])
  const { i18n } = useLingui()
  const { locale } = i18n
  // By language: what says phrases is made anew with every step.
  const scale = useMemo(() => {
    const nameOf = ({ label }: Hop) => i18n._(label.id, { ...label.values })
    return timeScaleOf(lanes, schedule, width, nameOf)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the same object says another language
  }, [lanes, schedule, width, i18n, locale])
  const scrub = useScrub(ground, scale)
  const laneAt = lanes.findIndex(({ exchange }) => exchange.id === trace.hops[step]?.exchange)
  useFollow(holder, scale, { step, lane: laneAt / lanes.length })
  return (
    <div ref={holder} className={styles.timeline}>
      <div
        className={styles.lanes}
        style={{ width: titleWidth + (scale.edges.at(-1) ?? 0) + 12, minHeight: lanes.length * leastLane }}
      >
        {lanes.map((lane) => (
          <div key={lane.exchange.id} className={styles.lane}>
            <span className={styles.title} title={say(lane.exchange.title)}>
              {say(lane.exchange.title)}
            </span>
            <LaneRow lane={lane} scale={scale} step={step} count={trace.hops.length} />
          </div>
        ))}
        <div ref={ground} className={styles.ground} {...scrub}>
          <Playhead scale={scale} />
        </div>
      </div>
    </div>
  )
}

/** Keeps the step shown in sight where the lanes are wider or higher than their holder. `lane`: how far down its lane begins, of 1. */
function useFollow(
  holder: RefObject<HTMLElement | null>,
  { edges }: TimeScale,
  { step, lane }: { readonly step: number; readonly lane: number },
): void {
  useEffect(() => {
    const { current } = holder
    if (current === null) return
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = current
    if (scrollWidth <= clientWidth && scrollHeight <= clientHeight) return
    current.scrollTo({
      left: (edges[step] ?? 0) - (clientWidth - titleWidth) / 2,
      top: lane * scrollHeight - (clientHeight - leastLane) / 2,
    })
  }, [holder, edges, step, lane])
}
