/**
 * The rules of one service port, written once for as long as nothing that shapes them changes. kube-proxy's partial syncs leave the
 * chains of unchanged Services alone too (pkg/proxy/iptables/proxier.go, tryPartialSync); unlike there, nothing is left stale.
 */
import { chooseEndpoints } from './choose-endpoints.ts'
import type { ProxySettings } from './proxy-settings.ts'
import { openWriter, type Written } from './rule-writer.ts'
import { serviceChain, type ServiceChain } from './service-chain.ts'
import type { EndpointInfo } from './service-endpoints.ts'
import type { ServicePortInfo } from './service-ports.ts'
import { writeServiceChains } from './write-service-chains.ts'
import { writeServicePort } from './write-service-port.ts'

/** A page with all rules of a service port, and its card. */
export interface ServicePortRules {
  readonly page: Written
  readonly card: ServiceChain
}

/** Whatever shapes the rules of all service ports, and that as text, by which two syncs are compared. */
export interface Shape {
  readonly settings: ProxySettings
  readonly isLargeCluster: boolean
  readonly text: string
}

/** Their shape. */
export function shapeOf(settings: ProxySettings, isLargeCluster: boolean): Shape {
  return { settings, isLargeCluster, text: JSON.stringify({ settings, isLargeCluster }) }
}

/** The same object as last time on this node where service port, endpoints and shape are what they were. */
export function servicePortRules(
  port: ServicePortInfo,
  endpoints: readonly EndpointInfo[],
  shape: Shape,
): ServicePortRules {
  const byNode = known.get(port) ?? new Map<string, Sync>()
  known.set(port, byNode)
  const { name } = shape.settings.node
  const last = byNode.get(name)
  if (last?.shape === shape.text && areSame(last.endpoints, endpoints)) return last.rules
  const rules = writeRules(port, endpoints, shape)
  byNode.set(name, { endpoints, shape: shape.text, rules })
  return rules
}

interface Sync {
  readonly endpoints: readonly EndpointInfo[]
  readonly shape: string
  readonly rules: ServicePortRules
}

const known = new WeakMap<ServicePortInfo, Map<string, Sync>>()

function areSame(some: readonly EndpointInfo[], others: readonly EndpointInfo[]): boolean {
  return (
    some === others || (some.length === others.length && some.every((each, index) => each === others[index]))
  )
}

function writeRules(
  port: ServicePortInfo,
  endpoints: readonly EndpointInfo[],
  { settings, isLargeCluster }: Shape,
): ServicePortRules {
  const writer = openWriter()
  const chosen = chooseEndpoints(port, endpoints, settings.node)
  writeServicePort(writer, port, chosen, settings)
  const choices = writeServiceChains(writer, port, chosen, settings, isLargeCluster)
  return { page: writer.finish(), card: serviceChain(port, choices) }
}
