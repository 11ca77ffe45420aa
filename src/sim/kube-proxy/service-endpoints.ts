/**
 * The endpoints of every service port, out of EndpointSlices. `targetPort` and Pods are never looked at: the slice has the numbers.
 * Models pkg/proxy/endpointslicecache.go.
 */
import type { Endpoint, EndpointSlice } from '../cluster/objects.ts'
import { ipVersion, type IpVersion } from '../network/address.ts'
import { compareTexts, servicePortKey, type ServicePortInfo } from './service-ports.ts'

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

/** Endpoints by the key of their service port. {@link endpointsOf} asks it. */
export type ServiceEndpoints = ReadonlyMap<string, readonly EndpointInfo[]>

/** A service port's endpoints; the same list as long as its slices are the same. */
export function endpointsOf({ key }: ServicePortInfo, endpoints: ServiceEndpoints): readonly EndpointInfo[] {
  return endpoints.get(key) ?? none
}

const none: readonly EndpointInfo[] = []

/** Whether it is on the node. An endpoint without a node is local nowhere. */
export function isOnNode({ endpoint }: EndpointInfo, nodeName: string): boolean {
  return endpoint.nodeName === nodeName
}

/**
 * All endpoints of a family, each list in the plain order of `IP:port` as text (`10.0.0.10:80` before `10.0.0.9:80`).
 * Of two with the same text one stays, one on the node if there is one.
 */
export function serviceEndpoints(
  slices: readonly EndpointSlice[],
  nodeName: string,
  version: IpVersion,
): ServiceEndpoints {
  const { all, withTwins } = gatheredFrom(slices, version)
  if (withTwins.length === 0) return all
  const found = new Map(all)
  for (const key of withTwins) found.set(key, withoutTwins(all.get(key) ?? none, nodeName))
  return found
}

/** Endpoints of all slices, and the keys of those lists in which two have the same text. */
interface Gathered {
  readonly all: ServiceEndpoints
  readonly withTwins: readonly string[]
}

const gathered = {
  4: new WeakMap<readonly EndpointSlice[], Gathered>(),
  6: new WeakMap<readonly EndpointSlice[], Gathered>(),
}

function gatheredFrom(slices: readonly EndpointSlice[], version: IpVersion): Gathered {
  const before = gathered[version].get(slices)
  if (before !== undefined) return before
  const all = new Map<string, readonly EndpointInfo[]>()
  const shared = new Set<string>()
  for (const slice of slices) {
    if (slice.addressType !== `IPv${version}`) continue
    for (const { key, infos, hasTwins } of portsOf(slice)) {
      const others = all.get(key)
      all.set(key, others === undefined ? infos : [...others, ...infos].toSorted(byText))
      if (hasTwins || others !== undefined) shared.add(key)
    }
  }
  const result = { all, withTwins: [...shared].filter((key) => areTwins(all.get(key) ?? none)) }
  gathered[version].set(slices, result)
  return result
}

/** One port of a slice, its endpoints in order. */
interface SlicePort {
  readonly key: string
  readonly infos: readonly EndpointInfo[]
  readonly hasTwins: boolean
}

/** By slice, once: an unchanged slice gives the same objects, by which is known what an earlier sync has written. */
const known = new WeakMap<EndpointSlice, readonly SlicePort[]>()

function portsOf(slice: EndpointSlice): readonly SlicePort[] {
  const before = known.get(slice)
  if (before !== undefined) return before
  const ports = workOutPorts(slice)
  known.set(slice, ports)
  return ports
}

function workOutPorts(slice: EndpointSlice): readonly SlicePort[] {
  const { serviceName, ref, ports } = slice
  if (serviceName === undefined) return []
  return ports.flatMap(({ name, port, protocol }) => {
    if (name === undefined || port === undefined || port === 0) return []
    const infos = infosOf(slice, port).toSorted(byText)
    return [
      {
        key: servicePortKey(ref.namespace, serviceName, name, protocol),
        infos,
        hasTwins: areTwins(infos),
      },
    ]
  })
}

function infosOf(slice: EndpointSlice, port: number): readonly EndpointInfo[] {
  return slice.endpoints.flatMap((endpoint, index) => {
    const [address] = endpoint.addresses
    if (address === undefined) return []
    const text = ipVersion(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`
    return [{ text, address, port, slice, index, endpoint }]
  })
}

function byText(one: EndpointInfo, other: EndpointInfo): number {
  return compareTexts(one.text, other.text)
}

/** Whether two neighbours have the same text. */
function areTwins(infos: readonly EndpointInfo[]): boolean {
  return infos.some((info, index) => info.text === infos[index + 1]?.text)
}

function withoutTwins(infos: readonly EndpointInfo[], nodeName: string): readonly EndpointInfo[] {
  const byName = new Map<string, EndpointInfo>()
  for (const info of infos)
    if (isOnNode(info, nodeName) || !byName.has(info.text)) byName.set(info.text, info)
  return [...byName.values()]
}
