/** Routes as `ip route` prints them, in the kernel's order (Linux net/ipv4/fib_trie.c, fn_trie_dump_leaf; net/ipv6/ip6_fib.c, fib6_walk). */
import {
  cidrContains,
  ipValue,
  ipVersion,
  networkAddress,
  prefixBits,
  type IpAddress,
  type IpVersion,
} from './address.ts'
import type { Host, Route } from './network.ts'
import { chooseRoute, printRoute, sourceAddress } from './route.ts'

/** The table main of a family; those of one device where it is named. IPv4's lines end in a blank. */
export function printRoutes({ routes }: Host, version: IpVersion, device?: string): string {
  return routes
    .filter((route) => ipVersion(route.destination) === version)
    .filter((route) => device === undefined || (route.kind === 'unicast' && route.interfaceName === device))
    .toSorted(version === 4 ? byAddress : longestInside)
    .map((route) => `${printRoute(route)}${version === 4 ? ' ' : ''}\n`)
    .join('')
}

/** By address; of one address the longer prefix first. */
function byAddress(a: Route, b: Route): number {
  const difference = ipValue(networkAddress(a.destination)) - ipValue(networkAddress(b.destination))
  if (difference !== 0n) return difference < 0n ? -1 : 1
  return prefixBits(b.destination) - prefixBits(a.destination)
}

/** IPv6's tree is walked from its leaves: what lies within another comes before it, `default` last. */
function longestInside(a: Route, b: Route): number {
  const [inA, inB] = [
    cidrContains(a.destination, networkAddress(b.destination)) &&
      prefixBits(a.destination) < prefixBits(b.destination),
    cidrContains(b.destination, networkAddress(a.destination)) &&
      prefixBits(b.destination) < prefixBits(a.destination),
  ]
  return inA ? 1 : inB ? -1 : byAddress(a, b)
}

/** What `ip route get` prints, or the error that the kernel answers. */
export type RouteAnswer = { readonly text: string } | { readonly error: string }

/** `ip route get ADDRESS`, asked by root. */
export function printRouteTo(host: Host, address: IpAddress): RouteAnswer {
  const decision = chooseRoute(host, address)
  const source = sourceAddress(host, address)
  const from = source === undefined ? '' : ` src ${source}`
  const version6 = ipVersion(address) === 6
  switch (decision.kind) {
    case 'local':
      return {
        text: version6
          ? `local ${address} dev lo table local proto kernel${from} metric 0 pref medium\n`
          : `local ${address} dev lo${from} uid 0 \n    cache <local> \n`,
      }
    case 'blackhole':
      return { error: 'RTNETLINK answers: Invalid argument' }
    case 'unreachable':
      return { error: 'RTNETLINK answers: Network is unreachable' }
    case 'unicast': {
      const { via, interfaceName, protocol } = decision.route
      const way = `${address}${via === undefined ? '' : ` via ${via}`} dev ${interfaceName}`
      const written = protocol === 'boot' ? '' : ` proto ${protocol}`
      const metric = protocol === 'kernel' ? 256 : 1024
      return {
        text: version6
          ? `${address} from ::${way.slice(address.length)}${written}${from} metric ${metric} pref medium\n`
          : `${way}${from} uid 0 \n    cache \n`,
      }
    }
  }
}
