/**
 * `npm run test:conformance [-- FOLDER…]`: golden cases against the parts that they are about; without folders, all of
 * `../shared/golden`. A folder's own name tells which suite it holds; a failed case prints what was expected and what came. Nothing
 * found is a failure.
 */
import { readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { runDnsCases } from './conformance/dns.ts'
import { runGatewayCases } from './conformance/gateway.ts'
import { runIngressCases } from './conformance/ingress.ts'
import { runKubeProxyCases } from './conformance/kube-proxy.ts'
import { runTerminalCases } from './conformance/terminal.ts'

interface Outcome {
  readonly passed: number
  readonly failures: readonly { readonly name: string; readonly expected: string; readonly got: string }[]
}

const suites: Readonly<Record<string, (folder: string) => Promise<Outcome>>> = {
  dns: runDnsCases,
  gateway: runGatewayCases,
  ingress: runIngressCases,
  'kube-proxy': runKubeProxyCases,
  terminal: runTerminalCases,
}

/** Where the golden cases lie beside a checkout. */
const GOLDEN = '../shared/golden'

const given = process.argv.slice(2)
const totals = { passed: 0, failed: 0 }
for (const folder of given.length > 0 ? given.map((each) => resolve(each)) : goldenFolders()) {
  const { passed, failed } = await runFolder(folder)
  console.log(`${basename(folder)}: ${passed} of ${passed + failed}`)
  totals.passed += passed
  totals.failed += failed
}
if (totals.passed + totals.failed === 0) console.log('no cases found: name the folders that hold them')
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1)

function goldenFolders(): readonly string[] {
  try {
    return readdirSync(GOLDEN, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => resolve(join(GOLDEN, entry.name)))
      .toSorted()
  } catch {
    return []
  }
}

async function runFolder(folder: string): Promise<{ readonly passed: number; readonly failed: number }> {
  const suite = suites[basename(folder)]
  if (suite === undefined) {
    console.log(`✕ ${folder}: no suite of this name; there are ${Object.keys(suites).join(', ')}`)
    return { passed: 0, failed: 1 }
  }
  const { passed, failures } = await suite(folder)
  for (const { name, expected, got } of failures)
    console.log(`✕ ${basename(folder)}/${name}\n  expected ${expected}\n  got      ${got}`)
  return { passed, failed: failures.length }
}
