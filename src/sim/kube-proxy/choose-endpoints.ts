/**
 * Which endpoints of a service port a node's proxy uses: for traffic to the whole cluster, and for traffic that must stay local.
 * Models pkg/proxy/topology.go, CategorizeEndpoints.
 */
import type { EndpointInfo } from './endpoint-lists.ts'
import { isOnNode } from './service-endpoints.ts'
import { compareTexts, usesCluster, usesLocal, type ServicePortInfo } from './service-ports.ts'

/** The node that the proxy runs on, as hints name it. */
export interface ProxyNode {
  readonly name: string
  /** Its label `topology.kubernetes.io/zone`. */
  readonly zone?: string
}

/** `cluster` and `local` are empty where the service port does not use them. All in the order given. */
export interface ChosenEndpoints extends Reach {
  readonly cluster: readonly EndpointInfo[]
  readonly local: readonly EndpointInfo[]
  /** Both together; these get chains of their own. */
  readonly all: readonly EndpointInfo[]
}

/** Whether the service port counts as having endpoints: without, its traffic is rejected; with none that fit, dropped. */
export interface Reach {
  readonly has: boolean
  readonly hasInternal: boolean
  readonly hasExternal: boolean
}

/**
 * Chooses. Ready endpoints are taken where there are any, by hints only for cluster traffic; those that terminate but still serve
 * step in where none is ready. The two choices fall back independently.
 */
export function chooseEndpoints(
  port: ServicePortInfo,
  endpoints: readonly EndpointInfo[],
  node: ProxyNode,
): ChosenEndpoints {
  const ready = endpoints.filter(isReady)
  const draining = endpoints.filter(isDraining)
  const near = ready.filter(allowedByHints(ready, node))
  const cluster = !usesCluster(port) ? [] : near.length > 0 ? near : draining
  const local = usesLocal(port) ? readyOrDraining(ready, draining, node.name) : []
  const has = cluster.length > 0 || (usesLocal(port) && ready.length + draining.length > 0)
  return {
    cluster,
    local,
    all: union(cluster, local),
    has,
    hasInternal: has && !(port.internalLocal && local.length === 0),
    hasExternal: has && !(port.externalLocal && local.length === 0),
  }
}

/** Ready, whatever else. */
export function isReady({ endpoint }: EndpointInfo): boolean {
  return endpoint.ready
}

function isDraining({ endpoint }: EndpointInfo): boolean {
  return endpoint.serving && endpoint.terminating
}

/** Those on the node. */
function readyOrDraining(
  ready: readonly EndpointInfo[],
  draining: readonly EndpointInfo[],
  nodeName: string,
): readonly EndpointInfo[] {
  const here = ready.filter((info) => isOnNode(info, nodeName))
  return here.length > 0 ? here : draining.filter((info) => isOnNode(info, nodeName))
}

/** Hints are obeyed where every ready endpoint has one and some name this node, or else this zone. One without a hint voids all. */
function allowedByHints(ready: readonly EndpointInfo[], { name, zone }: ProxyNode) {
  const names = (hints: readonly string[], wanted: string | undefined) =>
    wanted !== undefined && hints.includes(wanted)
  const isHere = ({ endpoint }: EndpointInfo) => names(endpoint.hintNodes, name)
  const isInZone = ({ endpoint }: EndpointInfo) => names(endpoint.hintZones, zone)
  if (ready.every(({ endpoint }) => endpoint.hintNodes.length > 0) && ready.some(isHere)) return isHere
  if (ready.every(({ endpoint }) => endpoint.hintZones.length > 0) && ready.some(isInZone)) return isInZone
  return () => true
}

function union(a: readonly EndpointInfo[], b: readonly EndpointInfo[]): readonly EndpointInfo[] {
  if (b.length === 0) return a
  const byText = new Map([...a, ...b].map((info) => [info.text, info]))
  return [...byText.values()].toSorted((one, other) => compareTexts(one.text, other.text))
}
