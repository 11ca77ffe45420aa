/** The machines around a cluster as hosts: the LAN's router and a laptop, as {@link Surroundings} says where they are. */
import { ip } from '../network/address.ts'
import type { Host } from '../network/network.ts'
import { DEFAULT, lanLinkName, type Surroundings } from './surroundings.ts'

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
      addresses: [lan.router],
      link: lanLinkName(lan.cidr),
    })),
    routes: around.lans.map((lan, index) => ({
      kind: 'unicast',
      destination: lan.cidr,
      interfaceName: `eth${index}`,
      source: lan.router,
      protocol: 'kernel',
    })),
    sockets: [],
    forwards: true,
    hasNetfilter: false,
    noRoute: around.router,
  }
}

/** The laptop sends by the router what is not on its LAN. It listens on nothing. */
export function laptopHost(around: Surroundings): Host {
  const { cidr: lan, router } = around.lans[0]
  return {
    name: LAPTOP,
    interfaces: [
      { name: 'lo', addresses: [ip('127.0.0.1')], link: 'lo' },
      { name: 'eth0', addresses: [around.laptop], link: lanLinkName(lan) },
    ],
    routes: [
      { kind: 'unicast', destination: DEFAULT, interfaceName: 'eth0', via: router, protocol: 'boot' },
      { kind: 'unicast', destination: lan, interfaceName: 'eth0', source: around.laptop, protocol: 'kernel' },
    ],
    sockets: [],
    forwards: false,
    hasNetfilter: false,
    noRoute: 'icmp',
  }
}
