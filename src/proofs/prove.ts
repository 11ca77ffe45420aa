/**
 * `npm run prove [-- --count N] [--only golden|kernel|nginx|resolvers]`: runs the golden cases and the proofs against real programs, and writes what they came to where the page "How
 * true is this?" reads it. Nothing there is written by hand. What is not run keeps the figures that the last proof left; so do the
 * random clusters with `--count 0`.
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

const { values } = parseArgs({
  options: { count: { type: 'string', default: '1000' }, only: { type: 'string' } },
})
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
const last = JSON.parse(readFileSync(PROVED, 'utf8')) as {
  readonly golden: unknown
  readonly kernel: KernelReport
  readonly nginx?: unknown
  readonly resolvers?: unknown
}
const date = new Date().toISOString().slice(0, 10)
const proved = {
  date,
  golden: isAsked('golden') ? await proveGolden() : last.golden,
  kernel: isAsked('kernel') ? proveKernel() : last.kernel,
  nginx: isAsked('nginx') ? reportOf('test:nginx') : last.nginx,
  resolvers: isAsked('resolvers') ? reportOf('test:resolvers', ['--count', '200']) : last.resolvers,
}
writeFileSync(PROVED, `${JSON.stringify(proved, undefined, 2)}\n`)

function isAsked(part: 'golden' | 'kernel' | 'nginx' | 'resolvers'): boolean {
  return values.only === undefined || values.only === part
}

function proveGolden() {
  return Promise.all(
    suites.map(async ({ area, folder = area, version, run }) => {
      const cases = resolve('../shared/golden', folder)
      const { passed, failures } = await run(cases)
      return { area, ...versionIn(cases, version), passed, of: passed + failures.length }
    }),
  )
}

function proveKernel(): KernelReport {
  const nothing: KernelReport = { kernel: '', iptables: '', nft: '', clusters: 0, flowsEach: 0, areas: [] }
  const proven = (reportOf('test:kernel', ['--count', values.count]) as KernelReport | undefined) ?? nothing
  return Number(values.count) === 0 ? withRandomOf(last.kernel, proven) : proven
}

/** What a proof says in its report; undefined where it was not run. */
function reportOf(script: string, options: readonly string[] = []): unknown {
  const file = join(mkdtempSync(join(tmpdir(), 'podpath-')), 'report.json')
  spawnSync('npm', ['run', '--silent', script, '--', ...options, '--report', file], { stdio: 'inherit' })
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
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
