/** Many connections are shared out as the rows of the chain say. */
import { nodeRules } from '../../sim/trace/world.ts'
import type { Answer } from './agent.ts'
import { fit } from './chi-square.ts'
import { PATIENCE_MS } from './outcome.ts'
import type { Check } from './proof.ts'
import type { RealCluster } from './real-cluster.ts'
import { webLab } from './stateful-cases.ts'

/** A false alarm once in a million runs. */
const LEAST_P = 1e-6
const CONNECTIONS = 5000

/** Opens all of them, fifty at a time, and counts who took them. */
export async function checkShares(real: RealCluster): Promise<readonly Check[]> {
  const { cluster } = webLab('web')
  await real.load(cluster)
  const connect = { action: 'connect', address: '10.96.0.80', port: 80, timeoutMs: PATIENCE_MS } as const
  const counts = new Map<string, number>()
  const parallel = Array.from({ length: 50 }, async () => {
    for (let sent = 0; sent < CONNECTIONS / 50; sent++) {
      const name = nameOf(await real.agentAt('default/near').do(connect))
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
  if (p >= LEAST_P && lost === 0) return [{ what }]
  return [{ what, difference: `expected p ≥ ${LEAST_P} and none lost; ${lost} lost` }]
}

function nameOf(answer: Answer): string {
  return answer.kind === 'answered' ? (answer.name ?? '') : answer.kind
}
