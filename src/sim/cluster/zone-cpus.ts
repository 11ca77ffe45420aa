/** What the zones of a cluster can carry. Models staging endpointslice topologycache (1.34), SetNodes. */
import { textAt, valueAt } from '../manifest/json-fields.ts'
import { readNode } from './read-node.ts'
import type { ApiObject } from './objects.ts'
import type { ZoneCpus } from './endpoint-hints.ts'

/** The label that says where a node stands. */
export const ZONE_LABEL = 'topology.kubernetes.io/zone'

/** CPUs by zone, by name. Nodes that are not ready and those of the control plane do not count. */
export function zoneCpus(nodes: readonly ApiObject[]): ZoneCpus {
  const cpus = new Map<string, number>()
  for (const object of nodes) {
    const { labels, ready } = readNode(object)
    if (!ready || controlPlane.some((label) => label in labels)) continue
    const zone = labels[ZONE_LABEL] ?? ''
    const milli = milliCpus(object)
    if (zone === '' || milli === 0) return undefined
    cpus.set(zone, (cpus.get(zone) ?? 0) + milli)
  }
  return new Map([...cpus].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const controlPlane = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master']

/** `status.allocatable.cpu`, `4` or `3920m`, in thousandths; 0 where there is none. */
function milliCpus({ body }: ApiObject): number {
  const value = valueAt(body, 'status', 'allocatable', 'cpu')
  const text = typeof value === 'number' ? `${value}` : (textAt(body, 'status', 'allocatable', 'cpu') ?? '')
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)(m?)$/.exec(text) ?? []
  return Math.ceil(Number(number) * (unit === 'm' ? 1 : 1000))
}
