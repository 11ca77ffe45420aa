/** `kubectl get endpoints` and `endpointslices` (kubernetes pkg/printers/internalversion/printers.go, formatEndpoints). */
import type { Millis } from '../../sim/clock.ts'
import type { EndpointSlice } from '../../sim/cluster/objects.ts'
import type { Endpoints } from './endpoints.ts'
import { printAge } from './print-age.ts'
import type { Column } from './print-table.ts'

/** How many addresses, ports or hosts a cell names before it only counts. */
const shownInCell = 3

export const endpointsColumns: readonly Column[] = [{ name: 'Name' }, { name: 'Endpoints' }, { name: 'Age' }]

export const endpointSliceColumns: readonly Column[] = [
  { name: 'Name' },
  { name: 'AddressType' },
  { name: 'Ports' },
  { name: 'Endpoints' },
  { name: 'Age' },
]

/** An Endpoints object's cells: ready addresses only. */
export function endpointsCells(endpoints: Endpoints, nowMs: Millis): readonly string[] {
  return [endpoints.ref.name, subsetsCell(endpoints), printAge(endpoints.createdAtMs, nowMs)]
}

/** A slice's cells: all addresses, ready or not. */
export function endpointSliceCells(slice: EndpointSlice, nowMs: Millis): readonly string[] {
  const ports = slice.ports.map((port) => (port.port === undefined ? (port.name ?? '*') : String(port.port)))
  const addresses = slice.endpoints.flatMap((endpoint) => endpoint.addresses)
  return [
    slice.ref.name,
    slice.addressType,
    ports.length === 0 ? '<unset>' : firstFew(ports),
    addresses.length === 0 ? '<unset>' : firstFew(addresses),
    printAge(slice.createdAtMs, nowMs),
  ]
}

/** The first three joined by commas, then ` + N more...`. `total` where the list does not hold all that are counted. */
export function firstFew(items: readonly string[], total: number = items.length): string {
  const shown = items.slice(0, shownInCell)
  const more = total - shown.length
  return more > 0 ? `${shown.join(',')} + ${more} more...` : shown.join(',')
}

/** `address:port`, IPv6 in brackets (Go's net.JoinHostPort). */
export function hostPort(address: string, port: number | string): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function subsetsCell(endpoints: Endpoints): string {
  if (endpoints.subsets.length === 0) return '<none>'
  const items = endpoints.subsets.flatMap((subset) =>
    subset.ports.length === 0
      ? subset.addresses
      : subset.ports.flatMap((port) => subset.addresses.map((address) => hostPort(address, port.port))),
  )
  return firstFew(items)
}
