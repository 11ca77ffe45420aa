/**
 * The rules of all service ports on one node. A sync writes those of a service port anew where something that shapes them has changed,
 * and takes the others as they are: kube-proxy's partial syncs leave the chains of unchanged Services alone too
 * (pkg/proxy/iptables/proxier.go, tryPartialSync); unlike there, nothing is left stale.
 */
import { byChainName, withChains, withoutChains } from '../netfilter/chain-order.ts'
import type { Chain } from '../netfilter/ruleset.ts'
import { chooseEndpoints, type ChosenEndpoints } from './choose-endpoints.ts'
import type { ProxySettings } from './proxy-settings.ts'
import { endpointsOf, type EndpointInfo, type ServiceEndpoints } from './service-endpoints.ts'
import type { ServicePortInfo } from './service-ports.ts'
import { writeServiceChains } from './write-service-chains.ts'
import { writeServicePort, type SharedRule } from './write-service-port.ts'

/** One service port's rules. */
export interface ServicePortRules {
  readonly port: ServicePortInfo
  readonly chosen: ChosenEndpoints
  /** Whatever else shaped them, by which two syncs and two nodes are compared. */
  readonly shape: string
  readonly shared: readonly SharedRule[]
  /** Chains of its own, all of nat. */
  readonly chains: readonly Chain[]
}

/** Those of all service ports, in their order, and all chains of their own by name. */
export interface SyncedPorts {
  readonly all: readonly ServicePortRules[]
  readonly chains: readonly Chain[]
}

/** Writes what has changed since the last sync of this node. */
export function syncServicePorts(
  ports: readonly ServicePortInfo[],
  endpoints: ServiceEndpoints,
  settings: ProxySettings,
  isLargeCluster: boolean,
): SyncedPorts {
  const byNode = lastSyncs.get(ports) ?? new Map<string, Sync>()
  lastSyncs.set(ports, byNode)
  const { name } = settings.node
  const whole = JSON.stringify({ settings, isLargeCluster })
  const last = byNode.get(name)
  const isAsBefore = last?.shape === whole
  const writer: Writer = { settings, isLargeCluster, shape: shapeOf(settings, isLargeCluster) }
  const given = ports.map((port) => endpointsOf(port, endpoints))
  const all = ports.map((port, index) => {
    const these = given[index] ?? []
    const before = isAsBefore && last.given[index] === these ? last.all[index] : undefined
    return before ?? rulesOf(port, these, writer)
  })
  // Nodes have most chains in common: another one's order will do as well.
  const [other] = byNode.values()
  const sync: Sync = { shape: whole, given, all, chains: chainsOf(all, last ?? other) }
  byNode.set(name, sync)
  return sync
}

interface Sync extends SyncedPorts {
  readonly shape: string
  /** The endpoints of each service port. */
  readonly given: readonly (readonly EndpointInfo[])[]
}

/** By list of service ports and node. */
const lastSyncs = new WeakMap<readonly ServicePortInfo[], Map<string, Sync>>()

/** By name: those of the last sync without what it had of changed service ports, and with what these have now. */
function chainsOf(all: readonly ServicePortRules[], last: SyncedPorts | undefined): readonly Chain[] {
  if (last === undefined) return all.flatMap(ownChains).toSorted(byChainName)
  const written = all.filter((rules, index) => rules !== last.all[index])
  if (written.length === 0) return last.chains
  const dropped = last.all.filter((rules, index) => rules !== all[index])
  return withChains(withoutChains(last.chains, dropped.flatMap(ownChains)), written.flatMap(ownChains))
}

function ownChains({ chains }: ServicePortRules): readonly Chain[] {
  return chains
}

interface Writer {
  readonly settings: ProxySettings
  readonly isLargeCluster: boolean
  readonly shape: string
}

/** Nodes that differ in nothing but themselves have a service port's rules in common, unless it asks for the node. */
function shapeOf(settings: ProxySettings, isLargeCluster: boolean): string {
  const { node: _, nodeIp: __, nodePortAddresses: ___, ...common } = settings
  return JSON.stringify({ common, isLargeCluster })
}

const lastRules = new WeakMap<ServicePortInfo, ServicePortRules>()

function rulesOf(
  port: ServicePortInfo,
  endpoints: readonly EndpointInfo[],
  { settings, isLargeCluster, shape: common }: Writer,
): ServicePortRules {
  const chosen = chooseEndpoints(port, endpoints, settings.node)
  const shape = port.sourceRanges.length > 0 ? `${common} ${settings.nodeIp ?? ''}` : common
  const last = lastRules.get(port)
  if (last?.shape === shape && areSame(last.chosen, chosen)) return last
  const rules = {
    port,
    chosen,
    shape,
    shared: writeServicePort(port, chosen, settings),
    chains: writeServiceChains(port, chosen, settings, isLargeCluster),
  }
  lastRules.set(port, rules)
  return rules
}

function areSame(some: ChosenEndpoints, others: ChosenEndpoints): boolean {
  return (
    some.has === others.has &&
    some.hasInternal === others.hasInternal &&
    some.hasExternal === others.hasExternal &&
    areEqual(some.cluster, others.cluster) &&
    areEqual(some.local, others.local)
  )
}

function areEqual(some: readonly EndpointInfo[], others: readonly EndpointInfo[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index])
}
