/** A scenario, read and opened: what the build compiles for the first picture, and what the worker opens when a person chooses another. */
import { openState, type LabState } from '../sim/lab.ts'
import { parseFile } from '../sim/manifest/parse-file.ts'
import type { Scenario } from './scenario.ts'

/** A scenario as the page opens it. Throws for an error in its files: they ship with the page, and a test opens each. */
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
