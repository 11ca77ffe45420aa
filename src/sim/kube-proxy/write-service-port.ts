/**
 * What leads to one service port: its rules in the chains that all Services share, nat for what has endpoints, filter for what has
 * none that fits. Models pkg/proxy/iptables/proxier.go, syncProxyRules, from "Capture the clusterIP" to "healthCheckNodePort".
 */
import type { FieldPath } from '../manifest/manifest.ts'
import { cidr } from '../network/address.ts'
import type { Origin } from '../cluster/object-ref.ts'
import type { Match, Rule, TableName, Target } from '../netfilter/ruleset.ts'
import type { Reach } from './choose-endpoints.ts'
import { counter } from './fixed-chains.ts'
import { fromService, portField } from './rule-origins.ts'
import type { ProxySettings } from './proxy-settings.ts'
import { isLocalAddress, jump, reject, trafficTo, type Traffic } from './rule-parts.ts'
import { chainOf, type ServicePortInfo } from './service-ports.ts'

/** A rule at the end of a chain that all Services share. */
export interface SharedRule {
  readonly table: TableName
  readonly chain: string
  readonly rule: Rule
  readonly origins: readonly Origin[]
}

/** In the order in which they are written: ClusterIP first, then external addresses, load balancer addresses, node port, health check. */
export function writeServicePort(
  port: ServicePortInfo,
  reach: Reach,
  settings: ProxySettings,
): readonly SharedRule[] {
  const entry: Entry = { written: [], port, reach, settings }
  writeClusterIp(entry)
  writeExternalIps(entry)
  writeLoadBalancerIps(entry)
  writeNodePort(entry)
  writeHealthCheck(entry)
  return entry.written
}

/** Whether its load balancer addresses admit only some sources. */
export function hasFirewall(port: ServicePortInfo, { has }: Reach): boolean {
  return has && port.loadBalancerIps.length > 0 && port.sourceRanges.length > 0
}

interface Entry {
  readonly written: SharedRule[]
  readonly port: ServicePortInfo
  readonly reach: Reach
  readonly settings: ProxySettings
}

function append(
  { written }: Entry,
  table: TableName,
  chain: string,
  matches: readonly Match[],
  target: Target,
  origins: readonly Origin[],
): void {
  written.push({ table, chain, rule: { matches, target }, origins })
}

function writeClusterIp(entry: Entry): void {
  const { port, reach } = entry
  const behind = fromService(port, ...(port.internalLocal ? [internalPolicy] : []))
  if (reach.hasInternal) {
    const chain = chainOf(port, port.internalLocal ? 'SVL' : 'SVC')
    const matches = reaching(port, 'cluster IP', { to: port.clusterIp })
    append(entry, 'nat', 'KUBE-SERVICES', matches, jump(chain), behind)
  } else refuse(entry, 'KUBE-SERVICES', { to: port.clusterIp }, [internalPolicy])
}

function writeExternalIps(entry: Entry): void {
  const { port, reach } = entry
  const field: FieldPath = ['spec', 'externalIPs']
  for (const to of port.externalIps) {
    if (reach.has) {
      const matches = reaching(port, 'external IP', { to })
      append(entry, 'nat', 'KUBE-SERVICES', matches, jump(chainOf(port, 'EXT')), fromService(port, field))
    }
    if (!reach.hasExternal) refuse(entry, 'KUBE-EXTERNAL-SERVICES', { to }, [field, externalPolicy])
  }
}

function writeLoadBalancerIps(entry: Entry): void {
  const { port, reach } = entry
  const behind = fromService(port, ['spec', 'type'])
  const firewall = hasFirewall(port, reach) ? chainOf(port, 'FW') : undefined
  for (const to of port.loadBalancerIps) {
    if (reach.has) {
      const matches = reaching(port, 'loadbalancer IP', { to })
      append(entry, 'nat', 'KUBE-SERVICES', matches, jump(firewall ?? chainOf(port, 'EXT')), behind)
    }
    if (firewall !== undefined) {
      const matches = reaching(port, `traffic not accepted by ${firewall}`, { to })
      const ranges = fromService(port, ['spec', 'loadBalancerSourceRanges'])
      append(entry, 'filter', 'KUBE-PROXY-FIREWALL', matches, { kind: 'DROP' }, ranges)
    }
    if (!reach.hasExternal)
      refuse(entry, 'KUBE-EXTERNAL-SERVICES', { to }, [['spec', 'type'], externalPolicy])
  }
}

function writeNodePort(entry: Entry): void {
  const { port, reach, settings } = entry
  if (port.nodePort === 0) return
  const fields: FieldPath[] = [['spec', 'type'], portField(port, 'nodePort')]
  const behind = fromService(port, ...fields)
  const at = { protocol: port.protocol, port: port.nodePort, comment: port.name }
  const target = jump(chainOf(port, 'EXT'))
  const localhost = counter(settings.features.nfacct, 'localhost_nps_accepted_pkts')
  if (reach.has && settings.localhostNodePorts && localhost.length > 0) {
    const matches = [...trafficTo({ ...at, to: cidr('127.0.0.0/8') }), ...localhost]
    append(entry, 'nat', 'KUBE-NODEPORTS', matches, target, behind)
  }
  if (reach.has) append(entry, 'nat', 'KUBE-NODEPORTS', trafficTo(at), target, behind)
  if (!reach.hasExternal) {
    const toNode = { port: port.nodePort, extra: [isLocalAddress('destination')] }
    refuse(entry, 'KUBE-EXTERNAL-SERVICES', toNode, [...fields, externalPolicy])
  }
}

/** Lets a load balancer's probes in, past a firewall with a policy of DROP. */
function writeHealthCheck(entry: Entry): void {
  const { port } = entry
  if (port.healthCheckNodePort === 0) return
  const matches = trafficTo({
    protocol: 'tcp',
    port: port.healthCheckNodePort,
    comment: `${port.name} health check node port`,
  })
  const behind = fromService(port, ['spec', 'healthCheckNodePort'])
  append(entry, 'filter', 'KUBE-NODEPORTS', matches, { kind: 'ACCEPT' }, behind)
}

const internalPolicy: FieldPath = ['spec', 'internalTrafficPolicy']
const externalPolicy: FieldPath = ['spec', 'externalTrafficPolicy']

function reaching(
  port: ServicePortInfo,
  what: string,
  more: Partial<Pick<Traffic, 'to' | 'port' | 'extra'>>,
): readonly Match[] {
  return trafficTo({
    protocol: port.protocol,
    port: port.port,
    comment: `${port.name} ${what}`,
    ...more,
  })
}

/** Nothing to send it to: refused where there is no endpoint at all, dropped where one on another node would serve. */
function refuse(
  entry: Entry,
  chain: string,
  more: Partial<Pick<Traffic, 'to' | 'port' | 'extra'>>,
  fields: readonly FieldPath[],
): void {
  const { port, reach, settings } = entry
  const what = reach.has ? 'has no local endpoints' : 'has no endpoints'
  const target: Target = reach.has ? { kind: 'DROP' } : reject(settings.version)
  const behind = reach.has
    ? fromService(port, ...fields)
    : fromService(port, ['spec', 'selector'], ...fields.filter((field) => !isPolicy(field)))
  append(entry, 'filter', chain, reaching(port, what, more), target, behind)
}

function isPolicy(field: FieldPath): boolean {
  return field === internalPolicy || field === externalPolicy
}
