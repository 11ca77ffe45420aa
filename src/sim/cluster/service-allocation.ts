/**
 * Addresses and node ports of Services, as the API server allocates them (pkg/registry/core/service/ipallocator, portallocator,
 * 1.32): those that are asked for anywhere in the range, others by lot from its upper part, so that the lower is left to people.
 */
import { addressAt, cidrContains, cidrSize, ipVersion, parseIp } from '../network/address.ts'
import type { Cidr, IpAddress } from '../network/address.ts'
import { drawBelow } from '../draw.ts'
import type { Draw } from '../draw.ts'
import { listAt, numberAt, textAt, textsAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import type { ObjectRef } from './object-ref.ts'
import type { ObjectStore } from './object-store.ts'
import type { Service } from './objects.ts'
import { readService } from './read-service.ts'

/** What is taken, by the Service (`namespace/name`) that has it. Node ports are keyed `PROTOCOL/PORT`. */
export interface Allocations {
  readonly addresses: Map<string, string>
  readonly nodePorts: Map<string, string>
}

/** What the Services of a store hold. */
export function allocationsOf(store: ObjectStore): Allocations {
  const allocations: Allocations = { addresses: new Map(), nodePorts: new Map() }
  for (const object of store.ofKind('Service')) {
    const service = readService(object)
    const holder = `${object.ref.namespace}/${object.ref.name}`
    for (const address of service.clusterIps) allocations.addresses.set(address, holder)
    for (const port of service.ports)
      if (port.nodePort !== 0) allocations.nodePorts.set(`${port.protocol}/${port.nodePort}`, holder)
    if (service.healthCheckNodePort !== 0)
      allocations.nodePorts.set(`TCP/${service.healthCheckNodePort}`, holder)
  }
  return allocations
}

/**
 * Books the addresses and node ports that the Services of one change ask for by number, so that none of them is drawn for another.
 * What somebody has already stays his; the later one is refused when its turn comes.
 */
export function bookRequested(
  allocations: Allocations,
  services: readonly { readonly ref: ObjectRef; readonly body: JsonObject }[],
): void {
  const book = (held: Map<string, string>, key: string, holder: string) =>
    held.has(key) || held.set(key, holder)
  for (const { ref, body } of services) {
    const holder = `${ref.namespace}/${ref.name}`
    for (const text of [textAt(body, 'spec', 'clusterIP') ?? '', ...textsAt(body, 'spec', 'clusterIPs')]) {
      const address = parseIp(text)
      if (address !== undefined) book(allocations.addresses, address, holder)
    }
    for (const port of listAt(body, 'spec', 'ports')) {
      const nodePort = numberAt(port, 'nodePort') ?? 0
      if (nodePort !== 0)
        book(allocations.nodePorts, `${textAt(port, 'protocol') ?? 'TCP'}/${nodePort}`, holder)
    }
    const healthCheck = numberAt(body, 'spec', 'healthCheckNodePort') ?? 0
    if (healthCheck !== 0) book(allocations.nodePorts, `TCP/${healthCheck}`, holder)
  }
}

/** Gives back all that a Service holds. */
export function release(allocations: Allocations, service: Service): void {
  const holder = `${service.ref.namespace}/${service.ref.name}`
  const ports = service.ports.map((port) => `${port.protocol}/${port.nodePort}`)
  const giveBack = (held: Map<string, string>, key: string) => held.get(key) === holder && held.delete(key)
  for (const address of service.clusterIps) giveBack(allocations.addresses, address)
  for (const port of [...ports, `TCP/${service.healthCheckNodePort}`]) giveBack(allocations.nodePorts, port)
}

/** A free address of the range, drawn from its upper part, or undefined where the range is full. */
export function drawAddress(
  range: Cidr,
  taken: ReadonlyMap<string, string>,
  draw: Draw,
): IpAddress | undefined {
  // The allocator keeps a bit for each address, of IPv6 for so many alone.
  const most = ipVersion(range) === 4 ? 65536n * 65536n : 65536n
  const size = Number(cidrSize(range) > most ? most : cidrSize(range))
  // The first address is the network's; the last of IPv4 is the broadcast address.
  const last = ipVersion(range) === 4 ? size - 2 : size - 1
  const first = Math.min(1 + lowerPart(size, 16, 256, 16), last)
  const address = (offset: number) => addressAt(range, offset)
  const offset = drawFree(first, last, draw, (candidate) => taken.has(address(candidate) ?? ''))
  const found = offset ?? firstFree(1, first - 1, (candidate) => taken.has(address(candidate) ?? ''))
  return found === undefined ? undefined : address(found)
}

/** A free node port, drawn from the range's upper part, or undefined where the range is full. */
export function drawNodePort(
  range: { readonly from: number; readonly to: number },
  isTaken: (port: number) => boolean,
  draw: Draw,
): number | undefined {
  const size = range.to - range.from + 1
  const first = Math.min(range.from + lowerPart(size, 16, 128, 32), range.to)
  return drawFree(first, range.to, draw, isTaken) ?? firstFree(range.from, first - 1, isTaken)
}

/** Why an address cannot be had, in the server's words; undefined where it can. */
export function addressProblem(
  text: string,
  range: Cidr,
  allocations: Allocations,
  holder: string,
): { readonly code: 'address-taken' | 'address-outside-range'; readonly text: string } | undefined {
  const address = parseIp(text)
  if (address === undefined || !cidrContains(range, address))
    return {
      code: 'address-outside-range',
      text: `failed to allocate IP ${text}: the provided IP (${text}) is not in the valid range. The range of valid IPs is ${range}`,
    }
  const taken = allocations.addresses.get(address)
  if (taken === undefined || taken === holder) return undefined
  return { code: 'address-taken', text: `failed to allocate IP ${text}: provided IP is already allocated` }
}

/** calculateRangeOffset: how much of the range is left to people, between a minimum and a maximum. */
function lowerPart(size: number, minimum: number, maximum: number, step: number): number {
  return size < minimum ? 0 : Math.max(minimum, Math.min(maximum, Math.floor(size / step)))
}

/** Draws a start and goes on from there; a full part costs one round. */
function drawFree(
  first: number,
  last: number,
  draw: Draw,
  isTaken: (candidate: number) => boolean,
): number | undefined {
  if (last < first) return undefined
  const start = first + drawBelow(draw, last - first + 1)
  return firstFree(start, last, isTaken) ?? firstFree(first, start - 1, isTaken)
}

function firstFree(first: number, last: number, isTaken: (candidate: number) => boolean): number | undefined {
  for (let candidate = first; candidate <= last; candidate++) if (!isTaken(candidate)) return candidate
  return undefined
}
