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
  const found = new Map<string, Map<string, EndpointInfo>>()
  for (const slice of slices) {
    if (slice.serviceName === undefined || slice.addressType !== `IPv${version}`) continue
    for (const { name, port, protocol } of slice.ports) {
      if (name === undefined || port === undefined || port === 0) continue
      const key = servicePortKey(slice.ref.namespace, slice.serviceName, name, protocol)
      const byText = found.get(key) ?? new Map<string, EndpointInfo>()
      found.set(key, byText)
      for (const info of endpointsOf(slice, port, nodeName))
        if (info.isLocal || !byText.has(info.text)) byText.set(info.text, info)
    }
  }
  return new Map([...found].map(([key, byText]) => [key, sorted([...byText.values()])]))
}

function endpointsOf(slice: EndpointSlice, port: number, nodeName: string): readonly EndpointInfo[] {
  return slice.endpoints.flatMap((endpoint, index) => {
    const [address] = endpoint.addresses
    if (address === undefined) return []
    const text = ipVersion(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`
    return [{ text, address, port, isLocal: endpoint.nodeName === nodeName, slice, index, endpoint }]
  })
}

function sorted(infos: readonly EndpointInfo[]): readonly EndpointInfo[] {
  return infos.toSorted((a, b) => compareTexts(a.text, b.text))
}
