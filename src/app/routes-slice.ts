import type { AppState } from './app-state.ts'
import type { Doings } from './doings.ts'
import type { Edits } from './edits.ts'
import type { Page } from './page.ts'

type RoutesSlice = Pick<AppState, 'routes' | 'routesShown' | 'routesClosed' | 'routesTaken'>

/** The cluster's Ingresses as HTTPRoutes, as they stand when they are asked for. */
export function routesSlice({ lab, get, set, ask }: Page, doings: Doings, edits: Edits): RoutesSlice {
  return {
    routes: undefined,
    routesShown: async () => {
      set({ routes: { answer: undefined } })
      await edits.settle()
      const answer = await ask(lab.showHttpRoutes())
      if (answer !== undefined && get().routes !== undefined) set({ routes: { answer } })
    },
    routesClosed: () => set({ routes: undefined }),
    routesTaken: async () => {
      const answer = get().routes?.answer
      if (answer?.kind !== 'shown') return
      const name = freeName(get().snapshot.files.map((file) => file.name))
      set({ routes: undefined })
      await doings.add(name, answer.file)
      get().fileOpened(name)
    },
  }
}

function freeName(taken: readonly string[]): string {
  let name = 'from-ingress.yaml'
  for (let number = 2; taken.includes(name); number++) name = `from-ingress-${number}.yaml`
  return name
}
