/** The texts in which a node's dataplane can be read: what the real tools print on it. */
import type { ProxyMode } from './cluster/cluster.ts'
import type { Owners } from './kube-proxy/rule-owner.ts'

/** Named after the command: `iptables-save -c`, `ipvsadm -Ln`, `ipset list`, `nft list ruleset`, `conntrack -L`. */
export type NodeText = RulesText | 'conntrack'

/** Those of them that hold what kube-proxy wrote. */
export type RulesText = 'iptables-save' | 'ipvsadm' | 'ipset' | 'nft'

/** A node's text, and which chains and rules in it are not kube-proxy's. */
export interface OwnedText {
  readonly text: string
  readonly owners: Owners
}

/** The texts of kube-proxy's mode, the one that decides most first. */
export function rulesTexts(mode: ProxyMode): readonly RulesText[] {
  switch (mode) {
    case 'iptables':
      return ['iptables-save']
    case 'ipvs':
      return ['ipvsadm', 'iptables-save', 'ipset']
    case 'nftables':
      return ['nft', 'iptables-save']
  }
}
