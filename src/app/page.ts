/** What every slice of the store works with. */
import type { LabClient } from '../lab-worker/lab-client.ts'
import type { PlaybackClock } from '../playback/playback-clock.ts'
import type { AppState } from './app-state.ts'
import type { KeptStorage } from './kept-storage.ts'
import type { Scenarios } from './scenarios-door.ts'

export interface Page {
  readonly lab: LabClient
  /** The open scenario's own. */
  readonly storage: KeptStorage
  readonly scenarios: Scenarios
  readonly clock: PlaybackClock
  readonly get: () => AppState
  readonly set: (change: Partial<AppState>) => void
  /** Waits for the lab and shows that the page waits; `undefined` when the lab is gone, which the page then says. */
  readonly ask: <T>(answer: Promise<T>) => Promise<T | undefined>
}

/** How long the lab may take before the page says that it waits. */
const QUIET_MS = 150

/** Makes {@link Page.ask}: `busy` while any answer is due for longer than 150 ms. */
export function createAsk(set: (change: Partial<AppState>) => void): Page['ask'] {
  let waiting = 0
  return async (answer) => {
    waiting += 1
    const timer = setTimeout(() => set({ busy: true }), QUIET_MS)
    try {
      return await answer
    } catch {
      set({ labIsGone: true })
      return undefined
    } finally {
      clearTimeout(timer)
      waiting -= 1
      if (waiting === 0) set({ busy: false })
    }
  }
}
