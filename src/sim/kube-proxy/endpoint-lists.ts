/** Endpoints in lists, one a service port: as EndpointSlices say them, in the order of kube-proxy. */
import type { Endpoint, EndpointSlice } from '../cluster/objects.ts'

/** One endpoint of one service port, the same object for every node. */
export interface EndpointInfo {
  /** `IP:port`, `[IP6]:port`: what sorts, names chains and stands in comments. */
  readonly text: string
  readonly address: Endpoint['addresses'][number]
  readonly port: number
  readonly slice: EndpointSlice
  /** The place in the slice's `endpoints`. */
  readonly index: number
  readonly endpoint: Endpoint
}

/** The endpoints of all service ports, by key. {@link endpointsOf} and {@link allEndpoints} read them. */
export interface ServiceEndpoints {
  /** Lists that earlier ServiceEndpoints had as well: copying ten thousand takes longer than all else after a change. */
  readonly common: EndpointLists
  /** Those that stand in the place of some of them. */
  readonly instead: EndpointLists
  /** How many endpoints all lists have. */
  readonly count: number
}

/** By the key of the service port. */
export type EndpointLists = ReadonlyMap<string, readonly EndpointInfo[]>

/** Those of the service port; the same list as long as its slices are the same. */
export function endpointsOf(
  { key }: { readonly key: string },
  { common, instead }: ServiceEndpoints,
): readonly EndpointInfo[] {
  return instead.get(key) ?? common.get(key) ?? none
}

const none: readonly EndpointInfo[] = []

/** All lists with their keys, in the order of their first slices. */
export function allEndpoints({ common, instead }: ServiceEndpoints): EndpointLists {
  return instead.size === 0 ? common : new Map([...common, ...instead])
}

/** All these lists. */
export function listed(lists: EndpointLists): ServiceEndpoints {
  let count = 0
  for (const infos of lists.values()) count += infos.length
  return { common: lists, instead: new Map(), count }
}

/** The same with other lists for some of its keys. */
export function withLists(before: ServiceEndpoints, lists: EndpointLists): ServiceEndpoints {
  let { count } = before
  for (const [key, infos] of lists) count += infos.length - endpointsOf({ key }, before).length
  const instead = new Map([...before.instead, ...lists])
  if (instead.size <= FEW) return { common: before.common, instead, count }
  return listed(new Map([...before.common, ...instead]))
}

/** More lists than these are as soon copied as carried along. */
const FEW = 100
