/**
 * What a sync has written of a service port, kept for the next: it is written anew where something that shapes it has changed.
 */
import type { ChosenEndpoints, Reach } from './choose-endpoints.ts'
import type { EndpointInfo } from './endpoint-lists.ts'
import type { ProxySettings } from './proxy-settings.ts'
import type { ServicePortInfo } from './service-ports.ts'

/** What was made of a service port, and of which endpoints. */
export interface Kept<Made> {
  readonly chosen: ChosenEndpoints
  readonly made: Made
  readonly shape: string
}

/**
 * Opens a store. It gives what `make` gives: made now, or earlier for the same service port, the same choice of endpoints and the same shape.
 * `make` is told what there was of another choice, if it has the shape.
 * @param shape whatever else goes into what is made, by which two syncs and two nodes are compared
 */
export function keepByPort<Made>(): (
  port: ServicePortInfo,
  chosen: ChosenEndpoints,
  shape: string,
  make: (before: Kept<Made> | undefined) => Made,
) => Made {
  const kept = new WeakMap<ServicePortInfo, Kept<Made>>()
  return (port, chosen, shape, make) => {
    const last = kept.get(port)
    const before = last?.shape === shape ? last : undefined
    if (before && areSame(before.chosen, chosen)) return before.made
    const made = make(before)
    kept.set(port, { chosen, made, shape })
    return made
  }
}

/**
 * The shape of rules that go by these settings: nodes that differ in nothing but themselves have a service port's rules in common, unless
 * it asks for the node.
 */
export function shapesOf(settings: ProxySettings, more: object = {}): (port: ServicePortInfo) => string {
  const { node: _, nodeIp, nodePortAddresses: __, ...common } = settings
  const shape = JSON.stringify({ common, more })
  return ({ sourceRanges }) => (sourceRanges.length > 0 ? `${shape} ${nodeIp ?? ''}` : shape)
}

function areSame(some: ChosenEndpoints, others: ChosenEndpoints): boolean {
  return (
    haveSameReach(some, others) &&
    areEqual(some.cluster, others.cluster) &&
    areEqual(some.local, others.local)
  )
}

/** Whether there are endpoints for the same traffic: all that the rules in shared chains go by. */
export function haveSameReach(some: Reach, others: Reach): boolean {
  return (
    some.has === others.has &&
    some.hasInternal === others.hasInternal &&
    some.hasExternal === others.hasExternal
  )
}

function areEqual(some: readonly EndpointInfo[], others: readonly EndpointInfo[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index])
}
