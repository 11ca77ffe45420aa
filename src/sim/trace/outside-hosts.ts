/** The machines around a cluster as hosts: the LAN's router and a laptop, as {@link Surroundings} says where they are. */
import { ip, type Cidr, type IpAddress } from '../network/address.ts'
import type { Host, Route } from '../network/network.ts'
import { DEFAULT, DEFAULT_IPV6, lanLinkName, type Surroundings } from './surroundings.ts'

/** The name of the laptop's host, and its vantage. */
export const LAPTOP = 'laptop'
/** The name of the router's host. */
export const ROUTER = 'router'

/** The router knows its LANs alone. */
export function routerHost(around: Surroundings): Host {
  return {
    name: ROUTER,
    interfaces: around.lans.map((lan, index) => ({
      name: `eth${index}`,
      addresses: [lan.router, ...(lan.ipv6 ? [lan.ipv6.router] : [])],
      link: lanLinkName(lan.cidr),
    })),
    routes: around.lans.flatMap((lan, index) =>
      [lan, ...(lan.ipv6 ? [lan.ipv6] : [])].map(({ cidr, router }) =>
        linkRoute(cidr, `eth${index}`, router),
      ),
    ),
    sockets: [],
    forwards: true,
    hasNetfilter: false,
    noRoute: around.router,
  }
}

/** The laptop sends by the router what is not on its LAN. It listens on nothing. */
export function laptopHost(around: Surroundings): Host {
  const { cidr: lan, router, ipv6 } = around.lans[0]
  const { laptop, laptopIpv6 } = around
  return {
    name: LAPTOP,
    interfaces: [
      { name: 'lo', addresses: [ip('127.0.0.1')], link: 'lo' },
      { name: 'eth0', addresses: [laptop, ...(laptopIpv6 ? [laptopIpv6] : [])], link: lanLinkName(lan) },
    ],
    routes: [
      { kind: 'unicast', destination: DEFAULT, interfaceName: 'eth0', via: router, protocol: 'boot' },
      linkRoute(lan, 'eth0', laptop),
      ...(ipv6 && laptopIpv6 ? lanRoutesIpv6(ipv6, laptopIpv6) : []),
    ],
    sockets: [],
    forwards: false,
    hasNetfilter: false,
    noRoute: 'icmp',
  }
}

/** The routes of a host on an IPv6 LAN: the LAN itself, and all else by its router, if there is one to be asked. */
export function lanRoutesIpv6(
  lan: { readonly cidr: Cidr; readonly router?: IpAddress },
  own: IpAddress,
): readonly Route[] {
  const byDefault: readonly Route[] =
    lan.router === undefined
      ? []
      : [
          {
            kind: 'unicast',
            destination: DEFAULT_IPV6,
            interfaceName: 'eth0',
            via: lan.router,
            protocol: 'boot',
          },
        ]
  return [...byDefault, linkRoute(lan.cidr, 'eth0', own)]
}

function linkRoute(destination: Cidr, interfaceName: string, source: IpAddress): Route {
  return { kind: 'unicast', destination, interfaceName, source, protocol: 'kernel' }
}
