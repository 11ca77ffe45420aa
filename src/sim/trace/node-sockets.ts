/**
 * What listens on a node besides its Pods: kubelet, kube-proxy, sshd, and the control plane where the node has that role.
 * Ports are the components' defaults (kubernetes.io/docs/reference/networking/ports-and-protocols). Node ports are not here:
 * nothing listens on them, rules catch them first.
 */
import type { Node } from '../cluster/objects.ts'
import { ip } from '../network/address.ts'
import type { Socket } from '../network/network.ts'

const everywhere: readonly (readonly [owner: string, port: number])[] = [
  ['sshd', 22],
  ['kubelet', 10250],
  ['kube-proxy', 10256],
]

const loopback: readonly (readonly [owner: string, port: number])[] = [
  ['kubelet', 10248],
  ['kube-proxy', 10249],
]

const controlPlane: readonly (readonly [owner: string, port: number])[] = [
  ['etcd', 2379],
  ['etcd', 2380],
  ['kube-apiserver', 6443],
  ['kube-controller-manager', 10257],
  ['kube-scheduler', 10259],
]

/** The node's own TCP sockets, by port. */
export function nodeSockets(node: Node): readonly Socket[] {
  const isControlPlane = 'node-role.kubernetes.io/control-plane' in node.labels
  const open = isControlPlane ? [...everywhere, ...controlPlane] : everywhere
  return [
    ...open.map(([owner, port]): Socket => ({ protocol: 'tcp', port, owner: `node/${owner}` })),
    ...loopback.map(([owner, port]): Socket => ({
      protocol: 'tcp',
      port,
      address: ip('127.0.0.1'),
      owner: `node/${owner}`,
    })),
  ].toSorted((a, b) => a.port - b.port)
}
