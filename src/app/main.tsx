/** Starts the page: draws the scenario's cluster at once, and lets the worker catch up behind it. */
import { createRoot } from 'react-dom/client'
import { scenarioCards } from 'virtual:default-scenario'
import { activateFirst } from '../i18n/language.ts'
import '../ui/tokens.css'
import '../ui/fonts.css'
import '../ui/base.css'
import { browserStorage, keptIn } from './kept-storage.ts'
import { loadBoard } from './load-board.ts'
import { openScenario } from './open-scenario.tsx'
import { scenarioIn, withScenario } from './scenario-address.ts'
import { SCENARIO_MENU } from './ScenarioMenu.tsx'
import { createSwitch } from './switch-scenario.ts'

const element = document.getElementById('root')
const first = scenarioCards[0]?.id
if (element === null) throw new Error('index.html has no #root')
if (first === undefined) throw new Error('no scenario ships')
const root = createRoot(element)
const storage = keptIn(browserStorage())

const pages = createSwitch({
  cards: scenarioCards,
  open: (id, scenarios) => openScenario(id, storage, scenarios),
  draw: ({ page }) => root.render(page),
  chosen: (id) => {
    history.pushState(null, '', withScenario(location.href, id, id === first))
    // The page was drawn anew: the focus goes back to where the choice was made.
    requestAnimationFrame(() => document.getElementById(SCENARIO_MENU)?.focus())
  },
})

/** The scenario that the address names; the first where it names none, or one that does not ship. */
function addressed(): { readonly id: string; readonly unknown?: string } {
  const named = scenarioIn(location.href) ?? first ?? ''
  const isKnown = scenarioCards.some(({ id }) => id === named)
  return isKnown ? { id: named } : { id: first ?? '', unknown: named }
}

const start = addressed()
const opened = await pages.prepare(start.id).catch(() => pages.prepare(first))
if (start.unknown !== undefined)
  opened.store.setState({ scenarioProblem: { kind: 'unknown', id: start.unknown } })
else if (opened.store.getState().snapshot.scenario !== start.id)
  opened.store.setState({ scenarioProblem: { kind: 'unopened', id: start.id } })
await activateFirst(opened.store.getState().language)
await pages.show(opened.store.getState().snapshot.scenario)

window.addEventListener('popstate', () => void pages.show(addressed().id))

// A fault of ours outside drawing: said in the bar, and the page lives on.
window.addEventListener('unhandledrejection', ({ reason }) => {
  const detail = reason instanceof Error ? reason.message : String(reason)
  pages.shown()?.store.setState({ requestProblem: { kind: 'simulator-failed', detail } })
})

// Before anybody can have pressed Send; a visitor who comes back sees it at once anyway.
setTimeout(() => void loadBoard(), 0)
