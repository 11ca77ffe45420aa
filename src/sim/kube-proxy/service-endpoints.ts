/**
 * The endpoints of every service port, out of EndpointSlices. `targetPort` and Pods are never looked at: the slice has the numbers.
 * Models pkg/proxy/endpointslicecache.go.
 */
import type { Endpoint, EndpointSlice } from '../cluster/objects.ts'
import { ipVersion, type IpVersion } from '../network/address.ts'
import { compareTexts } from './service-ports.ts'

/** One endpoint of one service port. */
export interface EndpointInfo {
  /** `IP:port`, `[IP6]:port`: what sorts, names chains and stands in comments. */
  readonly text: string
  readonly address: Endpoint['addresses'][number]
  readonly port: number
  /** On the proxier's own node. An endpoint without a node is local nowhere. */
  readonly isLocal: boolean
  readonly slice: EndpointSlice
  /** The place in the slice's `endpoints`. */
  readonly index: number
  readonly endpoint: Endpoint
}

/** The key of a service port: namespace, Service, port name and protocol. */
export function servicePortKey(
  namespace: string,
  service: string,
  portName: string,
  protocol: string,
): string {
  return `${namespace}/${service}:${portName}/${protocol.toLowerCase()}`
}

/**
 * Endpoints by {@link servicePortKey}, each list in the plain order of `IP:port` as text (`10.0.0.10:80` before `10.0.0.9:80`).
 * Of two with the same text one stays, a local one if there is one.
 */
export function serviceEndpoints(
  slices: readonly EndpointSlice[],
  nodeName: string,
  version: IpVersion,
): ReadonlyMap<string, readonly EndpointInfo[]> {
  const found = new Map<string, readonly EndpointInfo[]>()
  for (const slice of slices) {
    if (slice.addressType !== `IPv${version}`) continue
    for (const { key, infos } of portsOf(slice, nodeName)) {
      const before = found.get(key)
      found.set(key, before === undefined ? infos : distinct([...before, ...infos]))
    }
  }
  return found
}

/** One port of a slice, its endpoints in order. */
interface SlicePort {
  readonly key: string
  readonly infos: readonly EndpointInfo[]
}

/** By slice and node, once: an unchanged slice gives the same objects, by which is known what an earlier sync has written. */
const known = new WeakMap<EndpointSlice, Map<string, readonly SlicePort[]>>()

function portsOf(slice: EndpointSlice, nodeName: string): readonly SlicePort[] {
  const byNode = known.get(slice) ?? new Map<string, readonly SlicePort[]>()
  known.set(slice, byNode)
  const before = byNode.get(nodeName)
  if (before !== undefined) return before
  const ports = workOutPorts(slice, nodeName)
  byNode.set(nodeName, ports)
  return ports
}

function workOutPorts(slice: EndpointSlice, nodeName: string): readonly SlicePort[] {
  const { serviceName, ref, ports } = slice
  if (serviceName === undefined) return []
  return ports.flatMap(({ name, port, protocol }) => {
    if (name === undefined || port === undefined || port === 0) return []
    const key = servicePortKey(ref.namespace, serviceName, name, protocol)
    return [{ key, infos: distinct(endpointsOf(slice, port, nodeName)) }]
  })
}

function endpointsOf(slice: EndpointSlice, port: number, nodeName: string): readonly EndpointInfo[] {
  return slice.endpoints.flatMap((endpoint, index) => {
    const [address] = endpoint.addresses
    if (address === undefined) return []
    const text = ipVersion(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`
    return [{ text, address, port, isLocal: endpoint.nodeName === nodeName, slice, index, endpoint }]
  })
}

function distinct(infos: readonly EndpointInfo[]): readonly EndpointInfo[] {
  const byText = new Map<string, EndpointInfo>()
  for (const info of infos) if (info.isLocal || !byText.has(info.text)) byText.set(info.text, info)
  return [...byText.values()].toSorted((a, b) => compareTexts(a.text, b.text))
}
