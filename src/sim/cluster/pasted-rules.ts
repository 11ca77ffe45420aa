/** Rules that a person took from a real node and gave in place of the computed ones: an input beside manifests, told by its file's name. */
import { ipVersion } from '../network/address.ts'
import type { Cluster, PastedRules, ProxyMode } from './cluster.ts'

/** The rules of a kind that stand in place of a node's own. */
export function pastedRulesOf<Kind extends PastedRules['kind']>(
  cluster: Cluster,
  node: string,
  kind: Kind,
): Pasted<Kind> | undefined {
  return cluster.pastedRules.find((each): each is Pasted<Kind> => each.node === node && each.kind === kind)
}

type Pasted<Kind extends PastedRules['kind']> = Extract<PastedRules, { kind: unknown }> & {
  readonly kind: Kind
}

/** A node's mode: one that has kube-proxy's nftables table runs it, whatever the cluster's configuration says. */
export function modeOf(cluster: Cluster, node: string): ProxyMode {
  return pastedRulesOf(cluster, node, 'nft') === undefined ? cluster.config.kubeProxy.mode : 'nftables'
}

/** Whether a node's IPv6 rules may say something: the cluster has Services of the family, or the node's were pasted. */
export function hasIpv6Rules(cluster: Cluster, node: string): boolean {
  return (
    cluster.config.serviceSubnets.some((range) => ipVersion(range) === 6) ||
    pastedRulesOf(cluster, node, 'ip6tables-save') !== undefined ||
    pastedRulesOf(cluster, node, 'nft')?.tables.some(({ family }) => family === 'ip6') === true
  )
}

/** The cluster with these rules, in place of what the node had of such a paste before. */
export function withPastedRules(cluster: Cluster, pasted: PastedRules): Cluster {
  const others = cluster.pastedRules.filter(({ node, kind }) => node !== pasted.node || kind !== pasted.kind)
  return { ...cluster, pastedRules: [...others, pasted] }
}

/** The cluster without what a file pasted: the computed rules come back. The very same where the file pasted nothing. */
export function withoutPaste(cluster: Cluster, file: string): Cluster {
  const kept = cluster.pastedRules.filter((each) => each.file !== file)
  return kept.length === cluster.pastedRules.length ? cluster : { ...cluster, pastedRules: kept }
}
