import { describe, expect, test } from 'vitest'
import { createLab } from '../sim/lab.ts'
import { scenarioState } from './scenario-state.ts'
import { scenarios } from './scenarios.ts'

describe.each(scenarios)('the scenario $id', (scenario) => {
  test('opens without a diagnostic', () => {
    expect(scenarioState(scenario).diagnostics).toEqual([])
  })

  test('has its request ready: how it ends is known', () => {
    const lab = createLab(scenarioState(scenario))
    const { verdict } = lab.send({ ...scenario.request, seed: 6 })
    expect(['unknown', 'bad-request', 'name-not-found']).not.toContain(verdict.kind)
  })
})

test('no two scenarios have one id', () => {
  const ids = scenarios.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
