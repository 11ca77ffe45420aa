/** Starts the page: draws the scenario's cluster at once, and lets the worker catch up behind it. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { activateFirst, activateLanguage, loadEnglish } from '../i18n/language.ts'
import { createPlaybackClock } from '../playback/playback-clock.ts'
import { defaultSnapshot } from 'virtual:default-scenario'
import { connectLab } from '../lab-worker/connect-lab.ts'
import '../ui/tokens.css'
import '../ui/fonts.css'
import '../ui/base.css'
import { App } from './App.tsx'
import { createAppStore } from './create-app-store.ts'
import { loadBoard } from './load-board.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { browserStorage, keptIn } from './kept-storage.ts'
import { AppStore } from './use-app.ts'
import { LabContext } from './use-lab.ts'

const lab = connectLab()
// A trace speaks with texts that the first picture does without.
const sendWithTexts: typeof lab.send = async (request) => {
  await loadEnglish()
  return lab.send(request)
}

const store = createAppStore({
  lab: { ...lab, send: sendWithTexts },
  storage: keptIn(browserStorage()),
  clock: createPlaybackClock({
    requestFrame: (frame) => requestAnimationFrame(frame),
    cancelFrame: (handle) => cancelAnimationFrame(handle),
    now: () => performance.now(),
  }),
  snapshot: defaultSnapshot,
  language: navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
})

store.subscribe((now, before) => {
  if (now.language !== before.language) void activateLanguage(now.language)
})

// A fault of ours outside drawing: said in the bar, and the page lives on.
window.addEventListener('unhandledrejection', ({ reason }) => {
  const detail = reason instanceof Error ? reason.message : String(reason)
  store.setState({ requestProblem: { kind: 'simulator-failed', detail } })
})

await activateFirst(store.getState().language)

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <ErrorBoundary drafts={() => store.getState().drafts} forget={store.getState().startedOver}>
        <AppStore value={store}>
          <LabContext value={lab}>
            <App />
          </LabContext>
        </AppStore>
      </ErrorBoundary>
    </I18nProvider>
  </StrictMode>,
)

// Before anybody can have pressed Send; a visitor who comes back sees it at once anyway.
setTimeout(() => void loadBoard(), 0)
