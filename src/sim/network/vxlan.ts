/**
 * A packet inside another, as a VXLAN device of a host wraps and unwraps it (RFC 7348; Linux drivers/net/vxlan/vxlan_core.c). What leaves
 * by the device goes to the peer that the route names; the outer packet is the host's own and passes its hooks like any other.
 * Assumed: the outer source port, from a hash of the inner flow that a kernel keys at random when it starts (include/net/udp_tunnel.h,
 * udp_flow_src_port): here of the same range, and the same for every packet of a flow. Left out: the Ethernet header, MTU.
 */
import type { IpAddress } from './address.ts'
import type { Host, Interface, VxlanDevice, VxlanPeer } from './network.ts'
import { hasPorts, innerPacket, type DatagramPacket, type Packet } from './packet.ts'

/** An interface that is a tunnel's end. */
export type TunnelInterface = Interface & { readonly vxlan: VxlanDevice }

/** The interface of this name, if it is a tunnel's end. */
export function tunnelInterface(host: Host, name: string): TunnelInterface | undefined {
  return host.interfaces.filter(isTunnel).find((each) => each.name === name)
}

/** The peer that a route's next hop names; undefined where the device was told of none, and sends nothing. */
export function peerOf({ vxlan }: TunnelInterface, nextHop: IpAddress): VxlanPeer | undefined {
  return vxlan.peers.find(({ address }) => address === nextHop)
}

/** The outer packet. It keeps the mark: the kernel clears it only on the way to another namespace (skb_scrub_packet). */
export function encapsulated({ vxlan }: TunnelInterface, peer: VxlanPeer, inner: Packet): DatagramPacket {
  return {
    protocol: 'udp',
    src: vxlan.local,
    srcPort: flowPort(inner),
    dst: peer.remote,
    dstPort: vxlan.port,
    ttl: 64,
    mark: inner.mark,
    vxlan: { vni: vxlan.vni, inner: { ...inner, mark: 0 } },
  }
}

/** The device for which the host takes in an outer packet: by UDP port and network identifier. */
export function tunnelFor(host: Host, packet: Packet): TunnelInterface | undefined {
  if (packet.protocol !== 'udp' || packet.vxlan === undefined) return undefined
  const { vni } = packet.vxlan
  return host.interfaces
    .filter(isTunnel)
    .find(({ vxlan }) => vxlan.port === packet.dstPort && vxlan.vni === vni)
}

/** Whether the packet is a tunnel's outer one. */
export function isOuter(packet: Packet): boolean {
  return innerPacket(packet) !== undefined
}

/** An address of the tunnel's far end as `bridge fdb` prints it. */
export function printFdbEntry(device: string, { mac, remote }: VxlanPeer): string {
  return `${mac} dev ${device} dst ${remote} self permanent`
}

/** An address of the tunnel's far end as `ip neigh` prints it; the one blank at the end is left off. */
export function printNeighbour(device: string, { address, mac }: VxlanPeer): string {
  return `${address} dev ${device} lladdr ${mac} PERMANENT`
}

function isTunnel(each: Interface): each is TunnelInterface {
  return each.vxlan !== undefined
}

/** net.ipv4.ip_local_port_range. */
const PORTS = { from: 32768, to: 60999 }

function flowPort(packet: Packet): number {
  return PORTS.from + (fnv1a(flowText(packet)) % (PORTS.to - PORTS.from))
}

function flowText(packet: Packet): string {
  const ports = hasPorts(packet) ? `${packet.srcPort} ${packet.dstPort}` : String(packet.id)
  return `${packet.protocol} ${packet.src} ${packet.dst} ${ports}`
}

/** FNV-1a, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
