/**
 * The endpoints of all EndpointSlices, by service port. A list that differs from the last one in a few slices is gathered anew for the
 * service ports of those alone.
 */
import type { EndpointSlice } from '../cluster/objects.ts'
import type { IpVersion } from '../network/address.ts'
import { endpointsOf, listed, withLists, type EndpointInfo, type ServiceEndpoints } from './endpoint-lists.ts'
import { areTwins, byText, portsOf, type SlicePort } from './slice-ports.ts'

/** Endpoints of all slices, and the keys of those lists in which two have the same text. */
export interface Gathered {
  readonly endpoints: ServiceEndpoints
  readonly withTwins: ReadonlySet<string>
}

/** Each list in the plain order of `IP:port` as text; the same result for the same list of slices. */
export function gatheredFrom(slices: readonly EndpointSlice[], version: IpVersion): Gathered {
  const { ofList, ofFirst } = remembered[version]
  const known = ofList.get(slices)
  if (known !== undefined) return known
  const [first] = slices
  const last = first && ofFirst.get(first)
  const result = (last && gatherAgain(last, slices, version)) ?? gather(slices, version)
  ofList.set(slices, result)
  if (first !== undefined) ofFirst.set(first, { ...result, slices })
  return result
}

/** What was gathered from a list. */
interface Gathering extends Gathered {
  readonly slices: readonly EndpointSlice[]
}

/** `ofFirst`: the last gathering from a list that began with the slice; the next such list will be much the same. */
const remembered = { 4: openMemory(), 6: openMemory() }

function openMemory() {
  return {
    ofList: new WeakMap<readonly EndpointSlice[], Gathered>(),
    ofFirst: new WeakMap<EndpointSlice, Gathering>(),
  }
}

function gather(slices: readonly EndpointSlice[], version: IpVersion): Gathered {
  const all = new Map<string, readonly EndpointInfo[]>()
  const shared = new Set<string>()
  for (const { key, infos, hasTwins } of portsOfAll(slices, version)) {
    const others = all.get(key)
    all.set(key, others === undefined ? infos : [...others, ...infos].toSorted(byText))
    if (hasTwins || others !== undefined) shared.add(key)
  }
  return {
    endpoints: listed(all),
    withTwins: new Set([...shared].filter((key) => areTwins(all.get(key) ?? []))),
  }
}

/**
 * What {@link gather} gives, from what the last list gave. Undefined where most slices differ, and where those that do are not for the same
 * service ports in the same order: one that came would have its place among the others.
 */
function gatherAgain(
  last: Gathering,
  slices: readonly EndpointSlice[],
  version: IpVersion,
): Gathered | undefined {
  const [before, now] = differing(last.slices, slices)
  if (now.length > slices.length / 2) return undefined
  const keys = keysOf(now, version)
  if (keys.join() !== keysOf(before, version).join()) return undefined
  const names = new Set(now.map(({ serviceName }) => serviceName))
  const again = gather(
    slices.filter(({ serviceName }) => names.has(serviceName)),
    version,
  )
  const withTwins = new Set(last.withTwins)
  for (const key of keys)
    if (again.withTwins.has(key)) withTwins.add(key)
    else withTwins.delete(key)
  const lists = new Map(keys.map((key) => [key, endpointsOf({ key }, again.endpoints)]))
  return { endpoints: withLists(last.endpoints, lists), withTwins }
}

function keysOf(slices: readonly EndpointSlice[], version: IpVersion): readonly string[] {
  return portsOfAll(slices, version).map(({ key }) => key)
}

function portsOfAll(slices: readonly EndpointSlice[], version: IpVersion): readonly SlicePort[] {
  return slices.filter(({ addressType }) => addressType === `IPv${version}`).flatMap(portsOf)
}

/** The keys of service ports of which something differs between two lists of slices. */
export function differingKeys(
  some: readonly EndpointSlice[],
  others: readonly EndpointSlice[],
): ReadonlySet<string> {
  return new Set(differing(some, others).flatMap((slices) => slices.flatMap(portsOf).map(({ key }) => key)))
}

/** What each of two lists has that the other has not at its place, between their first and their last difference. */
function differing<Item>(some: readonly Item[], others: readonly Item[]): [readonly Item[], readonly Item[]] {
  const most = Math.min(some.length, others.length)
  let [from, behind] = [0, 0]
  while (from < most && some[from] === others[from]) from++
  while (behind < most - from && some.at(-1 - behind) === others.at(-1 - behind)) behind++
  const [these, those] = [some.slice(from, some.length - behind), others.slice(from, others.length - behind)]
  if (these.length !== those.length) return [these, those]
  return [these.filter((item, at) => item !== those[at]), those.filter((item, at) => item !== these[at])]
}
