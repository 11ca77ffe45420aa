/**
 * Interfaces as `ip addr` and `ip link` print them (iproute2 6.1 of Debian 12, ip/ipaddress.c). What the simulated network does not hold
 * is left out of the lines: link-layer addresses, MTUs and queues of all but tunnels and loopback, a veth's other end, link-local
 * addresses of IPv6. Indices count from 1 in the order in which interfaces came.
 */
import {
  addressAt,
  cidrContains,
  cidrSize,
  ip,
  ipVersion,
  prefixBits,
  type Cidr,
  type IpAddress,
  type IpVersion,
} from './address.ts'
import type { Host, Interface } from './network.ts'

export interface ShownInterfaces {
  /** Of this name alone. */
  readonly device?: string
  /** Addresses of this family alone; absent: of both. */
  readonly version?: IpVersion
  /** `ip link`: without addresses. */
  readonly linksOnly?: true
}

/** The lines of a host's interfaces; with a family those alone that have an address of it. Undefined: no such device. */
export function printInterfaces(host: Host, shown: ShownInterfaces): string | undefined {
  const { device, version, linksOnly } = shown
  if (device !== undefined && !host.interfaces.some(({ name }) => name === device)) return undefined
  return host.interfaces
    .flatMap((each, index) => {
      if (device !== undefined && each.name !== device) return []
      const addresses = addressesOf(each).filter(
        (address) => version === undefined || ipVersion(address) === version,
      )
      if (version !== undefined && addresses.length === 0) return []
      return [
        headLine(each, index + 1, linksOnly === true),
        ...(version === undefined ? linkLine(each) : []),
        ...(linksOnly === true ? [] : addresses.flatMap((address) => addressLines(host, each, address))),
      ]
    })
    .map((line) => `${line}\n`)
    .join('')
}

/** Every loopback has ::1 as well. */
function addressesOf({ name, addresses }: Interface): readonly IpAddress[] {
  return name === 'lo' ? [...addresses, LOOPBACK_IPV6] : addresses
}

const LOOPBACK_IPV6 = ip('::1')

function headLine({ name, vxlan }: Interface, index: number, linksOnly: boolean): string {
  const flags = name === 'lo' ? 'LOOPBACK,UP,LOWER_UP' : 'BROADCAST,MULTICAST,UP,LOWER_UP'
  const queue =
    name === 'lo' ? ' mtu 65536 qdisc noqueue' : vxlan === undefined ? '' : ` mtu ${vxlan.mtu} qdisc noqueue`
  const state = isDummy(name) ? 'DOWN' : name === 'lo' || vxlan !== undefined ? 'UNKNOWN' : 'UP'
  const shownFlags = isDummy(name) ? 'BROADCAST,NOARP' : flags
  return `${index}: ${name}: <${shownFlags}>${queue} state ${state}${linksOnly ? ' mode DEFAULT' : ''} group default ${isDummy(name) ? '' : 'qlen 1000'}`
}

/** kube-proxy gives its device addresses and leaves it down. */
function isDummy(name: string): boolean {
  return name === 'kube-ipvs0'
}

function linkLine({ name, vxlan }: Interface): readonly string[] {
  if (name === 'lo') return ['    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00']
  return vxlan === undefined ? [] : [`    link/ether ${vxlan.mac} brd ff:ff:ff:ff:ff:ff`]
}

function addressLines(host: Host, { name }: Interface, address: IpAddress): readonly string[] {
  const forever = '       valid_lft forever preferred_lft forever'
  if (address === LOOPBACK_IPV6) return ['    inet6 ::1/128 scope host ', forever]
  if (name === 'lo') return [`    inet ${address}/8 scope host ${name}`, forever]
  const range = linkRange(host, name, address)
  if (ipVersion(address) === 6)
    return [`    inet6 ${address}/${range === undefined ? 128 : prefixBits(range)} scope global `, forever]
  const broadcast = range === undefined ? '' : ` brd ${lastAddress(range) ?? ''}`
  const bits = range === undefined ? 32 : prefixBits(range)
  return [`    inet ${address}/${bits}${broadcast} scope global ${name}`, forever]
}

/** The network that came with the address: the route to it that the kernel wrote. */
function linkRange(host: Host, name: string, address: IpAddress): Cidr | undefined {
  return host.routes.find(
    (route) =>
      route.kind === 'unicast' &&
      route.protocol === 'kernel' &&
      route.interfaceName === name &&
      route.source === address &&
      cidrContains(route.destination, route.source),
  )?.destination
}

function lastAddress(range: Cidr): IpAddress | undefined {
  return addressAt(range, cidrSize(range) - 1n)
}
