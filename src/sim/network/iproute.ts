/** A machine as iproute2 shows it: `ip addr`, `ip route`, `ip neigh`, `bridge fdb`; only what the simulated network holds of it. */
import type { IpAddress, IpVersion } from './address.ts'
import type { Host } from './network.ts'
import { printInterfaces, type ShownInterfaces } from './print-interfaces.ts'
import { printRoutes, printRouteTo, type RouteAnswer } from './print-routes.ts'
import { printFdbEntry, printNeighbour } from './vxlan.ts'

/** Texts, each line with its line feed. `device`: of it alone; the lines of neighbours and entries name it only where it is not asked for. */
export interface Iproute {
  hasDevice(name: string): boolean
  hasTunnel(name: string): boolean
  /** Undefined: no such device. */
  interfaces(shown: ShownInterfaces): string | undefined
  routes(version: IpVersion, device?: string): string
  routeTo(address: IpAddress): RouteAnswer
  /** The tunnels' peers: other neighbours are not held. */
  neighbours(device?: string): string
  /** The same as forwarding entries. */
  fdb(device?: string): string
}

/** Shows a machine. */
export function showHost(host: Host): Iproute {
  const peersIn = (device: string | undefined, print: typeof printNeighbour, end: string) =>
    host.interfaces
      .filter(({ name }) => device === undefined || name === device)
      .flatMap(({ name, vxlan }) =>
        (vxlan?.peers ?? []).map((peer) => {
          const line = print(name, peer)
          return `${device === undefined ? line : line.replace(` dev ${name}`, '')}${end}`
        }),
      )
      .join('')
  return {
    hasDevice: (device) => host.interfaces.some(({ name }) => name === device),
    hasTunnel: (device) => host.interfaces.some(({ name, vxlan }) => name === device && vxlan !== undefined),
    interfaces: (shown) => printInterfaces(host, shown),
    routes: (version, device) => printRoutes(host, version, device),
    routeTo: (address) => printRouteTo(host, address),
    neighbours: (device) => peersIn(device, printNeighbour, ' \n'),
    fdb: (device) => peersIn(device, printFdbEntry, '\n'),
  }
}
