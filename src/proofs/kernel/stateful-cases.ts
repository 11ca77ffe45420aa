/** What a kernel remembers from packet to packet: conntrack, `recent`, connections that outlive their rules. */
import { nodeRules } from '../../sim/trace/world.ts'
import type { Answer } from './agent.ts'
import { fit } from './chi-square.ts'
import { openProofLab } from './cluster-text.ts'
import { runIn } from './commands.ts'
import { namespaceOf } from './machines.ts'
import { PATIENCE_MS } from './outcome.ts'
import type { Check } from './proof.ts'
import type { RealCluster } from './real-cluster.ts'

const service = (selector: string, more = '') => `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  clusterIP: 10.96.0.80
  selector: { app: ${selector} }
  ports: [{ name: tcp, port: 80 }, { name: udp, protocol: UDP, port: 5353 }]
  ${more}
`
const [near, far] = ['default/near', 'default/far']
const tcp = { action: 'connect', address: '10.96.0.80', port: 80, timeoutMs: PATIENCE_MS } as const
const udp = {
  action: 'datagram',
  address: '10.96.0.80',
  port: 5353,
  text: 'stateful',
  timeoutMs: PATIENCE_MS,
} as const

/** A false alarm once in a million runs. */
const LEAST_P = 1e-6
const CONNECTIONS = 5000

/** Many connections are shared out as the rows of the chain say. */
export async function checkShares(real: RealCluster): Promise<readonly Check[]> {
  const { cluster } = openProofLab(service('web'))
  await real.load(cluster)
  const counts = new Map<string, number>()
  const parallel = Array.from({ length: 50 }, async () => {
    for (let sent = 0; sent < CONNECTIONS / 50; sent++) {
      const name = nameOf(await real.agentAt(near).do(tcp))
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  })
  await Promise.all(parallel)
  const rows =
    nodeRules(cluster, 'host01')
      .cards.ofServices()
      .find(({ portName }) => portName === 'tcp')?.rows ?? []
  const got = rows.map(({ pod }) => counts.get(`default/${pod?.name}`) ?? 0)
  const p = fit(
    got,
    rows.map(({ share }) => share),
  )
  const lost = CONNECTIONS - got.reduce((sum, count) => sum + count, 0)
  const what = `${CONNECTIONS} connections over ${rows.length} Pods: ${got.join(', ')} (p = ${p.toPrecision(2)})`
  return [verdict(what, p >= LEAST_P && lost === 0, `p ≥ ${LEAST_P} and none lost; ${lost} lost`)]
}

/** A UDP port stays with its Pod while conntrack remembers it; new ports draw anew. */
export async function checkUdp(
  real: RealCluster,
  takers: () => readonly string[],
): Promise<readonly Check[]> {
  await real.load(openProofLab(service('web')).cluster)
  await real.forget()
  const before = takers().length
  for (let sent = 0; sent < 6; sent++) await real.agentAt(near).do({ ...udp, from: 40_000 })
  const same = new Set(takers().slice(before))
  for (let sent = 0; sent < 40; sent++) await real.agentAt(near).do(udp)
  const others = new Set(takers().slice(before + 6))
  return [
    verdict('six datagrams from one port reach one Pod', same.size === 1, `one Pod, not ${same.size}`),
    verdict('forty ports reach several Pods', others.size > 1, 'several Pods, not one'),
  ]
}

/** ClientIP affinity keeps each client with one Pod. */
export async function checkAffinity(real: RealCluster): Promise<readonly Check[]> {
  await real.load(openProofLab(service('web', 'sessionAffinity: ClientIP')).cluster)
  return Promise.all(
    [near, far].map(async (client) => {
      const names = new Set<string>()
      for (let sent = 0; sent < 12; sent++) names.add(nameOf(await real.agentAt(client).do(tcp)))
      return verdict(`${client} stays with one Pod`, names.size === 1, `one Pod, not ${[...names].join()}`)
    }),
  )
}

/** A connection goes on after its endpoint has left the rules, even when none is left; new ones follow the rules. */
export async function checkOpenConnections(real: RealCluster): Promise<readonly Check[]> {
  await real.load(openProofLab(service('web')).cluster)
  const opened = nameOf(await real.agentAt(near).do({ ...tcp, hold: 'kept' }))
  await real.load(openProofLab(service('nobody')).cluster)
  const kept = nameOf(await real.agentAt(near).do({ action: 'write', hold: 'kept', timeoutMs: PATIENCE_MS }))
  const fresh = await real.agentAt(near).do(tcp)
  await real.agentAt(near).do({ action: 'release', hold: 'kept' })
  const refused = fresh.kind === 'failed' && fresh.code === 'ECONNREFUSED'
  return [
    verdict('an open connection goes on without endpoints', kept === opened, `${opened}, not ${kept}`),
    verdict('a new one is refused', refused, `ECONNREFUSED, not ${JSON.stringify(fresh)}`),
  ]
}

/** A client outside with a route to the Service range through a node: Pods see that node. */
export async function checkRoutedClient(real: RealCluster): Promise<readonly Check[]> {
  await real.load(openProofLab(service('web')).cluster)
  const laptop = namespaceOf('laptop')
  await runIn(laptop, 'ip', ['route', 'replace', '10.96.0.0/12', 'via', '192.168.61.12'])
  const answer = await real.agentAt('laptop').do(tcp)
  await runIn(laptop, 'ip', ['route', 'del', '10.96.0.0/12'])
  const source = answer.kind === 'answered' ? answer.source : answer.kind
  return [
    verdict(
      'Pods see the node that the route leads to',
      source === '192.168.61.12',
      `192.168.61.12, not ${source}`,
    ),
  ]
}

function nameOf(answer: Answer): string {
  return answer.kind === 'answered' ? (answer.name ?? '') : answer.kind
}

function verdict(what: string, holds: boolean, wanted: string): Check {
  return holds ? { what } : { what, difference: `expected ${wanted}` }
}
