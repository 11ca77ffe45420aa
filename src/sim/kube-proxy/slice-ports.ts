/** What one EndpointSlice says of its ports. */
import type { EndpointSlice } from '../cluster/objects.ts'
import { ipVersion, type IpAddress } from '../network/address.ts'
import type { EndpointInfo } from './endpoint-lists.ts'
import { compareTexts, servicePortKey } from './service-ports.ts'

/** One port of a slice, its endpoints in order. */
export interface SlicePort {
  readonly key: string
  readonly infos: readonly EndpointInfo[]
  readonly hasTwins: boolean
}

/** By slice, once: an unchanged slice gives the same objects, by which is known what an earlier sync has written. */
const known = new WeakMap<EndpointSlice, readonly SlicePort[]>()

/** The ports that have a number, in the order of the slice; the same objects for the same slice. */
export function portsOf(slice: EndpointSlice): readonly SlicePort[] {
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
    const text = printEndpoint(address, port)
    return [{ text, address, port, slice, index, endpoint }]
  })
}

/** `IP:port`, `[IP6]:port`. */
export function printEndpoint(address: IpAddress, port: number): string {
  return ipVersion(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`
}

/** The plain order of `IP:port` as text. */
export function byText(one: EndpointInfo, other: EndpointInfo): number {
  return compareTexts(one.text, other.text)
}

/** Whether two neighbours have the same text. */
export function areTwins(infos: readonly EndpointInfo[]): boolean {
  return infos.some((info, index) => info.text === infos[index + 1]?.text)
}
