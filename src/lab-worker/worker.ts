/** The Web Worker: a lab on the scenario that the page names, behind a message port. */
import { expose } from 'comlink'
import { defaultLabState } from 'virtual:default-scenario'
import type { LabState } from '../sim/lab.ts'
import { createLabDoor } from './lab-door.ts'
import type { RemoteLab } from './lab-client.ts'

const loadParser = async () => (await import('../sim/manifest/parse-file.ts')).parseFile

let nameScenario: (id: string) => void = () => undefined
const named = new Promise<string>((resolve) => {
  nameScenario = resolve
})
// What is asked of the lab before it stands waits for it.
const remote: RemoteLab = {
  ...createLabDoor(named.then(stateOf), loadParser),
  open: async (id) => nameScenario(id),
}
expose(remote)

// The parser is wanted at the first key in the editor. Until then the worker has nothing else to do once the page stands.
setTimeout(() => void loadParser(), 2000)

/** The build has the default scenario's state ready; any other is read and opened here. */
async function stateOf(id: string): Promise<LabState> {
  if (id === defaultLabState.scenario) return defaultLabState
  const [{ scenarios }, { scenarioState }] = await Promise.all([
    import('../scenarios/scenarios.ts'),
    import('../scenarios/scenario-state.ts'),
  ])
  const scenario = scenarios.find((each) => each.id === id)
  if (scenario === undefined) throw new Error(`no scenario ${id}`)
  return scenarioState(scenario)
}
