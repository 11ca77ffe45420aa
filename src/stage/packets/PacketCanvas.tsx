import { useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, type RefObject } from 'react'
import type { AppState } from '../../app/app-state.ts'
import { stagedTrace } from '../../app/selectors.ts'
import { useApp, useAppStore } from '../../app/use-app.ts'
import { restOf, stepAt } from '../../playback/schedule.ts'
import type { Rect } from '../scene/geometry.ts'
import { columnBelow } from '../scene/scene-of.ts'
import { isMotionOff, isStill, prefersStill } from '../is-still.ts'
import { useStage } from '../stage-context.ts'
import styles from './PacketCanvas.module.css'
import { labelsOf } from './packet-label.ts'
import { PacketLayer, type Performance } from './packet-layer.ts'
import { useSpeech } from './use-speech.ts'
import { useThemeChange } from './use-theme-change.ts'

const crossFadeMs = 150
const scheduleOf = (state: AppState) => state.schedule

/** The packets, on one canvas above the graph. The clock draws it; React only says what is played. */
export function PacketCanvas({ view }: { readonly view: Rect }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const layer = useRef<PacketLayer>(undefined)
  const performance = usePerformance(view)
  const flow = useStoreApi()
  const store = useAppStore()

  useEffect(() => {
    if (canvas.current === null) return undefined
    const made = new PacketLayer(canvas.current)
    layer.current = made
    const { clock } = store.getState()
    const draw = (positionMs: number) =>
      made.draw(isStill() ? stepEnd(store.getState(), positionMs) : positionMs)
    const follow = () => {
      const { transform, width, height } = flow.getState()
      made.moved(transform, { width, height })
      draw(clock.positionMs())
    }
    follow()
    const stops = [
      clock.subscribe(draw),
      flow.subscribe((now, was) => {
        if (now.transform !== was.transform || now.width !== was.width || now.height !== was.height) follow()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
      layer.current = undefined
    }
  }, [flow, store])

  useEffect(() => {
    layer.current?.perform(performance)
    const positionMs = store.getState().clock.positionMs()
    layer.current?.draw(isStill() ? stepEnd(store.getState(), positionMs) : positionMs)
  }, [performance, store])
  useCrossFade(canvas)

  useThemeChange(
    useCallback(() => {
      layer.current?.themeChanged()
      const positionMs = store.getState().clock.positionMs()
      layer.current?.draw(isStill() ? stepEnd(store.getState(), positionMs) : positionMs)
    }, [store]),
  )

  return <canvas ref={canvas} className={styles.packets} aria-hidden="true" />
}

/** Reduced motion: the packet of a new step fades in where it stands. With all motion stopped it is there at once. */
function useCrossFade(canvas: RefObject<HTMLCanvasElement | null>): void {
  const { step } = useStage()
  useEffect(() => {
    if (!prefersStill() || isMotionOff()) return undefined
    const fade = canvas.current?.animate([{ opacity: 0 }, { opacity: 1 }], crossFadeMs)
    return () => fade?.cancel()
  }, [canvas, step])
}

function usePerformance(view: Rect): Performance | undefined {
  const { scene } = useStage()
  const trace = useApp(stagedTrace)
  const schedule = useApp(scheduleOf)
  const speech = useSpeech()
  // On a phone the sheet under the stage says what the label would.
  const isNarrow = view.width < columnBelow
  const labels = useMemo(() => trace && (isNarrow ? [] : labelsOf(trace, speech)), [trace, speech, isNarrow])
  return useMemo(
    () =>
      trace === undefined || schedule === undefined || labels === undefined
        ? undefined
        : { scene, trace, schedule, labels, view },
    [scene, trace, schedule, labels, view],
  )
}

/** Reduced motion: the packet stands at the end of the step, whatever part of it is playing. */
function stepEnd({ schedule }: AppState, positionMs: number): number {
  return schedule === undefined ? positionMs : restOf(schedule, stepAt(schedule, positionMs))
}
