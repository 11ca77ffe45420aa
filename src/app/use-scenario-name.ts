import { useLingui } from '@lingui/react'
import { useApp } from './use-app.ts'

/** The scenario's name in the page's language; its id where there is none. */
export function useScenarioName(): string {
  const { i18n } = useLingui()
  const scenario = useApp((state) => state.snapshot.scenario)
  const id = `scenario.${scenario}`
  return i18n.messages[id] === undefined ? scenario : i18n._(id)
}
