/**
 * The build's plugin for `virtual:default-scenario`: the default scenario, opened by the very code that opens it in the page, so that
 * the first picture waits for no parser. Also makes the service worker's list complete.
 */
import type { Plugin } from 'vite'
import { chapter9 } from '../scenarios/chapter-9/chapter-9.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { createLab, openState, type LabState } from '../sim/lab.ts'
import { parseFile } from '../sim/manifest/parse-file.ts'

const ID = 'virtual:default-scenario'

/** Gives `defaultLabState` for the worker and `defaultSnapshot` for the first picture; each alone is a literal that a bundler can leave out. */
export function defaultScenario(): Plugin {
  return {
    name: 'podpath-default-scenario',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => {
      if (id !== `\0${ID}`) return undefined
      const state = scenarioState(chapter9)
      const snapshot = createLab(state).snapshot()
      return [
        `export const defaultLabState = ${JSON.stringify(state)}`,
        `export const defaultSnapshot = ${JSON.stringify(snapshot)}`,
      ].join('\n')
    },
  }
}

/** A scenario as the page opens it. An error in it is a broken build. */
export function scenarioState(scenario: Scenario): LabState {
  const state = openState({
    scenario: scenario.id,
    seed: scenario.seed,
    nowMs: scenario.nowMs,
    files: scenario.files.map(({ name, text, role }) => ({ parsed: parseFile(name, text), text, role })),
  })
  const errors = state.diagnostics.filter((each) => each.severity === 'error')
  if (errors.length > 0) throw new Error(errors.map((each) => `${each.file}: ${each.message}`).join('\n'))
  return state
}
