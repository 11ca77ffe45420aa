/** The lab of the scenario `two-subnets` for tests, with its files changed where a test asks for it. */
import { twoSubnets } from '../../scenarios/two-subnets/two-subnets.ts'
import { scenarioState } from '../../scenarios/scenario-state.ts'
import { createLab, type Lab } from '../lab.ts'

/** A fresh lab; `change` is given each file's text. Errors fail the test. */
export function twoSubnetsLab(change: (text: string) => string = (text) => text): Lab {
  const files = twoSubnets.files.map((file) => ({ ...file, text: change(file.text) }))
  return createLab(scenarioState({ ...twoSubnets, files }))
}

/** The lab with another vxlanMode in its IPPool. */
export function subnetsLabIn(mode: 'Always' | 'CrossSubnet' | 'Never'): Lab {
  return twoSubnetsLab((text) => text.replace(/vxlanMode: CrossSubnet\n/, `vxlanMode: ${mode}\n`))
}

/** The server that runs on a node: its name and address. */
export function webOn(lab: Lab, node: string): { readonly name: string; readonly address: string } {
  const pod = lab.cluster.pods.find((each) => each.ref.name.startsWith('web-') && each.nodeName === node)
  if (pod?.ip === undefined) throw new Error(`no server on ${node}`)
  return { name: pod.ref.name, address: pod.ip }
}
