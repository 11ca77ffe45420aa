/**
 * Services and EndpointSlices, as one node's kube-proxy in iptables mode writes them down.
 * Models pkg/proxy/iptables/proxier.go, syncProxyRules (about v1.35). A full sync: partial syncs, which leave unchanged chains alone,
 * come to the same rules.
 */
import type { KubeProxyConfig } from '../cluster/cluster.ts'
import type { EndpointSlice, Service } from '../cluster/objects.ts'
import type { IpVersion } from '../network/address.ts'
import type { IpSets } from '../netfilter/ip-sets.ts'
import type { Ruleset } from '../netfilter/ruleset.ts'
import type { PoolRange } from './calico-chains.ts'
import { chooseEndpoints } from './choose-endpoints.ts'
import { writeFixedChains } from './fixed-chains.ts'
import { writeHostChains } from './host-chains.ts'
import { writeNodePortTail } from './node-port-tail.ts'
import { proxySettings, type NodeAddresses, type NodeFeatures, type ProxySettings } from './proxy-settings.ts'
import { openWriter, type Origins, type RuleWriter } from './rule-writer.ts'
import { serviceChain, type ServiceChain } from './service-chain.ts'
import { serviceEndpoints, servicePortKey } from './service-endpoints.ts'
import { servicePorts } from './service-ports.ts'
import { writeServiceChains } from './write-service-chains.ts'
import { writeServicePort } from './write-service-port.ts'

export interface NodeRulesInput {
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly node: NodeAddresses
  readonly config: KubeProxyConfig
  readonly ipVersion: IpVersion
  readonly features: NodeFeatures
  /** Calico's; absent or empty: another network plugin, and none of Calico's chains. */
  readonly ipPools?: readonly PoolRange[]
}

/** A node's rules of one IP family, and where they come from. */
export interface NodeRules {
  readonly ruleset: Ruleset
  readonly origins: Origins
  /** One a service port, by namespace, Service, port name, protocol. */
  readonly serviceChains: readonly ServiceChain[]
  /** The ipsets that rules ask. */
  readonly sets: IpSets
}

/** All rules of the node: kube-proxy's chains, the jumps from the built-in ones, and kubelet's and Calico's chains around them. */
export function compileNodeRules(input: NodeRulesInput): NodeRules {
  const settings = settingsOf(input)
  const writer = openWriter()
  const sets = writeHostChains(writer, settings, input.ipPools ?? [])
  const serviceChains = writeProxyRules(writer, input, settings)
  return { ...writer.finish(), serviceChains, sets }
}

/** kube-proxy's own chains alone, what it gives to `iptables-restore --noflush`. */
export function compileProxyRules(input: NodeRulesInput): NodeRules {
  const writer = openWriter()
  const serviceChains = writeProxyRules(writer, input, settingsOf(input))
  return { ...writer.finish(), serviceChains, sets: {} }
}

function settingsOf({ config, node, ipVersion, features }: NodeRulesInput): ProxySettings {
  return proxySettings(config, node, ipVersion, features)
}

function writeProxyRules(
  writer: RuleWriter,
  input: NodeRulesInput,
  settings: ProxySettings,
): readonly ServiceChain[] {
  const { services, endpointSlices, node, ipVersion } = input
  const endpoints = serviceEndpoints(endpointSlices, node.name, ipVersion)
  const isLargeCluster = [...endpoints.values()].flat().length > LARGE_CLUSTER_ENDPOINTS
  writeFixedChains(writer, settings)
  const chains = servicePorts(services, ipVersion).map((port) => {
    const { namespace, name } = port.service.ref
    const key = servicePortKey(namespace, name, port.portName, port.protocol)
    const chosen = chooseEndpoints(port, endpoints.get(key) ?? [], settings.node)
    writeServicePort(writer, port, chosen, settings)
    const written = writeServiceChains(writer, port, chosen, settings, isLargeCluster)
    return serviceChain(port, written)
  })
  writeNodePortTail(writer, settings)
  return chains
}

/** Above it comments at endpoints are left out: they are half of the text (largeClusterEndpointsThreshold). */
const LARGE_CLUSTER_ENDPOINTS = 1000
