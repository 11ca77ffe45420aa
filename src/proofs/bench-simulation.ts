/** How long the simulator takes, in Node. A machine's milliseconds say little: each time also stands beside one request of the same run. */
import { chapter9 } from '../scenarios/chapter-9/chapter-9.ts'
import type { Cluster } from '../sim/cluster/cluster.ts'
import { answerQuery, openCoreDns, type CoreDns } from '../sim/dns/coredns.ts'
import { parseCorefile } from '../sim/dns/corefile.ts'
import { makeQuery } from '../sim/dns/message.ts'
import { createLab } from '../sim/lab.ts'
import { parseFile } from '../sim/manifest/parse-file.ts'
import { printIptablesSave } from '../sim/netfilter/print-iptables-save.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import { nodeResolvConf } from '../sim/trace/vantage.ts'
import { nodeRules } from '../sim/trace/world.ts'
import { withServices } from './bench-cluster.ts'
import { scenarioState } from './default-scenario.ts'

/** One line of the table: the median of `runs` runs in milliseconds, and that over the request's. */
export interface Timing {
  readonly what: string
  readonly ms: number
  readonly requests: number
  readonly runs: number
}

const request: TraceRequest = {
  from: 'pod/default/pod',
  url: 'http://nginx/',
  method: 'GET',
  headers: [],
  seed: 7,
}

/** All of them; the first is the unit. */
export function simulationTimes(): readonly Timing[] {
  const opened = scenarioState(chapter9)
  const deploy = fileOf('nginx-deploy.yaml')
  const { cluster } = opened
  const rows = [
    median('send http://nginx/, from a lab just opened', 21, () => createLab(opened).send(request)),
    median('open the chapter’s state', 9, () => scenarioState(chapter9)),
    median('apply one file, 5 replicas → 3', 21, () => {
      const text = deploy.replace('replicas: 5', 'replicas: 3')
      createLab(opened).apply(parseFile('nginx-deploy.yaml', text), text)
    }),
    ...[1000, 10_000].flatMap((count) => {
      const grown = withServices(cluster, count)
      const services = `${count.toLocaleString('en')} Services × 5 endpoints`
      // A copy each time: the simulator compiles a cluster's rules once and keeps them.
      return [
        median(`compile the rules of ${services}`, 5, () => nodeRules({ ...grown }, 'host01')),
        median(`print them as iptables-save`, 3, () => print(grown)),
      ]
    }),
    median('20,000 DNS answers over 10,000 Services', 3, dnsAnswers(withServices(cluster, 10_000))),
  ]
  const unit = rows[0]?.ms ?? 1
  return rows.map((row) => ({ ...row, requests: row.ms / unit }))
}

function print(cluster: Cluster): string {
  const { ruleset } = nodeRules(cluster, 'host01')
  return printIptablesSave(ruleset, { version: '1.8.9 (nf_tables)', printedAt: '' })
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

/** One run to warm up, then `runs` that count. */
function median(what: string, runs: number, work: () => void): Omit<Timing, 'requests'> {
  work()
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  }).toSorted((a, b) => a - b)
  return { what, ms: times[runs >> 1] ?? 0, runs }
}
