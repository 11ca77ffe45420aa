/** The text of a node's rules as `iptables-save` prints it, with heads that do not change: what goes into a kernel and must come back. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import type { IpVersion } from '../../sim/network/address.ts'
import type { NodeRules } from '../../sim/kube-proxy/compile-node-rules.ts'
import { printIptablesSave } from '../../sim/netfilter/print-iptables-save.ts'
import { printNftScript } from '../../sim/netfilter/print-nft.ts'
import { nodeIpv6Rules, nodeRules } from '../../sim/trace/world.ts'

/** Both families; each has rules of its own. */
export const families: readonly IpVersion[] = [4, 6]

/** A node's rules of a family. */
export function rulesOf(cluster: Cluster, node: string, version: IpVersion): NodeRules {
  return version === 4 ? nodeRules(cluster, node) : nodeIpv6Rules(cluster, node)
}

/** `iptables-restore` or `ip6tables-save`, say. */
export function iptablesCommand(version: IpVersion, what: 'save' | 'restore'): string {
  return version === 4 ? `iptables-${what}` : `ip6tables-${what}`
}

/** All tables of a node. */
export function printNodeRules(cluster: Cluster, node: string, ipVersion: IpVersion): string {
  const { ruleset } = rulesOf(cluster, node, ipVersion)
  return printIptablesSave(ruleset, { version: '', printedAt: '', ipVersion })
}

/** kube-proxy's own tables as a script for `nft -f`, put in place of those before; empty in other modes, where they only go. */
export function printNodeTables(cluster: Cluster, node: string): string {
  return families
    .map((version) => {
      const nft = rulesOf(cluster, node, version).nft?.table
      const table = `table ${version === 4 ? 'ip' : 'ip6'} kube-proxy`
      return `add ${table}\ndelete ${table}\n${nft === undefined ? '' : printNftScript(nft)}`
    })
    .join('')
}

/** The text without heads and counters: what a kernel gives back of it. */
export function bare(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/ \[\d+:\d+\]$/, ''))
}
