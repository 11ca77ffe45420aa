/** The texts in which a node's dataplane can be read: what the real tools print on it. */
import type { ProxyMode } from './cluster/cluster.ts'
import type { Owners } from './kube-proxy/rule-owner.ts'

/** Named after the command: `iptables-save -c`, `ip6tables-save -c`, `ipvsadm -Ln`, `ipset list`, `nft list ruleset`, `conntrack -L`. */
export type NodeText = RulesText | 'conntrack'

/** Those of them that hold what kube-proxy wrote. */
export type RulesText = 'iptables-save' | 'ip6tables-save' | 'ipvsadm' | 'ipset' | 'nft'

/** A node's text, and which chains and rules in it are not kube-proxy's. */
export interface OwnedText {
  readonly text: string
  readonly owners: Owners
}

/** The texts of kube-proxy's mode, the one that decides most first; IPv6's rules where the cluster has Services of that family. */
export function rulesTexts(mode: ProxyMode, hasIpv6: boolean): readonly RulesText[] {
  const ipv6 = hasIpv6 ? (['ip6tables-save'] as const) : []
  switch (mode) {
    case 'iptables':
      return ['iptables-save', ...ipv6]
    case 'ipvs':
      return ['ipvsadm', 'iptables-save', 'ipset', ...ipv6]
    case 'nftables':
      return ['nft', 'iptables-save', ...ipv6]
  }
}
