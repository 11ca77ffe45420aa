/** The page's one store. It holds choices and what the lab last said; what follows from them is worked out where it is shown. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LabClient } from '../lab-worker/lab-client.ts'
import type { PlaybackClock } from '../playback/playback-clock.ts'
import type { Snapshot } from '../sim/snapshot.ts'
import type { AppState, Language } from './app-state.ts'
import { clusterSizeSlice } from './cluster-size-slice.ts'
import { compareSlice } from './compare-slice.ts'
import { createDoings } from './doings.ts'
import { createEdits } from './edits.ts'
import { filesSlice } from './files-slice.ts'
import {
  choicesOf,
  keepAsked,
  keepChoices,
  readAsked,
  readChoices,
  type KeptChoices,
} from './kept-choices.ts'
import type { KeptStorage } from './kept-storage.ts'
import { storageOf } from './kept-work.ts'
import { modeSlice } from './mode-slice.ts'
import { nodeSlice } from './node-slice.ts'
import { createAsk, type Page } from './page.ts'
import { pasteSlice } from './paste-slice.ts'
import { createPlayback } from './playback-slice.ts'
import { routesSlice } from './routes-slice.ts'
import { requestSlice } from './request-slice.ts'
import type { Scenarios } from './scenarios-door.ts'
import { sourcesSlice } from './sources-slice.ts'
import { scenarioSlice } from './scenario-slice.ts'
import { viewSlice } from './view-slice.ts'

export interface AppStoreParts {
  readonly lab: LabClient
  readonly storage: KeptStorage
  readonly clock: PlaybackClock
  readonly scenarios: Scenarios
  /** What is drawn before the lab has said anything. */
  readonly snapshot: Snapshot
  /** Where none was chosen: the browser's. */
  readonly language: Language
}

/** Makes the store with what this browser kept, and sets out to do again what had been done to the cluster. */
export function createAppStore(parts: AppStoreParts): StoreApi<AppState> {
  const { lab, clock, snapshot, scenarios } = parts
  const isFirst = scenarios.cards[0]?.id === snapshot.scenario
  const storage = storageOf(parts.storage, snapshot.scenario, isFirst)
  const store = createStore<AppState>()((assign, get) => {
    const set = (change: Partial<AppState>) => assign(change)
    const page: Page = { lab, storage, clock, scenarios, get, set, ask: createAsk(set) }
    const doings = createDoings(page)
    const edits = createEdits(page, doings)
    const { slice, player } = createPlayback(page)
    const files = filesSlice(page, doings, edits, snapshot.files)
    // After the state exists: restoring reads and writes it.
    queueMicrotask(() => void doings.redoAll().then(() => edits.restore(files.drafts)))
    return {
      snapshot,
      clock,
      busy: false,
      traceIsStale: false,
      labIsGone: false,
      ...slice,
      ...requestSlice({ page, player, edits, doings }, snapshot),
      ...viewSlice(page, snapshot, parts.language),
      ...files,
      ...modeSlice(page, edits),
      ...nodeSlice(page, edits),
      ...pasteSlice(page, doings, edits),
      ...compareSlice(page, edits),
      ...sourcesSlice(page, edits),
      ...routesSlice(page, doings, edits),
      ...scenarioSlice(page, edits),
      ...clusterSizeSlice(page, doings, edits),
    }
  })
  store.setState({ ...readChoices(parts.storage), ...stillPossible(readAsked(storage), snapshot) })
  clock.setSpeed(store.getState().speed)
  store.subscribe((now, before) => {
    if (isChanged(choicesOf(now), choicesOf(before))) keepChoices(parts.storage, now)
    if (now.request !== before.request || now.urlHistory !== before.urlHistory) keepAsked(storage, now)
  })
  return store
}

function isChanged(now: KeptChoices, before: KeptChoices): boolean {
  return JSON.stringify(now) !== JSON.stringify(before)
}

/** A Pod that asked last time may be gone: then the request is the scenario's own. */
function stillPossible(kept: Partial<AppState>, snapshot: Snapshot): Partial<AppState> {
  const { request, ...others } = kept
  const stands = snapshot.vantages.some((vantage) => vantage.id === request?.from)
  return request === undefined || !stands ? others : kept
}
