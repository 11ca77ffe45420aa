/**
 * The build's plugin for `virtual:default-scenario`: the default scenario, opened by the very code that opens it in the page, so that
 * the first picture waits for no parser; and what a menu says of all of them, without their texts.
 */
import type { Plugin } from 'vite'
import { scenarioState } from '../scenarios/scenario-state.ts'
import { scenarios } from '../scenarios/scenarios.ts'
import { createLab } from '../sim/lab.ts'

const ID = 'virtual:default-scenario'

/** Gives `defaultLabState` for the worker, `defaultSnapshot` and `scenarioCards` for the page; each alone is a literal that a bundler can leave out. */
export function defaultScenario(): Plugin {
  return {
    name: 'podpath-default-scenario',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => {
      if (id !== `\0${ID}`) return undefined
      const [first] = scenarios
      if (first === undefined) throw new Error('no scenario ships')
      const state = scenarioState(first)
      const snapshot = createLab(state).snapshot()
      const cards = scenarios.map((scenario) => ({
        id: scenario.id,
        title: scenario.title,
        request: scenario.request,
      }))
      return [
        `export const defaultLabState = ${JSON.stringify(state)}`,
        `export const defaultSnapshot = ${JSON.stringify(snapshot)}`,
        `export const scenarioCards = ${JSON.stringify(cards)}`,
      ].join('\n')
    },
  }
}
