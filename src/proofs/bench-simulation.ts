/**
 * Prints how long the simulator takes, in Node. A machine's milliseconds say little: each time also stands beside one request of the same
 * run, and the fastest run beside the median, which what else the machine does makes longer.
 */
import { chapter9 } from '../scenarios/chapter-9/chapter-9.ts'
import type { Cluster } from '../sim/cluster/cluster.ts'
import { answerQuery, openCoreDns, type CoreDns } from '../sim/dns/coredns.ts'
import { parseCorefile } from '../sim/dns/corefile.ts'
import { makeQuery } from '../sim/dns/message.ts'
import { createLab } from '../sim/lab.ts'
import { parseFile } from '../sim/manifest/parse-file.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import { nodeResolvConf } from '../sim/trace/vantage.ts'
import { withServices } from './bench-cluster.ts'
import { routingTime } from './bench-ingress.ts'
import { median, type Measured } from './bench-median.ts'
import { choiceTimes, modeTimes, restoreTime, ruleTimes, walkTimes } from './bench-rules.ts'
import { scenarioState } from '../scenarios/scenario-state.ts'

const request: TraceRequest = {
  from: 'pod/default/pod',
  url: 'http://nginx/',
  method: 'GET',
  headers: [],
  seed: 7,
}

const opened = scenarioState(chapter9)
const deploy = fileOf('nginx-deploy.yaml')
const { cluster } = opened
const unit = median('send http://nginx/, from a lab just opened', 21, () => createLab(opened).send(request))

console.log(
  'Simulation in Node, built as the page is: median and fastest run, and the median as a multiple of one request',
)
print(unit)
print(median('open the chapter’s state', 9, () => scenarioState(chapter9)))
print(
  median('apply one file, 5 replicas → 3', 21, () => {
    const text = deploy.replace('replicas: 5', 'replicas: 3')
    createLab(opened).apply(parseFile('nginx-deploy.yaml', text), text)
  }),
)
for (const count of [1000, 10_000])
  for (const row of [...ruleTimes(cluster, count), walkTimes(cluster, count)]) print(row)
for (const row of modeTimes(cluster, 10_000)) print(row)
print(restoreTime(cluster, 10_000))
print(choiceTimes())
print(routingTime())
print(median('20,000 DNS answers over 10,000 Services', 3, dnsAnswers(withServices(cluster, 10_000))))

/** One line: what was measured, or why it was not. */
function print(measured: Measured | string): void {
  if (typeof measured === 'string') return console.log(`${' '.repeat(44)}${measured}`)
  const { what, ms, fastestMs, runs, aim } = measured
  const aimed = aim === undefined ? '' : `, aim ${aim}`
  const [times, requests] = [`${figure(ms)} ms  ${figure(fastestMs)} ms`, figure(ms / unit.ms)]
  console.log(`${times}  ${requests} ×  ${what}  (${runs} runs${aimed})`)
}

function figure(value: number): string {
  return value.toFixed(1).padStart(9)
}

/** The names of the grown cluster, twice through. */
function dnsAnswers(cluster: Cluster): () => void {
  const server = coreDnsOf(cluster)
  return () => {
    for (let index = 0; index < 20_000; index += 1) {
      const name = `service-${index % 10_000}.default.svc.cluster.local.`
      const { reply } = answerQuery(server, makeQuery({ name, type: 'A' }, index), {
        now: 0,
        transport: 'UDP',
      })
      if (reply.answer.length !== 1) throw new Error(`no answer for ${name}`)
    }
  }
}

function coreDnsOf(cluster: Cluster): CoreDns {
  const text = cluster.configMaps.find(({ ref }) => ref.name === 'coredns')?.data['Corefile']
  const corefile = text === undefined ? undefined : parseCorefile(text).config
  if (corefile === undefined) throw new Error('the chapter has no Corefile')
  return openCoreDns({
    corefile,
    cluster,
    nodeResolvConf: nodeResolvConf(cluster),
    upstream: () => ({ kind: 'port-unreachable', afterMs: 0 }),
    draw: () => 0,
  })
}

function fileOf(name: string): string {
  return chapter9.files.find((file) => file.name === name)?.text ?? ''
}
