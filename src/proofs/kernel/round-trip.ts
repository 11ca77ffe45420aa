/** Our text of a node's rules goes into the kernel and must come back from `iptables-save`, or `nft list table`, as it went in. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import type { IpVersion } from '../../sim/network/address.ts'
import { printNftTable } from '../../sim/netfilter/print-nft.ts'
import { runIn } from './commands.ts'
import { bare, iptablesCommand, printNodeRules, rulesOf } from './node-text.ts'

/** The first line of a family that came back otherwise, or undefined. The rules must be loaded already. */
export async function roundTripDifference(
  cluster: Cluster,
  node: string,
  namespace: string,
  version: IpVersion,
): Promise<string | undefined> {
  const sent = bare(printNodeRules(cluster, node, version))
  const back = bare(await runIn(namespace, iptablesCommand(version, 'save'), []))
  return firstDifference(sent, back) ?? tableDifference(rulesOf(cluster, node, version), namespace)
}

async function tableDifference(
  { nft }: ReturnType<typeof rulesOf>,
  namespace: string,
): Promise<string | undefined> {
  if (nft === undefined) return undefined
  const { table } = nft
  const back = await runIn(namespace, 'nft', ['list', 'table', table.family, table.name])
  return firstDifference(printNftTable(table).split('\n'), withoutMemory(back).split('\n'))
}

/** What packets have put into sets does not stand in rules. */
function withoutMemory(text: string): string {
  return text.replaceAll(/(timeout \S+\n)\t\telements = \{[^}]*\}\n/g, '$1')
}

function firstDifference(sent: readonly string[], back: readonly string[]): string | undefined {
  const at = sent.findIndex((line, index) => line !== back[index])
  if (at < 0 && sent.length === back.length) return undefined
  return `sent ${sent[at] ?? 'nothing'}\n  back ${back[at] ?? back[sent.length] ?? 'nothing'}`
}
