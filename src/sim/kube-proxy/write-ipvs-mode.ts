/**
 * Services and EndpointSlices, as one node's kube-proxy in IPVS mode writes them down: virtual servers, ipsets, and a few rules.
 * Models pkg/proxy/ipvs/proxier.go, syncProxyRules (about v1.33).
 */
import { minorRelease } from '../cluster/minor-release.ts'
import type { IpSets } from '../netfilter/ip-sets.ts'
import type { VirtualServerSpec } from '../netfilter/ipvs-server.ts'
import type { IpAddress } from '../network/address.ts'
import { chooseEndpoints, type ChosenEndpoints } from './choose-endpoints.ts'
import { keepByPort } from './kept-by-port.ts'
import type { NodeRulesInput } from './node-rules-input.ts'
import type { ProxySettings } from './proxy-settings.ts'
import type { Origins, RuleWriter } from './rule-writer.ts'
import { balancedChain, type ServiceChain } from './service-chain.ts'
import { endpointsOf } from './endpoint-lists.ts'
import { isOnNode, serviceEndpoints } from './service-endpoints.ts'
import { admitsNode, servicePorts, type ServicePortInfo } from './service-ports.ts'
import { boundAddresses, nodePortAddresses } from './ipvs-addresses.ts'
import { proxySets } from './ipvs-sets.ts'
import { realServerId, serverOrigins, virtualServers, type WrittenServer } from './ipvs-servers.ts'
import { writeIpvsRules } from './write-ipvs-rules.ts'

/** What IPVS mode has besides rules. */
export interface IpvsRulesOfNode {
  readonly virtualServers: readonly VirtualServerSpec[]
  readonly sets: IpSets
  readonly origins: Origins
  readonly serviceChains: readonly ServiceChain[]
}

/** Writes the rules and gives what they stand beside. */
export function writeIpvsMode(
  writer: RuleWriter,
  input: NodeRulesInput,
  settings: ProxySettings,
): IpvsRulesOfNode {
  const { services, endpointSlices, node, ipVersion, config } = input
  const endpoints = serviceEndpoints(endpointSlices, node.name, ipVersion)
  const ports = servicePorts(services, ipVersion)
  const nodeIps = nodePortAddresses(settings, node.interfaceAddresses)
  const bound = boundAddresses(ports, node.interfaceAddresses)
  const inputs = ports.map((port) => ({ port, endpoints: endpointsOf(port, endpoints) }))
  const onNode = inputs.map(({ port, endpoints: those }) => ({
    port,
    local: those.filter((info) => isOnNode(info, node.name)),
  }))
  const sets = proxySets(onNode, bound, nodeIps, settings.nodeIp, ipVersion)
  const closed = ports
    .filter((port) => port.sourceRanges.length > 0 && !admitsNode(port, settings.nodeIp))
    .flatMap((port) =>
      port.loadBalancerIps.map((address) => ({ address, protocol: port.protocol, port: port.port })),
    )
  writeIpvsRules(writer, { settings, sets, closed, filtersAddresses: hasIpvsFilter(input) })
  const scheduler = config.ipvs.scheduler
  const written = inputs.map(({ port, endpoints: those }) => {
    const chosen = chooseEndpoints(port, those, settings.node)
    const shape = JSON.stringify({ scheduler, nodeIps: port.nodePort === 0 ? [] : nodeIps })
    return keptServices(port, chosen, shape, () => writeIpvsService(port, chosen, nodeIps, scheduler))
  })
  const servers = written.flatMap((service) => service.servers)
  return {
    virtualServers: servers.map(({ spec }) => spec),
    sets,
    origins: serverOrigins(servers),
    serviceChains: written.flatMap(({ card }) => card ?? []),
  }
}

/** The virtual servers of a service port, and the card of the first. */
interface IpvsService {
  readonly servers: readonly WrittenServer[]
  readonly card: ServiceChain | undefined
}

const keptServices = keepByPort<IpvsService>()

function writeIpvsService(
  port: ServicePortInfo,
  chosen: ChosenEndpoints,
  nodeIps: readonly IpAddress[],
  scheduler: string,
): IpvsService {
  const servers = virtualServers(port, chosen, nodeIps, scheduler)
  const [first] = servers
  const card =
    first && balancedChain(port, first.endpoints, (real) => realServerId(first.spec, real), scheduler)
  return { servers, card }
}

/** Before v1.27 nothing kept packets off the node's own ports behind a Service's address, and the node answered ping to it. */
export function hasIpvsFilter({ kubernetesVersion }: Pick<NodeRulesInput, 'kubernetesVersion'>): boolean {
  return minorRelease(kubernetesVersion ?? '') >= 27
}
