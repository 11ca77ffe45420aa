/**
 * The hints by which kube-proxy keeps traffic near. Models the two ways in which the EndpointSlice controller makes them (staging
 * endpointslice, 1.34): topologycache (annotation topology-mode: Auto, zones share endpoints by their CPUs) and trafficdist
 * (`spec.trafficDistribution`: an endpoint is hinted to where it is). At rest all slices of a family are worked out anew; the real
 * controller leaves alone what still fits, and takes zones of equal need in random order, here by name.
 */
import { listAt, objectAt, textAt } from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'
import type { Service } from './objects.ts'

/** Allocatable milli-CPUs of the ready workers of each zone; undefined where one of them lacks zone or CPU: no shares then. */
export type ZoneCpus = ReadonlyMap<string, number> | undefined

/** How much more than its share an endpoint may be asked for (overloadThreshold). */
const OVERLOAD = 0.2

/**
 * The slices of one address family with their hints. An annotation goes before trafficDistribution; without either, or where shares
 * cannot be kept, there are no hints.
 * @param slices wire form, all of one Service and family
 * @param release 34: v1.34
 */
export function withHints(
  slices: readonly JsonObject[],
  service: Service,
  zones: ZoneCpus,
  release: number,
): readonly JsonObject[] {
  if (asksForShares(service)) return withShares(slices, zones)
  const near = service.trafficDistribution
  if (
    near === undefined ||
    !trafficDistributions.some(({ value, since }) => value === near && since <= release)
  )
    return slices
  return mapReady(slices, (endpoint) => nearHints(endpoint, near === 'PreferSameNode'))
}

/** `spec.trafficDistribution`, by the release that first takes it (1.31: feature gate on by default; 1.34 likewise). */
export const trafficDistributions: readonly { readonly value: string; readonly since: number }[] = [
  { value: 'PreferClose', since: 31 },
  { value: 'PreferSameZone', since: 34 },
  { value: 'PreferSameNode', since: 34 },
]

function asksForShares({ annotations }: Service): boolean {
  const mode =
    annotations['service.kubernetes.io/topology-mode'] ??
    annotations['service.kubernetes.io/topology-aware-hints']
  return mode === 'Auto' || mode === 'auto'
}

function nearHints(endpoint: JsonObject, withNode: boolean): JsonObject | undefined {
  const [zone, node] = [textAt(endpoint, 'zone'), textAt(endpoint, 'nodeName')]
  const hints = {
    ...(zone === undefined ? {} : { forZones: [{ name: zone }] }),
    ...(withNode && node !== undefined ? { forNodes: [{ name: node }] } : {}),
  }
  return Object.keys(hints).length > 0 ? hints : undefined
}

/** Every zone gets endpoints by its CPUs; one with more than its share lends some to one with less (AddHints). */
function withShares(slices: readonly JsonObject[], zones: ZoneCpus): readonly JsonObject[] {
  const ready = slices.flatMap((slice) => endpointsOf(slice).filter(isReady))
  const desired = desiredByZone(ready.length, zones)
  if (desired === undefined || ready.some((endpoint) => zoneOf(endpoint) === '')) return slices
  const held = new Map<string, number>()
  for (const endpoint of ready) held.set(zoneOf(endpoint), (held.get(zoneOf(endpoint)) ?? 0) + 1)
  const { giving, receiving } = redistribution(desired, held)
  return mapReady(slices, (endpoint) => ({
    forZones: [{ name: borrower(zoneOf(endpoint), giving, receiving) ?? zoneOf(endpoint) }],
  }))
}

/** How many endpoints each zone should have, a fraction; undefined where no zone can have its least (getAllocations). */
function desiredByZone(endpoints: number, zones: ZoneCpus): ReadonlyMap<string, number> | undefined {
  if (zones === undefined || zones.size < 2 || zones.size > endpoints) return undefined
  const total = [...zones.values()].reduce((sum, cpus) => sum + cpus, 0)
  if (total === 0) return undefined
  let left = endpoints
  const desired = new Map<string, number>()
  for (const [zone, cpus] of zones) {
    const share = (cpus / total) * endpoints
    const least = Math.ceil(share * (1 / (1 + OVERLOAD)))
    desired.set(zone, Math.max(share, least))
    left -= least
  }
  return left < 0 ? undefined : desired
}

/** How many whole endpoints go from which zones to which (getGivingAndReceivingZones). */
function redistribution(desired: ReadonlyMap<string, number>, held: ReadonlyMap<string, number>) {
  const surplus = new Map<string, number>()
  const need = new Map<string, number>()
  for (const [zone, target] of desired) {
    const difference = (held.get(zone) ?? 0) - target
    if (difference > 0) surplus.set(zone, difference)
    if (difference < 0) need.set(zone, -difference)
  }
  const giving = new Map<string, number>()
  const receiving = new Map<string, number>()
  for (;;) {
    const [giver, has] = greatest(surplus)
    const [receiver, lacks] = greatest(need)
    if ((has < 1 && lacks < 1) || has < 0.5 || lacks < 0.5) return { giving, receiving }
    add(giving, giver, 1)
    add(surplus, giver, -1)
    add(receiving, receiver, 1)
    add(need, receiver, -1)
  }
}

/** The zone that takes this endpoint of a zone with too many; counts both down. */
function borrower(
  zone: string,
  giving: Map<string, number>,
  receiving: Map<string, number>,
): string | undefined {
  const [taker] = [...receiving].find(([, count]) => count > 0) ?? []
  if ((giving.get(zone) ?? 0) <= 0 || taker === undefined) return undefined
  add(giving, zone, -1)
  add(receiving, taker, -1)
  return taker
}

function greatest(counts: ReadonlyMap<string, number>): readonly [zone: string, count: number] {
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0])
}

function add(counts: Map<string, number>, zone: string, more: number): void {
  counts.set(zone, (counts.get(zone) ?? 0) + more)
}

/** Only ready endpoints are hinted. */
function mapReady(
  slices: readonly JsonObject[],
  hintsOf: (endpoint: JsonObject) => JsonObject | undefined,
): readonly JsonObject[] {
  return slices.map((slice) => ({
    ...slice,
    endpoints: endpointsOf(slice).map((endpoint): JsonValue => {
      const hints = isReady(endpoint) ? hintsOf(endpoint) : undefined
      return hints === undefined ? endpoint : { ...endpoint, hints }
    }),
  }))
}

function endpointsOf(slice: JsonObject): readonly JsonObject[] {
  return listAt(slice, 'endpoints').map((endpoint) => objectAt(endpoint))
}

function isReady(endpoint: JsonObject): boolean {
  return objectAt(endpoint, 'conditions')['ready'] === true
}

function zoneOf(endpoint: JsonObject): string {
  return textAt(endpoint, 'zone') ?? ''
}
