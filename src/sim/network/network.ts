/**
 * Machines, the namespaces inside them, and the links between: what a packet can be in and move along. Plain data, no Kubernetes.
 * A host is one network namespace: a node, a Pod, a router, a laptop.
 */
import { isLoopback, type Cidr, type IpAddress } from './address.ts'
import type { IpProtocol } from './packet.ts'

export interface Network {
  readonly hosts: Readonly<Record<string, Host>>
  readonly links: Readonly<Record<string, Link>>
}

export interface Host {
  readonly name: string
  readonly interfaces: readonly Interface[]
  /** Any order; {@link chooseRoute} takes the longest prefix. */
  readonly routes: readonly Route[]
  readonly sockets: readonly Socket[]
  /** Passes on packets that are not its own (`net.ipv4.ip_forward`). */
  readonly forwards: boolean
  /** Runs netfilter: its hooks are passed. A Pod's own namespace has no rules, unless {@link unreadRulesOf} says so, and is skipped. */
  readonly hasNetfilter: boolean
  /** It has rules of its own that nobody has read: who wrote them. What comes in or goes out ends there as not modelled. */
  readonly unreadRulesOf?: string
  /**
   * What becomes of a packet that the host can neither keep nor pass on: a router that says nothing, or an ICMP error.
   * A kernel's own answer is `icmp`.
   */
  readonly noRoute: 'silent' | 'icmp'
}

export interface Interface {
  readonly name: string
  readonly addresses: readonly IpAddress[]
  /** Addresses that it answers ARP for without having them: a load balancer's, whose packets rules take. */
  readonly announces?: readonly IpAddress[]
  readonly link: string
  /** A tunnel's end instead of a link's: what leaves by it rides inside a packet of the host's own. */
  readonly vxlan?: VxlanDevice
}

/** A VXLAN device that learns nothing: all its peers are told to it (`nolearning`; Linux drivers/net/vxlan). */
export interface VxlanDevice {
  /** VXLAN Network Identifier. */
  readonly vni: number
  /** UDP, here and at every peer. */
  readonly port: number
  /** `66:c8:…`, lower case. */
  readonly mac: string
  readonly mtu: number
  /** The source of the outer packets, an address of another interface of the host. */
  readonly local: IpAddress
  readonly peers: readonly VxlanPeer[]
}

/** Another host's end of the tunnel: a line of `ip neigh` and one of `bridge fdb`. */
export interface VxlanPeer {
  /** Of its device, what routes name. */
  readonly address: IpAddress
  readonly mac: string
  /** Of its host, where outer packets go. */
  readonly remote: IpAddress
}

/** `point-to-point`: the other end takes every packet (a veth pair). `lan`: the owner of the next address takes it. */
export interface Link {
  readonly kind: 'point-to-point' | 'lan'
  /** One way, in milliseconds. */
  readonly latencyMs: number
  readonly ends: readonly { readonly host: string; readonly interfaceName: string }[]
}

/** A line of `ip route`. */
export type Route =
  | {
      readonly kind: 'unicast'
      readonly destination: Cidr
      readonly interfaceName: string
      /** Absent: on the link itself. */
      readonly via?: IpAddress
      /** Preferred source of packets that start here. */
      readonly source?: IpAddress
      readonly protocol: RouteProtocol
      /** The next address need not be on the interface's own network. */
      readonly onlink?: true
      /** How the packet gets to the next node is not modelled: another tunnel, or nobody says which. */
      readonly overlay?: 'ipip' | 'vxlan-v6' | 'unknown'
    }
  | { readonly kind: 'blackhole'; readonly destination: Cidr; readonly protocol: RouteProtocol }

/** Who wrote a route, as `ip route` calls it (/etc/iproute2/rt_protos); 80 is Calico's felix. */
export type RouteProtocol = 'kernel' | 'bird' | 'static' | 'boot' | '80'

/** A listening socket. Without `address` it takes every address of the host. */
export interface Socket {
  readonly protocol: IpProtocol
  readonly port: number
  readonly address?: IpAddress
  /** Whose it is, for the caller to find it again: `default/nginx-…/nginx`. */
  readonly owner: string
}

/** Whether the host holds the address on an interface; all of 127.0.0.0/8 and ::1 are everywhere. */
export function ownsAddress(host: Host, address: IpAddress): boolean {
  return isLoopback(address) || host.interfaces.some((each) => each.addresses.includes(address))
}

/** The socket that takes a packet to `address`, the one bound to that very address first. */
export function socketFor(
  host: Host,
  protocol: IpProtocol,
  address: IpAddress,
  port: number,
): Socket | undefined {
  const open = host.sockets.filter((each) => each.protocol === protocol && each.port === port)
  return open.find((each) => each.address === address) ?? open.find((each) => each.address === undefined)
}
