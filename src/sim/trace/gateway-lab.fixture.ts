/** The lab of the scenario `gateway` for tests, with its files changed where a test asks for it. */
import { gateway } from '../../scenarios/gateway/gateway.ts'
import { scenarioState } from '../../scenarios/scenario-state.ts'
import { createLab, type Lab } from '../lab.ts'

/** A fresh lab; `change` is given each file's text. Errors fail the test. */
export function gatewayLab(change: (text: string) => string = (text) => text): Lab {
  const files = gateway.files.map((file) => ({ ...file, text: change(file.text) }))
  return createLab(scenarioState({ ...gateway, files }))
}
