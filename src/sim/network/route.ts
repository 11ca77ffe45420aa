/** Routing as `ip route get` decides it: local addresses first, then the longest prefix (Linux net/ipv4/fib_frontend.c, fib_trie.c). */
import {
  cidrContains,
  hostCidr,
  ip,
  ipVersion,
  isLoopback,
  prefixBits,
  type Cidr,
  type IpAddress,
  type IpVersion,
} from './address.ts'
import { ownsAddress, type Host, type Route } from './network.ts'

/** What became of one route: it does not hold the address, a longer one was better, or it won. */
export interface RouteCandidate {
  readonly route: Route
  readonly verdict: 'other-destination' | 'shorter' | 'won'
}

export type RouteDecision =
  | { readonly kind: 'local'; readonly candidates: readonly RouteCandidate[] }
  | {
      readonly kind: 'unicast'
      readonly route: Extract<Route, { kind: 'unicast' }>
      /** The address whose owner takes the packet next. */
      readonly nextHop: IpAddress
      readonly candidates: readonly RouteCandidate[]
    }
  | { readonly kind: 'blackhole'; readonly route: Route; readonly candidates: readonly RouteCandidate[] }
  | { readonly kind: 'unreachable'; readonly candidates: readonly RouteCandidate[] }

/** Decides where a packet to `destination` goes from this host. Candidates are longest prefix first, as the trie finds them. */
export function chooseRoute(host: Host, destination: IpAddress): RouteDecision {
  if (ownsAddress(host, destination)) return { kind: 'local', candidates: [] }
  const byLength = longestFirst(host.routes)
  const winner = byLength.find((route) => cidrContains(route.destination, destination))
  const candidates = byLength.map((route) => ({ route, verdict: verdictOf(route, winner, destination) }))
  if (winner === undefined) return { kind: 'unreachable', candidates }
  if (winner.kind === 'blackhole') return { kind: 'blackhole', route: winner, candidates }
  return { kind: 'unicast', route: winner, nextHop: winner.via ?? destination, candidates }
}

/** The source that the kernel gives to a packet that starts here without one: the route's, else the interface's first address. */
export function sourceAddress(host: Host, destination: IpAddress): IpAddress | undefined {
  const version = ipVersion(destination)
  if (isLoopback(destination)) return ip(version === 4 ? '127.0.0.1' : '::1')
  const decision = chooseRoute(host, destination)
  if (decision.kind === 'local') return destination
  if (decision.kind !== 'unicast') return undefined
  const { route } = decision
  return route.source ?? interfaceAddress(host, route.interfaceName, version) ?? firstAddress(host, version)
}

/** The address that MASQUERADE writes for packets of a family leaving by this interface; a veth without one borrows the host's first. */
export function interfaceAddress(
  host: Host,
  interfaceName: string,
  version: IpVersion,
): IpAddress | undefined {
  const named = host.interfaces.find((each) => each.name === interfaceName)
  return named?.addresses.find((address) => ipVersion(address) === version)
}

/** The host's first address of a family that is not loopback. */
export function firstAddress(host: Host, version: IpVersion): IpAddress | undefined {
  return host.interfaces
    .flatMap((each) => each.addresses)
    .find((address) => !isLoopback(address) && ipVersion(address) === version)
}

/**
 * The address that a host's ICMP error comes from: the one that was asked for where that is its own, else what a packet to the sender
 * starts with (Linux net/ipv4/icmp.c, __icmp_send; icmp_errors_use_inbound_ifaddr 0). Undefined: the host has no address at all.
 */
export function errorSource(
  host: Host,
  about: { readonly src: IpAddress; readonly dst: IpAddress },
): IpAddress | undefined {
  return ownsAddress(host, about.dst)
    ? about.dst
    : (sourceAddress(host, about.src) ?? firstAddress(host, ipVersion(about.src)))
}

/** A route as `ip route` or `ip -6 route` prints it; the one blank at the end of IPv4's is left off. */
export function printRoute(route: Route): string {
  if (ipVersion(route.destination) === 6) return printRouteIpv6(route)
  if (route.kind === 'blackhole')
    return `blackhole ${destinationText(route.destination)} proto ${route.protocol}`
  const via = route.via === undefined ? '' : ` via ${route.via}`
  const protocol = route.protocol === 'boot' ? '' : ` proto ${route.protocol}`
  const scope = route.via === undefined ? ' scope link' : ''
  const source = route.source === undefined ? '' : ` src ${route.source}`
  const onlink = route.onlink === undefined ? '' : ' onlink'
  return `${destinationText(route.destination)}${via} dev ${route.interfaceName}${protocol}${scope}${source}${onlink}`
}

/** IPv6 has a metric and a preference; the one of routes that the kernel itself wrote is 256. A blackhole stands on loopback. */
function printRouteIpv6(route: Route): string {
  const protocol = route.protocol === 'boot' ? '' : ` proto ${route.protocol}`
  const rest = `metric ${route.protocol === 'kernel' ? 256 : 1024}`
  const destination = destinationText(route.destination)
  if (route.kind === 'blackhole') return `blackhole ${destination} dev lo${protocol} ${rest} pref medium`
  const via = route.via === undefined ? '' : ` via ${route.via}`
  const onlink = route.onlink === undefined ? '' : ' onlink'
  return `${destination}${via} dev ${route.interfaceName}${protocol} ${rest}${onlink} pref medium`
}

const sorted = new WeakMap<readonly Route[], readonly Route[]>()

function longestFirst(routes: readonly Route[]): readonly Route[] {
  const known = sorted.get(routes)
  if (known !== undefined) return known
  const byLength = routes.toSorted((a, b) => prefixBits(b.destination) - prefixBits(a.destination))
  sorted.set(routes, byLength)
  return byLength
}

function destinationText(destination: Cidr): string {
  if (prefixBits(destination) === 0) return 'default'
  const address = ip(destination.slice(0, destination.lastIndexOf('/')))
  return hostCidr(address) === destination ? address : destination
}

function verdictOf(
  route: Route,
  winner: Route | undefined,
  destination: IpAddress,
): RouteCandidate['verdict'] {
  if (route === winner) return 'won'
  return cidrContains(route.destination, destination) ? 'shorter' : 'other-destination'
}
