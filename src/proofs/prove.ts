/**
 * `npm run prove [-- --count N]`: runs the golden cases, the kernel proof and the nginx proof, and writes what they came to where the page "How true is
 * this?" reads it. Nothing there is written by hand. `--count 0`: without random clusters, whose figures stay as the last proof left them.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runDnsCases } from './conformance/dns.ts'
import { runGatewayCases } from './conformance/gateway.ts'
import { runIngressCases } from './conformance/ingress.ts'
import { runKubeProxyCases } from './conformance/kube-proxy.ts'
import { runTerminalCases } from './conformance/terminal.ts'
import type { KernelReport } from './kernel/proof.ts'

const PROVED = 'src/truth/proved.json'

const { values } = parseArgs({ options: { count: { type: 'string', default: '1000' } } })
/** `version`: how the cases' README names what they were taken from; absent where it names none. */
interface Suite {
  readonly area: string
  readonly folder?: string
  readonly version?: RegExp
  readonly run: typeof runKubeProxyCases
}
const suites: readonly Suite[] = [
  { area: 'kube-proxy', run: runKubeProxyCases },
  { area: 'CoreDNS', folder: 'dns', version: /coredns\/coredns (\d+\.\d+\.\d+)/, run: runDnsCases },
  {
    area: 'ingress-nginx',
    folder: 'ingress',
    version: /controller as of (v\d+\.\d+\.\d+)/,
    run: runIngressCases,
  },
  { area: 'Gateway API', folder: 'gateway', run: runGatewayCases },
  {
    area: 'kubectl, curl, …',
    folder: 'terminal',
    version: /real (kubectl \d+\.\d+\.\d+)/,
    run: runTerminalCases,
  },
]
const golden = await Promise.all(
  suites.map(async ({ area, folder = area, version, run }) => {
    const cases = resolve('../shared/golden', folder)
    const { passed, failures } = await run(cases)
    return { area, ...versionIn(cases, version), passed, of: passed + failures.length }
  }),
)
const file = join(mkdtempSync(join(tmpdir(), 'podpath-')), 'kernel.json')
spawnSync('npm', ['run', '--silent', 'test:kernel', '--', '--count', values.count, '--report', file], {
  stdio: 'inherit',
})
const nothing: KernelReport = { kernel: '', iptables: '', nft: '', clusters: 0, flowsEach: 0, areas: [] }
const proven = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KernelReport) : nothing
const kernel = Number(values.count) === 0 ? withRandomOf(lastProof(), proven) : proven
const beside = join(mkdtempSync(join(tmpdir(), 'podpath-')), 'nginx.json')
spawnSync('npm', ['run', '--silent', 'test:nginx', '--', '--report', beside], { stdio: 'inherit' })
const nginx = existsSync(beside) ? (JSON.parse(readFileSync(beside, 'utf8')) as unknown) : undefined
const date = new Date().toISOString().slice(0, 10)
writeFileSync(PROVED, `${JSON.stringify({ date, golden, kernel, nginx }, undefined, 2)}\n`)

function lastProof(): KernelReport {
  return (JSON.parse(readFileSync(PROVED, 'utf8')) as { readonly kernel: KernelReport }).kernel
}

function withRandomOf({ clusters, flowsEach, areas }: KernelReport, proven: KernelReport): KernelReport {
  const random = areas.filter(({ area }) => area === 'random')
  const others = proven.areas.filter(({ area }) => area !== 'random')
  return { ...proven, clusters, flowsEach, areas: [...others, ...random] }
}

function versionIn(cases: string, version: RegExp | undefined): { readonly version?: string } {
  const readme = join(cases, 'README.md')
  if (version === undefined || !existsSync(readme)) return {}
  const [, named] = version.exec(readFileSync(readme, 'utf8')) ?? []
  return named === undefined ? {} : { version: named }
}
