/** One scenario, opened: a lab in a worker of its own, and the store of the page over it. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { StrictMode, type ReactNode } from 'react'
import { defaultSnapshot } from 'virtual:default-scenario'
import type { StoreApi } from 'zustand'
import { activateLanguage, loadEnglish } from '../i18n/language.ts'
import { connectLab } from '../lab-worker/connect-lab.ts'
import { createPlaybackClock } from '../playback/playback-clock.ts'
import { App } from './App.tsx'
import type { AppState } from './app-state.ts'
import { createAppStore } from './create-app-store.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import type { KeptStorage } from './kept-storage.ts'
import type { Scenarios } from './scenarios-door.ts'
import { AppStore } from './use-app.ts'
import { LabContext } from './use-lab.ts'

interface OpenScenario {
  readonly store: StoreApi<AppState>
  /** The page over it. */
  readonly page: ReactNode
  /** Ends its worker. */
  readonly close: () => void
}

// Each opening is drawn anew: nothing of another scenario's page lives on in it.
let openings = 0

/** Opens a scenario by an id that is known. The default's cluster is there at once; another comes from its worker. Rejects when that is gone. */
export async function openScenario(
  id: string,
  storage: KeptStorage,
  scenarios: Scenarios,
): Promise<OpenScenario> {
  const lab = connectLab(id)
  const snapshot = id === defaultSnapshot.scenario ? defaultSnapshot : await lab.snapshot()
  // A trace speaks with texts that the first picture does without.
  const sendWithTexts: typeof lab.send = async (request) => {
    await loadEnglish()
    return lab.send(request)
  }
  const store = createAppStore({
    lab: { ...lab, send: sendWithTexts },
    storage,
    clock: createPlaybackClock({
      requestFrame: (frame) => requestAnimationFrame(frame),
      cancelFrame: (handle) => cancelAnimationFrame(handle),
      now: () => performance.now(),
    }),
    scenarios,
    snapshot,
    language: navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
  })
  store.subscribe((now, before) => {
    if (now.language !== before.language) void activateLanguage(now.language)
  })
  openings += 1
  const page = (
    <StrictMode key={openings}>
      <I18nProvider i18n={i18n}>
        <ErrorBoundary drafts={() => store.getState().drafts} forget={store.getState().startedOver}>
          <AppStore value={store}>
            <LabContext value={lab}>
              <App />
            </LabContext>
          </AppStore>
        </ErrorBoundary>
      </I18nProvider>
    </StrictMode>
  )
  return { store, page, close: lab.close }
}
