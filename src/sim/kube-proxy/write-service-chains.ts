/**
 * The chains of one service port: the choice among endpoints, what traffic from outside meets first, and each endpoint's own chain.
 * Models pkg/proxy/iptables/proxier.go, syncProxyRules and writeServiceToEndpointRules.
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { Chain, Match, Rule } from '../netfilter/ruleset.ts'
import { endpointChainName } from './chain-names.ts'
import type { ChosenEndpoints } from './choose-endpoints.ts'
import { probabilityThreshold } from './probability.ts'
import { fromEndpoint, fromService } from './rule-origins.ts'
import type { FromPod, ProxySettings } from './proxy-settings.ts'
import { comment, isLocalAddress, jump, not, source, trafficTo } from './rule-parts.ts'
import type { EndpointInfo } from './endpoint-lists.ts'
import { admitsNode, chainOf, isExternal, type ServicePortInfo } from './service-ports.ts'
import { hasFirewall } from './write-service-port.ts'

/** All chains of a service port that has endpoints; none for one that has none. */
export function writeServiceChains(
  port: ServicePortInfo,
  chosen: ChosenEndpoints,
  settings: ProxySettings,
  isLargeCluster: boolean,
): readonly Chain[] {
  const names = new Map(
    chosen.all.map((endpoint) => [endpoint, endpointChainName(port.name, port.protocol, endpoint.text)]),
  )
  const entry: Entry = { port, chosen, settings, isLargeCluster, names }
  return [
    ...(hasFirewall(port, chosen) ? [firewallChain(entry)] : []),
    ...(chosen.has && isExternal(port) ? [externalChain(entry)] : []),
    ...(chosen.cluster.length > 0 ? [choiceChain(entry, 'SVC', chosen.cluster)] : []),
    ...(chosen.local.length > 0 ? [choiceChain(entry, 'SVL', chosen.local)] : []),
    ...chosen.all.map((endpoint) => endpointChain(entry, endpoint)),
  ]
}

/** What stands behind one of these chains. */
export function originsOfChain(
  port: ServicePortInfo,
  { all }: ChosenEndpoints,
  chain: string,
): readonly Origin[] {
  const policy = port.internalLocal ? 'internalTrafficPolicy' : 'externalTrafficPolicy'
  switch (chain) {
    case chainOf(port, 'FW'):
      return fromService(port, ['spec', 'loadBalancerSourceRanges'])
    case chainOf(port, 'EXT'):
      return fromService(port, ['spec', 'type'], ['spec', 'externalTrafficPolicy'])
    case chainOf(port, 'SVC'):
      return fromService(port, ['spec', 'selector'])
    case chainOf(port, 'SVL'):
      return fromService(port, ['spec', 'selector'], ['spec', policy])
  }
  const endpoint = all.find(({ text }) => endpointChainName(port.name, port.protocol, text) === chain)
  return endpoint === undefined ? [] : fromEndpoint(port, endpoint)
}

interface Entry {
  readonly port: ServicePortInfo
  readonly chosen: ChosenEndpoints
  readonly settings: ProxySettings
  readonly isLargeCluster: boolean
  /** KUBE-SEP-… by endpoint: a hash each. */
  readonly names: ReadonlyMap<EndpointInfo, string>
}

/** KUBE-FW: who is in a range goes on; who is not falls through untranslated, and KUBE-PROXY-FIREWALL drops what keeps the address. */
function firewallChain({ port, settings }: Entry): Chain {
  const admitted = [...port.sourceRanges, ...(admitsNode(port, settings.nodeIp) ? port.loadBalancerIps : [])]
  const goOn = jump(chainOf(port, 'EXT'))
  return {
    name: chainOf(port, 'FW'),
    rules: [
      ...admitted.map((from) => ({
        matches: [source(from), comment(`${port.name} loadbalancer IP`)],
        target: goOn,
      })),
      { matches: [comment(`other traffic to ${port.name} will be dropped by KUBE-PROXY-FIREWALL`)] },
    ],
  }
}

/** KUBE-EXT: what came from outside is masqueraded, or kept on the node where externalTrafficPolicy says so. */
function externalChain({ port, chosen, settings }: Entry): Chain {
  const [all, here] = [jump(chainOf(port, 'SVC')), jump(chainOf(port, 'SVL'))]
  const about = (what: string) => comment(`${what} for ${port.name} external destinations`)
  const rules: Rule[] = []
  if (port.externalLocal) {
    // Pods and the node itself get all endpoints, as if they had gone out to the load balancer and come back.
    if (settings.fromPod !== undefined)
      rules.push({ matches: [settings.fromPod, about('pod traffic')], target: all })
    const fromNode = isLocalAddress('source')
    rules.push({ matches: [about('masquerade LOCAL traffic'), fromNode], target: masquerade })
    rules.push({ matches: [about('route LOCAL traffic'), fromNode], target: all })
    if (chosen.hasExternal) rules.push({ matches: [], target: here })
  } else {
    rules.push({ matches: [about('masquerade traffic')], target: masquerade })
    rules.push({ matches: [], target: all })
  }
  return { name: chainOf(port, 'EXT'), rules }
}

const masquerade = jump('KUBE-MARK-MASQ')

/** KUBE-SVC and KUBE-SVL: the masquerade check, then affinity, then one row an endpoint. */
function choiceChain(entry: Entry, kind: 'SVC' | 'SVL', endpoints: readonly EndpointInfo[]): Chain {
  const { port, chosen } = entry
  const isInternal = port.internalLocal === (kind === 'SVL')
  const rules: Rule[] = isInternal && chosen.hasInternal ? masqueradeCheck(entry) : []
  const { affinitySeconds } = port
  if (affinitySeconds !== undefined)
    for (const endpoint of endpoints) rules.push(affinityRow(entry, endpoint, affinitySeconds))
  for (const [index, endpoint] of endpoints.entries())
    rules.push(choiceRow(entry, endpoint, endpoints.length - index))
  return { name: chainOf(port, kind), rules }
}

/** Who is no Pod would get its answer from an address that it never asked, so it is masqueraded. */
function masqueradeCheck({ port, settings }: Entry): Rule[] {
  const { fromPod, masqueradeAll } = settings
  const toClusterIp = trafficTo({
    protocol: port.protocol,
    port: port.port,
    to: port.clusterIp,
    comment: `${port.name} cluster IP`,
  })
  if (masqueradeAll) return [{ matches: toClusterIp, target: masquerade }]
  return fromPod === undefined ? [] : [{ matches: notFromPod(fromPod, toClusterIp), target: masquerade }]
}

/** A source is printed before the destination, an interface behind it. */
function notFromPod(fromPod: FromPod, toClusterIp: readonly Match[]): readonly Match[] {
  if (fromPod.kind === 'source') return [not(fromPod), ...toClusterIp]
  return [...toClusterIp.slice(0, 1), not(fromPod), ...toClusterIp.slice(1)]
}

function affinityRow(entry: Entry, endpoint: EndpointInfo, seconds: number): Rule {
  const name = sepChain(entry, endpoint)
  const mask = fullMask[entry.settings.version]
  const seen: Match = { kind: 'recent', name, action: 'rcheck', seconds, reap: true, mask }
  return { matches: [...toEndpoint(entry, endpoint), seen], target: jump(name) }
}

/** The i-th of n takes one in n−i+1 of what comes to it, so that each gets 1/n. The last takes the rest. */
function choiceRow(entry: Entry, endpoint: EndpointInfo, remaining: number): Rule {
  const target = jump(sepChain(entry, endpoint))
  const about = toEndpoint(entry, endpoint)
  if (remaining === 1) return { matches: about, target }
  const chance = oneIn(remaining)
  return { matches: about.length === 0 ? chance : [...about, ...chance], target }
}

/** KUBE-SEP: the hairpin mark, the affinity record, the rewrite. */
function endpointChain(entry: Entry, endpoint: EndpointInfo): Chain {
  const { port, settings, isLargeCluster } = entry
  const name = sepChain(entry, endpoint)
  const { protocol, affinitySeconds } = port
  const about = isLargeCluster ? nothing : [comment(port.name)]
  const mask = fullMask[settings.version]
  const record: Match[] = affinitySeconds === undefined ? [] : [{ kind: 'recent', name, action: 'set', mask }]
  const isPlain = about.length === 0 && record.length === 0
  return {
    name,
    rules: [
      // A Pod that was given itself would drop a packet from its own address.
      { matches: [source(endpoint.address), ...about], target: masquerade },
      {
        matches: isPlain
          ? anyPacketOf[protocol]
          : [{ kind: 'protocol', protocol }, ...about, ...record, { kind: 'ports', protocol }],
        target: { kind: 'DNAT', address: endpoint.address, port: endpoint.port },
      },
    ],
  }
}

/** Rules alike by the ten thousand have their matches in common. */
const anyPacketOf = {
  tcp: anyPacket('tcp'),
  udp: anyPacket('udp'),
  sctp: anyPacket('sctp'),
} as const

function anyPacket(protocol: 'tcp' | 'udp' | 'sctp'): readonly Match[] {
  return [
    { kind: 'protocol', protocol },
    { kind: 'ports', protocol },
  ]
}

const chances = new Map<number, readonly Match[]>()

function oneIn(remaining: number): readonly Match[] {
  const known = chances.get(remaining)
  if (known !== undefined) return known
  const chance: Match = { kind: 'statistic-random', threshold: probabilityThreshold(remaining) }
  chances.set(remaining, [chance])
  return [chance]
}

const fullMask = { 4: '255.255.255.255', 6: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' } as const

function toEndpoint({ port, isLargeCluster }: Entry, endpoint: EndpointInfo): readonly Match[] {
  return isLargeCluster ? nothing : [comment(`${port.name} -> ${endpoint.text}`)]
}

const nothing: readonly Match[] = []

function sepChain({ names, port }: Entry, endpoint: EndpointInfo): string {
  return names.get(endpoint) ?? endpointChainName(port.name, port.protocol, endpoint.text)
}
