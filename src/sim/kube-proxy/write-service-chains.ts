/**
 * The chains of one service port: the choice among endpoints, what traffic from outside meets first, and each endpoint's own chain.
 * Models pkg/proxy/iptables/proxier.go, syncProxyRules and writeServiceToEndpointRules.
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { Match, RuleId } from '../netfilter/ruleset.ts'
import { endpointChainName } from './chain-names.ts'
import type { ChosenEndpoints } from './choose-endpoints.ts'
import { probabilityThreshold } from './probability.ts'
import { fromEndpoint, fromService } from './rule-origins.ts'
import type { FromPod, ProxySettings } from './proxy-settings.ts'
import { comment, isLocalAddress, jump, not, source, trafficTo } from './rule-parts.ts'
import type { RuleWriter } from './rule-writer.ts'
import type { EndpointInfo } from './service-endpoints.ts'
import { admitsNode, chainOf, isExternal, type ServicePortInfo } from './service-ports.ts'
import { hasFirewall } from './write-service-port.ts'

/** One row of the choice, as written. */
export interface ChoiceRow {
  readonly ruleId: RuleId
  readonly sepChain: string
  readonly endpoint: EndpointInfo
  /** Of 2^31; absent: whatever comes this far is taken. */
  readonly threshold?: number
}

/** The chains through which a service port's traffic is shared out; absent: not written. */
export interface WrittenChoices {
  readonly cluster?: { readonly chain: string; readonly rows: readonly ChoiceRow[] }
  readonly local?: { readonly chain: string; readonly rows: readonly ChoiceRow[] }
}

/** Writes all chains of a service port that has endpoints; nothing for one that has none. */
export function writeServiceChains(
  writer: RuleWriter,
  port: ServicePortInfo,
  chosen: ChosenEndpoints,
  settings: ProxySettings,
  isLargeCluster: boolean,
): WrittenChoices {
  const names = new Map(
    chosen.all.map((endpoint) => [endpoint, endpointChainName(port.name, port.protocol, endpoint.text)]),
  )
  const entry: Entry = { writer, port, chosen, settings, isLargeCluster, names }
  if (hasFirewall(port, chosen)) writeFirewall(entry)
  if (chosen.has && isExternal(port)) writeExternal(entry)
  const cluster = chosen.cluster.length > 0 ? writeChoice(entry, 'SVC', chosen.cluster) : undefined
  const local = chosen.local.length > 0 ? writeChoice(entry, 'SVL', chosen.local) : undefined
  for (const endpoint of chosen.all) writeEndpoint(entry, endpoint)
  return { ...(cluster && { cluster }), ...(local && { local }) }
}

interface Entry {
  readonly writer: RuleWriter
  readonly port: ServicePortInfo
  readonly chosen: ChosenEndpoints
  readonly settings: ProxySettings
  readonly isLargeCluster: boolean
  /** KUBE-SEP-… by endpoint: a hash each. */
  readonly names: ReadonlyMap<EndpointInfo, string>
}

/** KUBE-FW: who is in a range goes on; who is not falls through untranslated, and KUBE-PROXY-FIREWALL drops what keeps the address. */
function writeFirewall({ writer, port, settings }: Entry): void {
  const chain = chainOf(port, 'FW')
  for (const from of [
    ...port.sourceRanges,
    ...(admitsNode(port, settings.nodeIp) ? port.loadBalancerIps : []),
  ])
    writer.append(
      'nat',
      chain,
      [source(from), comment(`${port.name} loadbalancer IP`)],
      jump(chainOf(port, 'EXT')),
    )
  writer.append('nat', chain, [
    comment(`other traffic to ${port.name} will be dropped by KUBE-PROXY-FIREWALL`),
  ])
  writer.explain(chain, fromService(port, ['spec', 'loadBalancerSourceRanges']))
}

/** KUBE-EXT: what came from outside is masqueraded, or kept on the node where externalTrafficPolicy says so. */
function writeExternal({ writer, port, chosen, settings }: Entry): void {
  const chain = chainOf(port, 'EXT')
  const [all, here] = [jump(chainOf(port, 'SVC')), jump(chainOf(port, 'SVL'))]
  const masquerade = jump('KUBE-MARK-MASQ')
  const about = (what: string) => comment(`${what} for ${port.name} external destinations`)
  const append = (matches: readonly Match[], target: typeof all) =>
    writer.append('nat', chain, matches, target)
  writer.declare('nat', chain)
  writer.explain(chain, fromService(port, ['spec', 'type'], ['spec', 'externalTrafficPolicy']))
  if (!port.externalLocal) {
    append([about('masquerade traffic')], masquerade)
    append([], all)
    return
  }
  // Pods and the node itself get all endpoints, as if they had gone out to the load balancer and come back.
  if (settings.fromPod !== undefined) append([settings.fromPod, about('pod traffic')], all)
  append([about('masquerade LOCAL traffic'), isLocalAddress('source')], masquerade)
  append([about('route LOCAL traffic'), isLocalAddress('source')], all)
  if (chosen.hasExternal) append([], here)
}

/** KUBE-SVC and KUBE-SVL: the masquerade check, then affinity, then one row an endpoint. */
function writeChoice(entry: Entry, kind: 'SVC' | 'SVL', endpoints: readonly EndpointInfo[]) {
  const { writer, port, chosen } = entry
  const chain = chainOf(port, kind)
  const isInternal = port.internalLocal === (kind === 'SVL')
  if (isInternal && chosen.hasInternal) writeMasqueradeCheck(entry, chain)
  if (port.affinitySeconds !== undefined)
    for (const endpoint of endpoints) writeAffinity(entry, chain, endpoint, port.affinitySeconds)
  const rows = endpoints.map((endpoint, index): ChoiceRow => {
    const remaining = endpoints.length - index
    return writeRow(entry, chain, endpoint, remaining)
  })
  writer.explain(chain, originsOfChoice(port, kind))
  return { chain, rows }
}

function originsOfChoice(port: ServicePortInfo, kind: 'SVC' | 'SVL'): readonly Origin[] {
  const policy = port.internalLocal ? 'internalTrafficPolicy' : 'externalTrafficPolicy'
  return kind === 'SVC'
    ? fromService(port, ['spec', 'selector'])
    : fromService(port, ['spec', 'selector'], ['spec', policy])
}

/** Who is no Pod would get its answer from an address that it never asked, so it is masqueraded. */
function writeMasqueradeCheck({ writer, port, settings }: Entry, chain: string): void {
  const { fromPod, masqueradeAll } = settings
  const toClusterIp = trafficTo({
    protocol: port.protocol,
    port: port.port,
    to: port.clusterIp,
    comment: `${port.name} cluster IP`,
  })
  if (masqueradeAll) writer.append('nat', chain, toClusterIp, jump('KUBE-MARK-MASQ'))
  else if (fromPod !== undefined)
    writer.append('nat', chain, notFromPod(fromPod, toClusterIp), jump('KUBE-MARK-MASQ'))
}

/** A source is printed before the destination, an interface behind it. */
function notFromPod(fromPod: FromPod, toClusterIp: readonly Match[]): readonly Match[] {
  if (fromPod.kind === 'source') return [not(fromPod), ...toClusterIp]
  return [...toClusterIp.slice(0, 1), not(fromPod), ...toClusterIp.slice(1)]
}

function writeAffinity(entry: Entry, chain: string, endpoint: EndpointInfo, seconds: number): void {
  const name = sepChain(entry, endpoint)
  const { version } = entry.settings
  const seen = {
    kind: 'recent',
    name,
    action: 'rcheck',
    seconds,
    reap: true,
    mask: fullMask[version],
  } as const
  entry.writer.append('nat', chain, [...toEndpoint(entry, endpoint), seen], jump(name))
}

/** The i-th of n takes one in n−i+1 of what comes to it, so that each gets 1/n. The last takes the rest. */
function writeRow(entry: Entry, chain: string, endpoint: EndpointInfo, remaining: number): ChoiceRow {
  const name = sepChain(entry, endpoint)
  const threshold = remaining === 1 ? undefined : probabilityThreshold(remaining)
  const chance: Match[] = threshold === undefined ? [] : [{ kind: 'statistic-random', threshold }]
  const matches = [...toEndpoint(entry, endpoint), ...chance]
  const ruleId = entry.writer.append('nat', chain, matches, jump(name))
  return { ruleId, sepChain: name, endpoint, ...(threshold !== undefined && { threshold }) }
}

/** KUBE-SEP: the hairpin mark, the affinity record, the rewrite. */
function writeEndpoint(entry: Entry, endpoint: EndpointInfo): void {
  const { writer, port, settings } = entry
  const name = sepChain(entry, endpoint)
  const { protocol } = port
  const about = entry.isLargeCluster ? [] : [comment(port.name)]
  // A Pod that was given itself would drop a packet from its own address.
  writer.append('nat', name, [source(endpoint.address), ...about], jump('KUBE-MARK-MASQ'))
  const mask = fullMask[settings.version]
  const record: Match[] =
    port.affinitySeconds === undefined ? [] : [{ kind: 'recent', name, action: 'set', mask }]
  const matches: Match[] = [{ kind: 'protocol', protocol }, ...about, ...record, { kind: 'ports', protocol }]
  writer.append('nat', name, matches, { kind: 'DNAT', address: endpoint.address, port: endpoint.port })
  writer.explain(name, fromEndpoint(port, endpoint))
}

const fullMask = { 4: '255.255.255.255', 6: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' } as const

function toEndpoint({ port, isLargeCluster }: Entry, endpoint: EndpointInfo): readonly Match[] {
  return isLargeCluster ? [] : [comment(`${port.name} -> ${endpoint.text}`)]
}

function sepChain({ names, port }: Entry, endpoint: EndpointInfo): string {
  return names.get(endpoint) ?? endpointChainName(port.name, port.protocol, endpoint.text)
}
