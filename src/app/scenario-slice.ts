import type { AppState } from './app-state.ts'
import type { Edits } from './edits.ts'
import { forgetWork } from './kept-work.ts'
import type { Page } from './page.ts'

type ScenarioSlice = Pick<
  AppState,
  'scenarios' | 'scenarioProblem' | 'scenarioChosen' | 'scenarioProblemSeen' | 'startedOver'
>

/** Which clusters there are to choose from, and the ways from this one to another. */
export function scenarioSlice({ storage, scenarios, get, set, ask }: Page, edits: Edits): ScenarioSlice {
  return {
    scenarios: scenarios.cards,
    scenarioProblem: undefined,
    scenarioChosen: async (id) => {
      if (id === get().snapshot.scenario) return
      get().pausePressed()
      await edits.settle()
      await ask(scenarios.open(id).catch(() => set({ scenarioProblem: { kind: 'unopened', id } })))
    },
    scenarioProblemSeen: () => set({ scenarioProblem: undefined }),
    startedOver: () => {
      forgetWork(storage)
      void ask(scenarios.openAnew())
    },
  }
}
