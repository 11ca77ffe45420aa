/**
 * `npm run test:nginx [-- --seed N] [--sets N] [--count N] [--report FILE]`: the servers as the inspector shows them, in a real nginx on a
 * loopback port, and our router: random and hand-picked requests to both, which must choose the same location, status and redirect, and
 * send the same request to the Pod. `--count` requests over `--sets` random sets of Ingresses.
 * Linux, root and nginx; everything stays inside a network namespace that nobody else sees, which goes with the run.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStream } from '../sim/draw.ts'
import type { ControllerConfig } from '../sim/ingress/controller-config.ts'
import { isAlone, runAlone } from './alone.ts'
import { has, run } from './kernel/commands.ts'
import { openClient } from './nginx/ask.ts'
import { CLIENT, differenceOf, nginxTells, routerTells } from './nginx/compare-answers.ts'
import { handPicked } from './nginx/hand-picked.ts'
import { openPodSocket } from './nginx/pod-socket.ts'
import { randomConfig } from './nginx/random-ingresses.ts'
import { randomQuestion, type Question } from './nginx/random-requests.ts'
import { startNginx } from './nginx/real-nginx.ts'
import { runnableConf } from './nginx/runnable-conf.ts'

const PORT = 8080
/** Differences that are printed in full. */
const SHOWN = 10

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    sets: { type: 'string', default: '200' },
    count: { type: 'string', default: '20000' },
    report: { type: 'string' },
  },
})

const missing = whatIsMissing()
if (missing !== undefined) {
  console.log(`The nginx proof was not run: ${missing}`)
  process.exit(0)
}
if (!isAlone())
  process.exit(
    await runAlone({
      name: 'nginx',
      namespaces: ['--mount', '--net'],
      before: 'ip link set lo up',
      limitMs: 120_000 + 10 * Number(values.count),
    }),
  )
const version = (await run('sh', ['-c', 'nginx -v 2>&1'])).trim().replace(/^.*\//, '')
const folder = mkdtempSync(join(tmpdir(), 'podpath-nginx-'))
const totals = { sets: 0, refusedByBoth: 0, asked: 0, notModelled: 0, differences: 0 }
try {
  const pod = await openPodSocket(`${folder}/pod.sock`)
  for (const { name, config, questions } of handPicked) await prove(name, config, questions)
  const each = Math.ceil(Number(values.count) / Number(values.sets))
  // A set that both refuse asks nothing, and does not count as one.
  for (let set = 0; totals.sets < handPicked.length + Number(values.sets); set++) {
    const draw = openStream(Number(values.seed), `nginx/${set}`)
    const config = randomConfig(draw)
    await prove(
      `set ${set}`,
      config,
      Array.from({ length: each }, () => randomQuestion(draw, config)),
    )
  }
  pod.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (values.report !== undefined)
  writeFileSync(values.report, `${JSON.stringify({ version, ...totals }, undefined, 2)}\n`)
const { sets, refusedByBoth, asked, notModelled, differences } = totals
console.log(`nginx ${version}: ${asked} requests over ${sets} sets of Ingresses; ${differences} differences`)
console.log(
  `${refusedByBoth} further sets were refused by both; ${notModelled} requests are beyond the model`,
)
process.exit(differences === 0 && asked > 0 ? 0 : 1)

async function prove(name: string, config: ControllerConfig, questions: readonly Question[]): Promise<void> {
  const nginx = await startNginx(runnableConf(config, folder, PORT), folder, PORT)
  const refused = config.problems.length > 0
  if (nginx.kind === 'refused') {
    if (refused) totals.refusedByBoth++
    else differ(name, `nginx refuses the configuration: ${nginx.said.trim()}`, config)
    totals.sets += refused ? 0 : 1
    return
  }
  totals.sets++
  const client = openClient(PORT, CLIENT)
  try {
    if (refused) differ(name, 'the model refuses a configuration that nginx takes', config)
    else for (const question of questions) await compareOne(name, config, question)
  } finally {
    client.close()
    await nginx.stop()
  }

  async function compareOne(set: string, of: ControllerConfig, question: Question) {
    const router = routerTells(of, question)
    if (router === undefined) {
      totals.notModelled++
      return
    }
    totals.asked++
    const difference = differenceOf(router, nginxTells(await client.ask(question)))
    if (difference !== undefined) differ(set, `${JSON.stringify(question)}\n    ${difference}`, of)
  }
}

function differ(name: string, what: string, config: ControllerConfig): void {
  totals.differences++
  if (totals.differences > SHOWN) return
  const servers = config.servers.map(({ hostname, locations }) => {
    const heads = locations.map(({ match, path }) => `${match} ${path}`)
    return `      ${hostname}: ${heads.join(', ')}`
  })
  console.log(`✕ ${name}: ${what}\n${servers.join('\n')}`)
}

function whatIsMissing(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux.'
  if (process.getuid?.() !== 0) return 'it needs root.'
  const programs = ['ip', 'unshare', 'setpriv'].filter((program) => !has(program))
  if (programs.length > 0) return `it needs ${programs.join(', ')}.`
  return has('nginx')
    ? undefined
    : 'it needs nginx: apt-get install -y --no-install-recommends nginx-light, then npm run test:nginx'
}
