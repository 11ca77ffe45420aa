/** What kube-proxy's rules cost in a large cluster: to write, to write again after a change, to print, to walk, to keep. */
import { spawnSync } from 'node:child_process'
import type { Cluster } from '../sim/cluster/cluster.ts'
import { openStream } from '../sim/draw.ts'
import { parseIptablesSave } from '../sim/netfilter/parse-iptables-save.ts'
import { printIptablesSave } from '../sim/netfilter/print-iptables-save.ts'
import type { Moment } from '../sim/netfilter/moment.ts'
import type { Table } from '../sim/netfilter/ruleset.ts'
import { walkTable } from '../sim/netfilter/walk-table.ts'
import { packetOf } from '../sim/netfilter/packet-notation.ts'
import { nodeRules } from '../sim/trace/world.ts'
import { median, medianOf, type Measured } from './bench-median.ts'
import { withServices } from './bench-cluster.ts'

/** Five endpoints behind one Service, as kube-proxy shares them out. */
const fiveRows = `*nat
:OUTPUT ACCEPT [0:0]
-A OUTPUT -m statistic --mode random --probability 0.20000000019 -j DNAT --to-destination 10.0.0.1:80
-A OUTPUT -m statistic --mode random --probability 0.25000000000 -j DNAT --to-destination 10.0.0.2:80
-A OUTPUT -m statistic --mode random --probability 0.33333333349 -j DNAT --to-destination 10.0.0.3:80
-A OUTPUT -m statistic --mode random --probability 0.50000000000 -j DNAT --to-destination 10.0.0.4:80
-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.5:80
COMMIT
`
const CONNECTIONS = 1_000_000
const NODE = 'host01'
const moment: Moment = {
  isLocal: () => false,
  ctStates: ['NEW'],
  recent: {},
  now: 0,
}

/** The rows of a cluster grown by `count` Services with five endpoints each. */
export function ruleTimes(cluster: Cluster, count: number): readonly Measured[] {
  const services = `${count.toLocaleString('en')} Services × 5 endpoints`
  // New objects each time: what was written for known ones is kept.
  const grow = () => withServices(cluster, count)
  const synced = grow()
  textOf(synced)
  const isAimedAt = count === 10_000
  return [
    medianOf(`write the rules of ${services}`, 5, grow, (grown) => nodeRules(grown, NODE)),
    {
      ...medianOf('write and print them', 5, grow, textOf),
      ...(isAimedAt && { aim: '≤ 600 ms' }),
    },
    {
      ...medianOf('the same after one endpoint went', 9, (run) => withoutEndpoint(synced, run), textOf),
      ...(isAimedAt && { aim: '≤ 10 ms' }),
    },
    // Text is put together of pieces that were there; whoever reads it has them copied into one.
    medianOf(
      'read that text',
      9,
      (run) => textOf(withoutEndpoint(synced, run)),
      (text) => text.charCodeAt(text.length >> 1),
    ),
  ]
}

/** What a node writes in another mode after one endpoint went. */
export function modeTimes(cluster: Cluster, count: number): readonly Measured[] {
  return (['nftables', 'ipvs'] as const).map((mode) => {
    const kubeProxy = { ...cluster.config.kubeProxy, mode }
    const synced = withServices({ ...cluster, config: { ...cluster.config, kubeProxy } }, count)
    nodeRules(synced, NODE)
    const what = `write the rules of ${count.toLocaleString('en')} Services in ${mode} mode after one endpoint went`
    return medianOf(
      what,
      9,
      (run) => withoutEndpoint(synced, run),
      (changed) => nodeRules(changed, NODE),
    )
  })
}

/** A million new connections through the five rows of a Service. */
export function choiceTimes(): Measured {
  const nat = natOf(parseIptablesSave(fiveRows).ruleset.tables)
  const packet = packetOf('tcp 10.1.0.1:40000 > 10.96.0.10:80')
  const draw = openStream(7, 'bench')
  return {
    ...median(`${CONNECTIONS.toLocaleString('en')} connections through five rows`, 3, () => {
      for (let index = 0; index < CONNECTIONS; index += 1) walkTable(nat, 'OUTPUT', packet, draw, moment)
    }),
    aim: '≤ 333 ms',
  }
}

/** As many first packets through nat, to the last of the Services; and how many rules each tries. */
export function walkTimes(cluster: Cluster, count: number): Measured {
  const grown = withServices(cluster, count)
  const nat = natOf(nodeRules(grown, NODE).ruleset.tables)
  const last = nat.chains.find(({ name }) => name === 'KUBE-SERVICES')?.rules.at(-2)
  const matches = last?.matches ?? []
  const [to = ''] = matches.flatMap((match) =>
    match.kind === 'destination' ? match.cidr.split('/').slice(0, 1) : [],
  )
  const [port = 0] = matches.flatMap((match) =>
    match.kind === 'ports' ? (match.destination?.from ?? []) : [],
  )
  const packet = packetOf(`tcp 192.168.61.11:40000 > ${to}:${port}`)
  const draw = openStream(7, 'bench')
  const tried = walkTable(nat, 'OUTPUT', packet, draw, moment).rulesTried.toLocaleString('en')
  const through = `through ${count.toLocaleString('en')} Services, ${tried} rules tried by each`
  return {
    ...median(`${CONNECTIONS.toLocaleString('en')} connections ${through}`, 3, () => {
      for (let index = 0; index < CONNECTIONS; index += 1) walkTable(nat, 'OUTPUT', packet, draw, moment)
    }),
    aim: '≤ 333 ms',
  }
}

/** What iptables-restore takes for the text of the same rules, in a network namespace of its own; or why that was not run. */
export function restoreTime(cluster: Cluster, count: number): Measured | string {
  // ipsets are no part of the text.
  const text = textOf(withServices({ ...cluster, ipPools: [] }, count))
  const what = `iptables-restore of the text of ${count.toLocaleString('en')} Services`
  const start = performance.now()
  const { status, error, stderr } = spawnSync('unshare', ['--net', 'iptables-restore'], { input: text })
  const ms = performance.now() - start
  if (status === 0) return { what, ms, fastestMs: ms, runs: 1 }
  return `${what}: not run (${error?.message ?? stderr.toString().trim().split('\n')[0] ?? ''})`
}

function textOf(cluster: Cluster): string {
  const { ruleset } = nodeRules(cluster, NODE)
  return printIptablesSave(ruleset, {
    version: '1.8.9 (nf_tables)',
    printedAt: '',
  })
}

/** The slice number `run` from the end has one endpoint less. */
function withoutEndpoint(cluster: Cluster, run: number): Cluster {
  const slices = cluster.endpointSlices
  const changed = slices.at(-1 - run)
  if (changed === undefined) throw new Error('fewer slices than runs')
  const less = { ...changed, endpoints: changed.endpoints.slice(1) }
  return { ...cluster, endpointSlices: slices.with(-1 - run, less) }
}

function natOf(tables: readonly Table[]): Table {
  const nat = tables.find(({ name }) => name === 'nat')
  if (nat === undefined) throw new Error('no table nat')
  return nat
}
