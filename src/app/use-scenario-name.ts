import { useApp } from './use-app.ts'

/** The scenario's name in the page's language; its id where there is none. */
export function useScenarioName(): string {
  return useApp(({ snapshot, scenarios, language }) => {
    const card = scenarios.find(({ id }) => id === snapshot.scenario)
    return card?.title[language] ?? snapshot.scenario
  })
}
