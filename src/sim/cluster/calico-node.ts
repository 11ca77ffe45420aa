/**
 * What Calico's node agent keeps on a Node as annotations where Kubernetes is its datastore (projectcalico/calico
 * libcalico-go/lib/backend/k8s/resources/node.go).
 */
import { parseCidr, parseIp, type Cidr, type IpAddress } from '../network/address.ts'
import type { Node } from './objects.ts'

/** Told to the tunnel's device instead of what the address management gives. */
const TUNNEL_ADDRESS = 'projectcalico.org/IPv4VXLANTunnelAddr'

/** The subnet that the node's address is in, by `projectcalico.org/IPv4Address: 192.168.61.11/24`; undefined where it is not said. */
export function subnetOf(node: Pick<Node, 'annotations'>): Cidr | undefined {
  const text = node.annotations['projectcalico.org/IPv4Address'] ?? ''
  return text.includes('/') ? parseCidr(text) : undefined
}

/** The address of the node's tunnel device, where an annotation says it. */
export function tunnelAddressOf(node: Pick<Node, 'annotations'>): IpAddress | undefined {
  return parseIp(node.annotations[TUNNEL_ADDRESS] ?? '')
}

/** The link-layer address of the node's tunnel device, where an annotation says it. */
export function tunnelMacOf(node: Pick<Node, 'annotations'>): string | undefined {
  const text = node.annotations['projectcalico.org/VXLANTunnelMACAddr']?.toLowerCase() ?? ''
  return /^([\da-f]{2}:){5}[\da-f]{2}$/.test(text) ? text : undefined
}
