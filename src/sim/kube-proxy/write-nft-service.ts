/**
 * One service port in nftables mode: its elements in the maps that all Services share, and its own chains.
 * Models pkg/proxy/nftables/proxier.go, syncProxyRules, from "Capture the clusterIP" to writeServiceToEndpointRules (1.34).
 */
import type { FieldPath } from '../manifest/manifest.ts'
import type { Cidr, IpAddress } from '../network/address.ts'
import type { NftStatement, NftVerdict } from '../netfilter/nft-ruleset.ts'
import { nftRowId } from '../netfilter/pass-nft.ts'
import type { RuleId } from '../netfilter/ruleset.ts'
import type { ChosenEndpoints } from './choose-endpoints.ts'
import { endpointBase, MARK_FOR_MASQUERADE, servicePortBase } from './nft-names.ts'
import { openNftPart, type NftPart, type NftWriter } from './nft-writer.ts'
import type { FromPod, ProxySettings } from './proxy-settings.ts'
import { fromEndpoint, fromService, portField } from './rule-origins.ts'
import { drawnChain, type ServiceChain } from './service-chain.ts'
import type { EndpointInfo } from './endpoint-lists.ts'
import { admitsNode, isExternal, type ServicePortInfo } from './service-ports.ts'

/** What the table has of a service port, and the card of the choice that its ClusterIP leads to. */
export interface NftService {
  readonly part: NftPart
  readonly card: ServiceChain
}

/** Writes all of it. */
export function writeNftService(
  port: ServicePortInfo,
  chosen: ChosenEndpoints,
  settings: ProxySettings,
): NftService {
  const writer = openNftPart(settings.version)
  const base = servicePortBase(port)
  const entry: Entry = { writer, port, chosen, settings, base }
  writeElements(entry)
  const cluster = chosen.cluster.length > 0 ? writeChoice(entry, 'service', chosen.cluster) : undefined
  const local = chosen.local.length > 0 ? writeChoice(entry, 'local', chosen.local) : undefined
  if (chosen.has && isExternal(port)) writeExternal(entry)
  if (hasFirewall(port)) writeFirewall(entry)
  for (const endpoint of chosen.all) writeEndpoint(entry, endpoint)
  const choice = port.internalLocal ? local : cluster
  const chains = [cluster, local].flatMap((each) => each?.chain ?? [])
  return { part: writer.finish(), card: drawnChain(port, choice, chains) }
}

/** Whether its load balancer addresses admit only some sources; unlike in iptables mode, with or without endpoints. */
function hasFirewall(port: ServicePortInfo): boolean {
  return port.loadBalancerIps.length > 0 && port.sourceRanges.length > 0
}

interface Entry {
  readonly writer: NftWriter
  readonly port: ServicePortInfo
  readonly chosen: ChosenEndpoints
  readonly settings: ProxySettings
  readonly base: string
}

function writeElements({ writer, port, chosen, base }: Entry): void {
  const key = (address: IpAddress) => [address, port.protocol, `${port.port}`]
  const none: NftVerdict = chosen.has ? { kind: 'drop' } : { kind: 'goto', chain: 'reject-chain' }
  const comment = port.name
  const external: NftVerdict = { kind: 'goto', chain: `external-${base}` }
  const internal = `${port.internalLocal ? 'local' : 'service'}-${base}`
  const inner = fromService(port, ...(port.internalLocal ? [internalPolicy] : []))
  writer.element('cluster-ips', { key: [port.clusterIp] })
  if (chosen.hasInternal)
    writer.element(
      'service-ips',
      { key: key(port.clusterIp), verdict: { kind: 'goto', chain: internal } },
      inner,
    )
  else writer.element('no-endpoint-services', { key: key(port.clusterIp), comment, verdict: none }, inner)
  const outside: readonly (readonly [readonly IpAddress[], FieldPath])[] = [
    [port.externalIps, ['spec', 'externalIPs']],
    [port.loadBalancerIps, ['spec', 'type']],
  ]
  for (const [addresses, field] of outside)
    for (const address of addresses) {
      const behind = fromService(port, field)
      if (chosen.has) writer.element('service-ips', { key: key(address), verdict: external }, behind)
      if (!chosen.hasExternal)
        writer.element(
          'no-endpoint-services',
          { key: key(address), comment, verdict: none },
          fromService(port, field, externalPolicy),
        )
    }
  if (hasFirewall(port))
    for (const address of port.loadBalancerIps)
      writer.element(
        'firewall-ips',
        { key: key(address), verdict: { kind: 'goto', chain: `firewall-${base}` } },
        fromService(port, ['spec', 'loadBalancerSourceRanges']),
      )
  if (port.nodePort === 0) return
  const nodeKey = [port.protocol, `${port.nodePort}`]
  const behind = fromService(port, ['spec', 'type'], portField(port, 'nodePort'))
  if (chosen.has) writer.element('service-nodeports', { key: nodeKey, verdict: external }, behind)
  if (!chosen.hasExternal)
    writer.element('no-endpoint-nodeports', { key: nodeKey, comment, verdict: none }, behind)
}

const internalPolicy: FieldPath = ['spec', 'internalTrafficPolicy']
const externalPolicy: FieldPath = ['spec', 'externalTrafficPolicy']

/** The masquerade check, affinity, and one draw that names the endpoint. */
function writeChoice(entry: Entry, kind: 'service' | 'local', endpoints: readonly EndpointInfo[]) {
  const { writer, port, chosen, base } = entry
  const chain = `${kind}-${base}`
  writer.chain(chain, {}, fromService(port, ['spec', 'selector']))
  const isInternal = port.internalLocal === (kind === 'local')
  if (isInternal && chosen.hasInternal) writeMasqueradeCheck(entry, chain)
  if (port.affinitySeconds !== undefined)
    for (const endpoint of endpoints) {
      const name = endpointBase(port, endpoint)
      writer.rule(chain, {
        statements: [
          { kind: 'in-set', field: writer.saddr, set: `affinity-${name}` },
          go(`endpoint-${name}`),
        ],
      })
    }
  const verdicts = endpoints.map((each): NftVerdict => ({
    kind: 'goto',
    chain: `endpoint-${endpointBase(port, each)}`,
  }))
  const ruleId: RuleId = writer.rule(chain, { statements: [{ kind: 'numgen', verdicts }] })
  return { chain, rows: endpoints.map((endpoint, row) => ({ endpoint, ruleId: nftRowId(ruleId, row) })) }
}

function writeMasqueradeCheck({ writer, port, settings }: Entry, chain: string): void {
  const { fromPod, masqueradeAll } = settings
  if (!masqueradeAll && fromPod === undefined) return
  const toClusterIp: NftStatement = { kind: 'match', field: writer.daddr, values: [port.clusterIp] }
  const notFromPod = masqueradeAll || fromPod === undefined ? [] : [podMatch(writer, fromPod, true)]
  writer.rule(chain, { statements: [toClusterIp, ...notFromPod, toMasquerade] })
}

/** `+` at the end of an interface's name is `*` here. */
function podMatch(writer: NftWriter, fromPod: FromPod, negated: boolean): NftStatement {
  const not = negated ? { negated } : {}
  return fromPod.kind === 'source'
    ? { kind: 'match', field: writer.saddr, ...not, values: [fromPod.cidr] }
    : { kind: 'match', field: 'iifname', ...not, values: [fromPod.name.replace(/\+$/, '*')] }
}

function writeExternal({ writer, port, chosen, settings, base }: Entry): void {
  const chain = `external-${base}`
  const all = go(`service-${base}`)
  writer.chain(chain, {}, fromService(port, ['spec', 'type'], externalPolicy))
  if (!port.externalLocal) {
    writer.rule(chain, { statements: [toMasquerade] })
    writer.rule(chain, { statements: [all] })
    return
  }
  const fromNode: NftStatement = { kind: 'match', field: 'fib saddr type', values: ['local'] }
  if (settings.fromPod !== undefined)
    writer.rule(chain, {
      statements: [podMatch(writer, settings.fromPod, false), all],
      comment: 'short-circuit pod traffic',
    })
  writer.rule(chain, { statements: [fromNode, toMasquerade], comment: 'masquerade local traffic' })
  writer.rule(chain, { statements: [fromNode, all], comment: 'short-circuit local traffic' })
  if (chosen.hasExternal) writer.rule(chain, { statements: [go(`local-${base}`)] })
}

/** Who is in no range is dropped before any rewrite. */
function writeFirewall({ writer, port, settings, base }: Entry): void {
  const values: readonly (Cidr | IpAddress)[] = [
    ...port.sourceRanges,
    ...(admitsNode(port, settings.nodeIp) ? port.loadBalancerIps : []),
  ]
  const chain = `firewall-${base}`
  writer.chain(chain, {}, fromService(port, ['spec', 'loadBalancerSourceRanges']))
  writer.rule(chain, {
    statements: [
      { kind: 'match', field: writer.saddr, negated: true, values, listed: true },
      { kind: 'verdict', verdict: { kind: 'drop' } },
    ],
  })
}

/** The hairpin mark, the affinity record, the rewrite. */
function writeEndpoint({ writer, port }: Entry, endpoint: EndpointInfo): void {
  const name = endpointBase(port, endpoint)
  const chain = `endpoint-${name}`
  const { address, port: number } = endpoint
  writer.chain(chain, {}, fromEndpoint(port, endpoint))
  writer.rule(chain, {
    statements: [{ kind: 'match', field: writer.saddr, values: [address] }, toMasquerade],
  })
  if (port.affinitySeconds !== undefined) {
    writer.timedSet(`affinity-${name}`, port.affinitySeconds)
    writer.rule(chain, { statements: [{ kind: 'update', set: `affinity-${name}`, field: writer.saddr }] })
  }
  writer.rule(chain, {
    statements: [
      { kind: 'match', field: 'meta l4proto', values: [port.protocol] },
      { kind: 'dnat', address, port: number },
    ],
  })
}

const toMasquerade: NftStatement = {
  kind: 'verdict',
  verdict: { kind: 'jump', chain: MARK_FOR_MASQUERADE },
}

function go(chain: string): NftStatement {
  return { kind: 'verdict', verdict: { kind: 'goto', chain } }
}
