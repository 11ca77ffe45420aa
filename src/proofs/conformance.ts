/**
 * `npm run test:conformance -- FOLDER…`: golden cases against the parts that they are about. A folder's own name tells which suite it
 * holds; a failed case prints what was expected and what came. Nothing found is a failure.
 */
import { basename, resolve } from 'node:path'
import { runDnsCases } from './conformance/dns.ts'
import { runIngressCases } from './conformance/ingress.ts'
import { runKubeProxyCases } from './conformance/kube-proxy.ts'
import { runTerminalCases } from './conformance/terminal.ts'

interface Outcome {
  readonly passed: number
  readonly failures: readonly { readonly name: string; readonly expected: string; readonly got: string }[]
}

const suites: Readonly<Record<string, (folder: string) => Promise<Outcome>>> = {
  dns: runDnsCases,
  ingress: runIngressCases,
  'kube-proxy': runKubeProxyCases,
  terminal: runTerminalCases,
}

let passed = 0
let failed = 0
for (const folder of process.argv.slice(2).map((each) => resolve(each))) {
  const suite = suites[basename(folder)]
  if (suite === undefined) {
    console.log(`${folder}: no suite of this name; there are ${Object.keys(suites).join(', ')}`)
    failed++
    continue
  }
  const outcome = await suite(folder)
  for (const { name, expected, got } of outcome.failures) {
    console.log(`✕ ${basename(folder)}/${name}\n  expected ${expected}\n  got      ${got}`)
  }
  passed += outcome.passed
  failed += outcome.failures.length
}
if (passed + failed === 0) console.log('no cases found: name the folders that hold them')
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
