/**
 * The rules of all service ports on one node. A sync writes those of a service port anew where something that shapes them has changed,
 * and takes the others as they are: kube-proxy's partial syncs leave the chains of unchanged Services alone too
 * (pkg/proxy/iptables/proxier.go, tryPartialSync); unlike there, nothing is left stale.
 */
import { byChainName, withChains } from '../netfilter/chain-order.ts'
import { groupBy } from '../cluster/group-by.ts'
import type { EndpointSlice } from '../cluster/objects.ts'
import type { Chain, Rule, TableName } from '../netfilter/ruleset.ts'
import { ENDPOINT_CHAIN } from './chain-names.ts'
import { chooseEndpoints, type ChosenEndpoints } from './choose-endpoints.ts'
import type { ProxySettings } from './proxy-settings.ts'
import { type EndpointInfo, endpointsOf } from './endpoint-lists.ts'
import { differingKeys } from './gathered-endpoints.ts'
import { serviceEndpoints } from './service-endpoints.ts'
import { haveSameReach, keepByPort, shapesOf } from './kept-by-port.ts'
import type { NodeRulesInput } from './node-rules-input.ts'
import { servicePorts, type ServicePortInfo } from './service-ports.ts'
import { writeServiceChains } from './write-service-chains.ts'
import { writeServicePort, type SharedRule } from './write-service-port.ts'

/** One service port's rules. */
export interface ServicePortRules {
  readonly port: ServicePortInfo
  readonly chosen: ChosenEndpoints
  readonly shared: readonly SharedRule[]
  /** Chains of its own, all of nat. */
  readonly chains: readonly Chain[]
}

/** Those of all service ports, in their order: their rules in the chains that all share, and all chains of their own by name. */
export interface SyncedPorts {
  readonly all: readonly ServicePortRules[]
  readonly shared: readonly SharedRules[]
  readonly chains: readonly Chain[]
}

/** Rules at the end of one of the chains that all Services share. */
export interface SharedRules {
  readonly table: TableName
  readonly chain: string
  readonly rules: readonly Rule[]
}

/** Writes what has changed since the last sync of this node. */
export function syncServicePorts(input: NodeRulesInput, settings: ProxySettings): SyncedPorts {
  const { services, endpointSlices: slices, node, ipVersion } = input
  const ports = servicePorts(services, ipVersion)
  const endpoints = serviceEndpoints(slices, node.name, ipVersion)
  const isLargeCluster = endpoints.count > LARGE_CLUSTER_ENDPOINTS
  const byNode = lastSyncs.get(ports) ?? new Map<string, Sync>()
  lastSyncs.set(ports, byNode)
  const shape = JSON.stringify({ settings, isLargeCluster })
  const writer: Writer = { settings, isLargeCluster, shapeOf: shapesOf(settings, { isLargeCluster }) }
  const rulesNow = (port: ServicePortInfo) => rulesOf(port, endpointsOf(port, endpoints), writer)
  const last = byNode.get(node.name)
  const all =
    last?.shape === shape
      ? rewritten(last.all, ports, differingKeys(last.slices, slices), rulesNow)
      : ports.map(rulesNow)
  // Nodes have most rules in common: another one's order will do as well.
  const [other] = byNode.values()
  const sync: Sync = { shape, slices, ...ordered(all, last ?? other) }
  byNode.set(node.name, sync)
  return sync
}

/** Above it comments at endpoints are left out: they are half of the text (largeClusterEndpointsThreshold). */
const LARGE_CLUSTER_ENDPOINTS = 1000

interface Sync extends SyncedPorts {
  readonly shape: string
  /** Those that it was told. */
  readonly slices: readonly EndpointSlice[]
}

/** By list of service ports and node. */
const lastSyncs = new WeakMap<readonly ServicePortInfo[], Map<string, Sync>>()

/** The rules of the last sync, with those of the service ports that have these keys as they are now. */
function rewritten(
  last: readonly ServicePortRules[],
  ports: readonly ServicePortInfo[],
  keys: ReadonlySet<string>,
  rulesNow: (port: ServicePortInfo) => ServicePortRules,
): readonly ServicePortRules[] {
  const all = [...last]
  for (const key of keys)
    for (const [place, port] of placesIn(ports).get(key) ?? []) all[place] = rulesNow(port)
  return all
}

const places = new WeakMap<
  readonly ServicePortInfo[],
  ReadonlyMap<string, readonly (readonly [number, ServicePortInfo])[]>
>()

/** The places of service ports by their keys. */
function placesIn(ports: readonly ServicePortInfo[]) {
  const known = places.get(ports)
  if (known !== undefined) return known
  const found = groupBy([...ports.entries()], ([, { key }]) => key)
  places.set(ports, found)
  return found
}

/** Rules as they are written down, most of them as the last sync left them. */
function ordered(all: readonly ServicePortRules[], last: SyncedPorts | undefined): SyncedPorts {
  const sharesAsBefore = all.every(
    (rules, place) => rules === last?.all[place] || rules.shared === last?.all[place]?.shared,
  )
  return { all, shared: last && sharesAsBefore ? last.shared : sharedIn(all), chains: chainsOf(all, last) }
}

function sharedIn(all: readonly ServicePortRules[]): readonly SharedRules[] {
  const found: (SharedRules & { readonly rules: Rule[] })[] = []
  for (const { shared } of all)
    for (const { table, chain, rule } of shared) {
      const known = found.find((each) => each.chain === chain && each.table === table)
      if (known === undefined) found.push({ table, chain, rules: [rule] })
      else known.rules.push(rule)
    }
  return found
}

/** By name: those of the last sync without what it had of changed service ports, and with what these have now. */
function chainsOf(all: readonly ServicePortRules[], last: SyncedPorts | undefined): readonly Chain[] {
  if (last === undefined) return all.flatMap(ownChains).toSorted(byChainName)
  const written = all.filter((rules, index) => rules !== last.all[index])
  if (written.length === 0) return last.chains
  const dropped = last.all.filter((rules, index) => rules !== all[index])
  return withChains(last.chains, written.flatMap(ownChains), dropped.flatMap(ownChains))
}

function ownChains({ chains }: ServicePortRules): readonly Chain[] {
  return chains
}

interface Writer {
  readonly settings: ProxySettings
  readonly isLargeCluster: boolean
  readonly shapeOf: (port: ServicePortInfo) => string
}

const keptRules = keepByPort<ServicePortRules>()

function rulesOf(
  port: ServicePortInfo,
  endpoints: readonly EndpointInfo[],
  { settings, isLargeCluster, shapeOf }: Writer,
): ServicePortRules {
  const chosen = chooseEndpoints(port, endpoints, settings.node)
  return keptRules(port, chosen, shapeOf(port), (before) => ({
    port,
    chosen,
    shared:
      before && haveSameReach(before.chosen, chosen)
        ? before.made.shared
        : writeServicePort(port, chosen, settings),
    chains: keepingEndpoints(before?.made.chains, writeServiceChains(port, chosen, settings, isLargeCluster)),
  }))
}

/** An endpoint's chain has nothing but what its name is made of: where there was one of the name, it is the same. */
function keepingEndpoints(before: readonly Chain[] | undefined, now: readonly Chain[]): readonly Chain[] {
  if (before === undefined) return now
  const known = new Map(before.filter(isOfEndpoint).map((chain) => [chain.name, chain]))
  return now.map((chain) => known.get(chain.name) ?? chain)
}

function isOfEndpoint({ name }: Chain): boolean {
  return name.startsWith(ENDPOINT_CHAIN)
}
