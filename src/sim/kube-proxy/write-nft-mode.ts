/**
 * Services and EndpointSlices, as one node's kube-proxy in nftables mode writes them down: one table of its own, in which a Service is
 * found by one look into a map. Models pkg/proxy/nftables/proxier.go, setupNFTables and syncProxyRules (1.34).
 */
import { ipVersion } from '../network/address.ts'
import type { NftRule, NftStatement, NftTable, NftVerdict } from '../netfilter/nft-ruleset.ts'
import { chooseEndpoints } from './choose-endpoints.ts'
import { keepByPort, shapesOf } from './kept-by-port.ts'
import { MARK_FOR_MASQUERADE } from './nft-names.ts'
import { nftTableOf, openNftPart, type NftWriter } from './nft-writer.ts'
import type { NodeRulesInput } from './node-rules-input.ts'
import type { ProxySettings } from './proxy-settings.ts'
import type { Origins } from './rule-writer.ts'
import type { ServiceChain } from './service-chain.ts'
import { endpointsOf } from './endpoint-lists.ts'
import { serviceEndpoints } from './service-endpoints.ts'
import { servicePorts } from './service-ports.ts'
import { writeNftService, type NftService } from './write-nft-service.ts'

/** What nftables mode has of rules. */
export interface NftRulesOfNode {
  readonly table: NftTable
  readonly origins: Origins
  readonly serviceChains: readonly ServiceChain[]
}

/** Writes the whole table; what it has of a service port is the same as at the last sync where nothing of that has changed. */
export function writeNftMode(input: NodeRulesInput, settings: ProxySettings): NftRulesOfNode {
  const { services, endpointSlices, node, ipVersion: version } = input
  const writer = openNftPart(version)
  writeSets(writer)
  writeBaseChains(writer)
  writeHelperChains(writer, input, settings)
  const endpoints = serviceEndpoints(endpointSlices, node.name, version)
  const shapeOf = shapesOf(settings)
  const written = servicePorts(services, version).map((port) => {
    const chosen = chooseEndpoints(port, endpointsOf(port, endpoints), settings.node)
    return keptServices(port, chosen, shapeOf(port), () => writeNftService(port, chosen, settings))
  })
  const parts = [writer.finish(), ...written.map(({ part }) => part)]
  return { ...nftTableOf(version, parts), serviceChains: written.map(({ card }) => card) }
}

const keptServices = keepByPort<NftService>()

function writeSets(writer: NftWriter): void {
  const { addressType } = writer
  const service = [addressType, 'inet_proto', 'inet_service']
  const port = ['inet_proto', 'inet_service']
  writer.set('set', 'cluster-ips', [addressType], 'Active ClusterIPs')
  writer.set('set', 'nodeport-ips', [addressType], 'IPs that accept NodePort traffic')
  writer.set('map', 'firewall-ips', service, 'destinations that are subject to LoadBalancerSourceRanges')
  writer.set(
    'map',
    'no-endpoint-services',
    service,
    'vmap to drop or reject packets to services with no endpoints',
  )
  writer.set(
    'map',
    'no-endpoint-nodeports',
    port,
    'vmap to drop or reject packets to service nodeports with no endpoints',
  )
  writer.set('map', 'service-ips', service, 'ClusterIP, ExternalIP and LoadBalancer IP traffic')
  writer.set('map', 'service-nodeports', port, 'NodePort traffic')
}

/** Before the rewrite stands the check of source ranges, behind it what has no endpoint. */
function writeBaseChains(writer: NftWriter): void {
  const onNew = (chain: string): NftRule => ({
    statements: [{ kind: 'match', field: 'ct state', values: ['new'] }, jump(chain)],
  })
  const always = (chain: string): NftRule => ({ statements: [jump(chain)] })
  const base = (
    name: string,
    type: 'filter' | 'nat',
    hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting',
    priority: number,
    ...rules: readonly NftRule[]
  ) => {
    writer.chain(name, { base: { type, hook, priority } })
    for (const rule of rules) writer.rule(name, rule)
  }
  base('filter-prerouting-pre-dnat', 'filter', 'prerouting', -110, onNew('firewall-check'))
  base('filter-output-pre-dnat', 'filter', 'output', -110, onNew('firewall-check'))
  base(
    'filter-input',
    'filter',
    'input',
    0,
    onNew('nodeport-endpoints-check'),
    onNew('service-endpoints-check'),
  )
  base('filter-forward', 'filter', 'forward', 0, onNew('service-endpoints-check'), onNew('cluster-ips-check'))
  base('filter-output', 'filter', 'output', 0, onNew('service-endpoints-check'), onNew('cluster-ips-check'))
  base('nat-prerouting', 'nat', 'prerouting', -100, always('services'))
  base('nat-output', 'nat', 'output', -100, always('services'))
  base('nat-postrouting', 'nat', 'postrouting', 100, always('masquerading'))
}

function writeHelperChains(writer: NftWriter, input: NodeRulesInput, settings: ProxySettings): void {
  const { daddr } = writer
  const { mark, features } = settings
  const key = [daddr, 'meta l4proto', 'th dport'] as const
  const rule = (chain: string, statements: readonly NftStatement[], comment?: string) =>
    writer.rule(chain, { statements, ...(comment !== undefined && { comment }) })
  for (const chain of ['services', 'firewall-check', 'service-endpoints-check', 'nodeport-endpoints-check'])
    writer.chain(chain)
  writer.chain('reject-chain', { comment: 'helper for @no-endpoint-services / @no-endpoint-nodeports' })
  rule('services', [{ kind: 'look-up', key, map: 'service-ips' }])
  rule('services', [...toNodePort(writer, settings), nodePort('service-nodeports')])
  rule('firewall-check', [{ kind: 'look-up', key, map: 'firewall-ips' }])
  rule('service-endpoints-check', [{ kind: 'look-up', key, map: 'no-endpoint-services' }])
  rule('nodeport-endpoints-check', [...toNodePort(writer, settings), nodePort('no-endpoint-nodeports')])
  rule('reject-chain', [{ kind: 'reject' }])
  rule(
    'cluster-ips-check',
    [{ kind: 'in-set', field: daddr, set: 'cluster-ips' }, { kind: 'reject' }],
    'Reject traffic to invalid ports of ClusterIPs',
  )
  const ranges = (input.serviceCidrs ?? []).filter((range) => ipVersion(range) === settings.version)
  if (ranges.length > 0)
    rule(
      'cluster-ips-check',
      [{ kind: 'match', field: daddr, values: ranges, listed: true }, decide({ kind: 'drop' })],
      'Drop traffic to unallocated ClusterIPs',
    )
  rule(MARK_FOR_MASQUERADE, [{ kind: 'set-mark', operation: 'or', value: mark }])
  rule('masquerading', [{ kind: 'mark-unset', mask: mark }, decide({ kind: 'return' })])
  rule('masquerading', [{ kind: 'set-mark', operation: 'xor', value: mark }])
  rule('masquerading', [{ kind: 'masquerade', fullyRandom: features.randomFully }])
  if (settings.nodePortAddresses !== 'all')
    for (const address of settings.nodePortAddresses) writer.element('nodeport-ips', { key: [address] })
}

/** Node ports answer on addresses in a set, or on all but loopback. */
function toNodePort(
  { daddr }: NftWriter,
  { nodePortAddresses, version }: ProxySettings,
): readonly NftStatement[] {
  if (nodePortAddresses !== 'all') return [{ kind: 'in-set', field: daddr, set: 'nodeport-ips' }]
  return [
    { kind: 'match', field: 'fib daddr type', values: ['local'] },
    { kind: 'match', field: daddr, negated: true, values: [version === 4 ? '127.0.0.0/8' : '::1'] },
  ]
}

function nodePort(map: string): NftStatement {
  return { kind: 'look-up', key: ['meta l4proto', 'th dport'], map }
}

function jump(chain: string): NftStatement {
  return decide({ kind: 'jump', chain })
}

function decide(verdict: NftVerdict): NftStatement {
  return { kind: 'verdict', verdict }
}
