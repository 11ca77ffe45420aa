/**
 * The one moving number of the page. It lives outside React: whoever draws each frame subscribes; the store hears only of a new step.
 * Position is in milliseconds of the {@link Schedule}, from 0 to `totalMs`.
 */
export interface PlaybackClock {
  positionMs(): number
  isPlaying(): boolean
  /** Starts at 0 with a new length. */
  load(totalMs: number): void
  play(): void
  pause(): void
  seek(positionMs: number): void
  /** 0.25 … 4. */
  setSpeed(speed: number): void
  /** Called each frame while playing and once after each change while not. Gives back the way to stop it. */
  subscribe(frame: (positionMs: number) => void): () => void
}

/** What the clock needs of a browser: `requestAnimationFrame`, `cancelAnimationFrame`, `performance.now`. */
export interface FrameScheduler {
  requestFrame(frame: () => void): number
  cancelFrame(handle: number): void
  /** Milliseconds of a clock that never goes back. */
  now(): number
}

/** Longest time that one frame counts for: a page that was hidden goes on from where it stood. */
const longestFrameMs = 100

/** Makes a clock that asks for frames only while it plays. Playing from the end begins anew; at the end it stops by itself. */
export function createPlaybackClock(scheduler: FrameScheduler): PlaybackClock {
  const listeners = new Set<(positionMs: number) => void>()
  let [position, total, speed] = [0, 0, 1]
  let lastMs = 0
  let handle: number | undefined

  const tell = () => {
    for (const listener of listeners) listener(position)
  }
  const stop = () => {
    if (handle !== undefined) scheduler.cancelFrame(handle)
    handle = undefined
  }
  const frame = () => {
    const nowMs = scheduler.now()
    position = Math.min(total, position + Math.min(nowMs - lastMs, longestFrameMs) * speed)
    lastMs = nowMs
    handle = position < total ? scheduler.requestFrame(frame) : undefined
    tell()
  }
  const seek = (positionMs: number) => {
    position = Math.max(0, Math.min(total, positionMs))
    tell()
  }

  return {
    positionMs: () => position,
    isPlaying: () => handle !== undefined,
    load(totalMs) {
      stop()
      total = totalMs
      seek(0)
    },
    play() {
      if (handle !== undefined || total === 0) return
      lastMs = scheduler.now()
      handle = scheduler.requestFrame(frame)
      seek(position < total ? position : 0)
    },
    pause() {
      stop()
      tell()
    },
    seek,
    setSpeed(times) {
      speed = times
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
