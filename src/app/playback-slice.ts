import { restOf, scheduleOf, stepAt } from '../playback/schedule.ts'
import type { Trace } from '../sim/trace/trace.ts'
import type { AppState } from './app-state.ts'
import type { Page } from './page.ts'

type PlaybackSlice = Pick<
  AppState,
  | 'trace'
  | 'schedule'
  | 'picture'
  | 'step'
  | 'playing'
  | 'speed'
  | 'playPressed'
  | 'pausePressed'
  | 'stepForward'
  | 'stepBack'
  | 'firstPressed'
  | 'lastPressed'
  | 'stepChosen'
  | 'scrubbed'
  | 'speedChosen'
>

/** The player of traces, for the slices that bring one. */
export interface Player {
  /** Shows a trace from its beginning, and plays it. */
  readonly start: (trace: Trace) => void
  /** Puts a trace in the place of one that begins with the same steps, and plays on from where that one stood. */
  readonly goOnWith: (trace: Trace) => void
}

// A step's start is still the end of the one before it.
const INTO_STEP_MS = 0.1

/** Playback: the clock has the position; the store hears of a step, never of a frame. */
export function createPlayback(page: Page): { readonly slice: PlaybackSlice; readonly player: Player } {
  const { clock, get, set } = page
  // One step forward moves the packet there and stops: the place to stop at, while it does.
  let glideEndMs: number | undefined

  clock.subscribe((positionMs) => {
    const { schedule, step, playing } = get()
    if (schedule === undefined) return
    if (glideEndMs !== undefined && positionMs >= glideEndMs) {
      const end = glideEndMs
      glideEndMs = undefined
      clock.pause()
      clock.seek(end)
      return
    }
    const now = stepAt(schedule, positionMs)
    const plays = clock.isPlaying() && glideEndMs === undefined
    if (now !== step || plays !== playing) set({ step: now, playing: plays })
  })

  const standAt = (step: number) => {
    const { schedule } = get()
    if (schedule === undefined) return
    const shown = Math.min(Math.max(step, 0), schedule.steps.length - 1)
    stop()
    set({ step: shown, picture: 'trace', revealed: undefined })
    clock.seek(restOf(schedule, shown))
  }
  const stop = () => {
    glideEndMs = undefined
    clock.pause()
    set({ playing: false })
  }
  const play = () => {
    glideEndMs = undefined
    set({ playing: true, picture: 'trace', revealed: undefined })
    clock.play()
  }
  const load = (trace: Trace) => {
    const schedule = scheduleOf(trace)
    glideEndMs = undefined
    set({ trace, schedule, picture: 'trace', revealed: undefined })
    clock.load(schedule.totalMs)
  }

  const slice: PlaybackSlice = {
    trace: undefined,
    schedule: undefined,
    picture: 'trace',
    step: -1,
    playing: false,
    speed: 1,
    playPressed: () => {
      const { schedule, sendPressed } = get()
      if (schedule === undefined) return sendPressed()
      if (clock.positionMs() >= schedule.totalMs) clock.seek(0)
      play()
    },
    pausePressed: stop,
    stepForward: () => {
      const { schedule, step, motionOff } = get()
      const next = schedule?.steps[step + 1]
      if (schedule === undefined || next === undefined) return
      if (motionOff) return standAt(step + 1)
      stop()
      set({ step: step + 1, picture: 'trace', revealed: undefined })
      clock.seek(next.startMs + INTO_STEP_MS)
      glideEndMs = restOf(schedule, step + 1)
      clock.play()
    },
    stepBack: () => standAt(get().step - 1),
    firstPressed: () => standAt(0),
    lastPressed: () => standAt(Number.MAX_SAFE_INTEGER),
    stepChosen: standAt,
    scrubbed: (positionMs) => {
      stop()
      set({ picture: 'trace', revealed: undefined })
      clock.seek(positionMs)
    },
    speedChosen: (speed) => {
      set({ speed })
      clock.setSpeed(speed)
    },
  }
  const player: Player = {
    start: (trace) => {
      load(trace)
      set({ step: trace.hops.length === 0 ? -1 : 0 })
      if (get().motionOff) standAt(0)
      else play()
    },
    goOnWith: (trace) => {
      const positionMs = clock.positionMs()
      load(trace)
      clock.seek(positionMs)
      play()
    },
  }
  return { slice, player }
}
