/**
 * Services and EndpointSlices, as one node's kube-proxy in iptables mode writes them down.
 * Models pkg/proxy/iptables/proxier.go, syncProxyRules (about v1.35). A full sync, in which the chains of unchanged Services are the
 * same objects as the last time.
 */
import type { IpSets } from '../netfilter/ip-sets.ts'
import type { VirtualServerSpec } from '../netfilter/ipvs-server.ts'
import type { NftTable } from '../netfilter/nft-ruleset.ts'
import type { Ruleset } from '../netfilter/ruleset.ts'
import { writeFixedChains } from './fixed-chains.ts'
import { kubeletJumps, writeHostChains } from './host-chains.ts'
import { hasIpvsFilter, writeIpvsMode } from './write-ipvs-mode.ts'
import { ipvsJumps } from './write-ipvs-rules.ts'
import { writeNodePortTail } from './node-port-tail.ts'
import type { NodeRulesInput } from './node-rules-input.ts'
import { proxySettings, type ProxySettings } from './proxy-settings.ts'
import type { Owners } from './rule-owner.ts'
import { openWriter, type Origins, type RuleWriter } from './rule-writer.ts'
import { cardsIn, type ServiceCards, type ServiceChain } from './service-chain.ts'
import { servicePortBook } from './service-port-book.ts'
import { syncServicePorts } from './service-port-rules.ts'
import { writeNftMode } from './write-nft-mode.ts'

/** Worked out from manifests, or read from a real node's dump. */
export type RulesBasis = 'computed' | 'imported'

/** A node's rules of one IP family, and where they come from. */
export interface NodeRules {
  readonly basis: RulesBasis
  readonly ruleset: Ruleset
  readonly origins: Origins
  /** Undefined: a dump says no writer. */
  readonly owners: Owners | undefined
  readonly cards: ServiceCards
  /** The ipsets that rules ask. */
  readonly sets: IpSets
  /** kube-proxy's own table, in nftables mode alone. */
  readonly nft?: { readonly basis: RulesBasis; readonly table: NftTable }
  /** IPVS mode alone. */
  readonly virtualServers?: readonly VirtualServerSpec[]
}

/** All rules of the node: kube-proxy's, the jumps from the built-in chains, and kubelet's and Calico's chains around them. */
export function compileNodeRules(input: NodeRulesInput): NodeRules {
  const [writer, settings] = [openWriter(), settingsOf(input)]
  return writeMode(writer, input, settings, writeHost(writer, input, settings))
}

/** kube-proxy's own chains alone, what it gives to `iptables-restore --noflush`. */
export function compileProxyRules(input: NodeRulesInput): NodeRules {
  return writeMode(openWriter(), input, settingsOf(input), {})
}

/** What stands around kube-proxy's chains; gives the ipsets that it asks. */
function writeHost(writer: RuleWriter, input: NodeRulesInput, settings: ProxySettings): IpSets {
  const pools = input.ipPools ?? []
  switch (input.config.mode) {
    case 'iptables':
      return writeHostChains(writer, settings, pools)
    case 'nftables':
      return writeHostChains(writer, settings, pools, kubeletJumps, ['KUBELET'])
    case 'ipvs':
      writer.as('kubelet').declare('filter', 'KUBE-FIREWALL')
      return writeHostChains(writer, settings, pools, ipvsJumps(hasIpvsFilter(input)))
  }
}

function writeMode(
  writer: RuleWriter,
  input: NodeRulesInput,
  settings: ProxySettings,
  hostSets: IpSets,
): NodeRules {
  const basis = 'computed'
  switch (input.config.mode) {
    case 'iptables':
      return writeProxyRules(writer, input, settings, hostSets)
    case 'nftables': {
      const { table, ...written } = writeNftMode(input, settings)
      return { ...finished(writer, written), sets: hostSets, nft: { basis, table } }
    }
    case 'ipvs': {
      const { sets, origins, serviceChains, ...mode } = writeIpvsMode(writer, input, settings)
      return {
        ...finished(writer, { origins, serviceChains }),
        sets: { ...hostSets, ...sets },
        ...mode,
      }
    }
  }
}

/** What iptables holds, with the origins and cards of a mode that keeps its Services elsewhere. */
function finished(
  writer: RuleWriter,
  { origins, serviceChains }: { readonly origins: Origins; readonly serviceChains: readonly ServiceChain[] },
): Pick<NodeRules, 'basis' | 'ruleset' | 'owners' | 'origins' | 'cards'> {
  const { ruleset, owners, origins: others } = writer.finish()
  return {
    basis: 'computed',
    ruleset,
    owners,
    origins: (id) => origins(id) ?? others(id),
    cards: cardsIn(serviceChains),
  }
}

function settingsOf({ config, node, ipVersion, features }: NodeRulesInput): ProxySettings {
  return proxySettings(config, node, ipVersion, features)
}

function writeProxyRules(
  writer: RuleWriter,
  input: NodeRulesInput,
  settings: ProxySettings,
  sets: IpSets,
): NodeRules {
  writeFixedChains(writer, settings)
  const synced = syncServicePorts(input, settings)
  for (const { table, chain, rules } of synced.shared) writer.add(table, chain, rules)
  writeNodePortTail(writer, settings)
  const { ruleset, origins, owners } = writer.finish(synced.chains)
  const book = servicePortBook(synced.all, ruleset)
  return {
    basis: 'computed',
    ruleset,
    owners,
    origins: (id) => origins(id) ?? book.origins(id),
    cards: book.cards,
    sets,
  }
}
