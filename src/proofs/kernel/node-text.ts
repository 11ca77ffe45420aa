/** The text of a node's rules as `iptables-save` prints it, with heads that do not change: what goes into a kernel and must come back. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { printIptablesSave } from '../../sim/netfilter/print-iptables-save.ts'
import { printNftScript } from '../../sim/netfilter/print-nft.ts'
import { nodeRules } from '../../sim/trace/world.ts'

/** All tables of a node. */
export function printNodeRules(cluster: Cluster, node: string): string {
  return printIptablesSave(nodeRules(cluster, node).ruleset, { version: '', printedAt: '' })
}

/** kube-proxy's own table as a script for `nft -f`, put in place of the one before; empty in other modes, where it only goes. */
export function printNodeTable(cluster: Cluster, node: string): string {
  const nft = nodeRules(cluster, node).nft?.table
  const gone = 'add table ip kube-proxy\ndelete table ip kube-proxy\n'
  return nft === undefined ? gone : gone + printNftScript(nft)
}

/** The text without heads and counters: what a kernel gives back of it. */
export function bare(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/ \[\d+:\d+\]$/, ''))
}
