/** Our text of a node's rules goes into the kernel and must come back from `iptables-save` as it went in. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { runIn } from './commands.ts'
import { bare, printNodeRules } from './node-text.ts'

/** The first line that came back otherwise, or undefined. The rules must be loaded already. */
export async function roundTripDifference(
  cluster: Cluster,
  node: string,
  namespace: string,
): Promise<string | undefined> {
  const sent = bare(printNodeRules(cluster, node))
  const back = bare(await runIn(namespace, 'iptables-save', []))
  const at = sent.findIndex((line, index) => line !== back[index])
  if (at < 0 && sent.length === back.length) return undefined
  return `sent ${sent[at] ?? 'nothing'}\n  back ${back[at] ?? back[sent.length] ?? 'nothing'}`
}
