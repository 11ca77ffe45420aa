/**
 * What listens on a node, as `ss` shows it: the node's daemons, and Pods on the host's network. Ports are the components' defaults
 * (kubernetes.io/docs/reference/networking/ports-and-protocols); process numbers are made up. A node port is not among them:
 * kube-proxy opens no socket for one since 1.24, the rules catch its packets first.
 */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import type { Node } from '../../sim/cluster/objects.ts'

/** A listening socket. `*` is the IPv6 wildcard that takes IPv4 too. */
export interface ListeningSocket {
  readonly protocol: 'tcp' | 'udp'
  readonly address: string
  readonly port: number
  readonly process: string
  readonly pid: number
  readonly fd: number
}

/** The sockets of a node: UDP, then TCP over IPv4, then TCP over IPv6. */
export function nodeSockets(node: Node, cluster: Cluster): readonly ListeningSocket[] {
  const isControlPlane = 'node-role.kubernetes.io/control-plane' in node.labels
  const own = node.addresses[0] ?? '0.0.0.0'
  const daemons = [...everyNode, ...(isControlPlane ? controlPlane(own) : [])]
  const sockets = [...daemons, ...hostNetworkSockets(node, cluster)]
  return sockets.toSorted((a, b) => rank(a) - rank(b))
}

const everyNode: readonly ListeningSocket[] = [
  { protocol: 'udp', address: '127.0.0.1', port: 323, process: 'chronyd', pid: 1017, fd: 10 },
  { protocol: 'tcp', address: '0.0.0.0', port: 22, process: 'sshd', pid: 1023, fd: 13 },
  { protocol: 'tcp', address: '127.0.0.1', port: 10248, process: 'kubelet', pid: 1846, fd: 17 },
  { protocol: 'tcp', address: '127.0.0.1', port: 10249, process: 'kube-proxy', pid: 3339, fd: 15 },
  { protocol: 'tcp', address: '[::]', port: 22, process: 'sshd', pid: 1023, fd: 14 },
  { protocol: 'tcp', address: '*', port: 10256, process: 'kube-proxy', pid: 3339, fd: 14 },
  { protocol: 'tcp', address: '*', port: 10250, process: 'kubelet', pid: 1846, fd: 21 },
]

function controlPlane(own: string): readonly ListeningSocket[] {
  return [
    { protocol: 'tcp', address: '127.0.0.1', port: 2379, process: 'etcd', pid: 2411, fd: 10 },
    { protocol: 'tcp', address: own, port: 2379, process: 'etcd', pid: 2411, fd: 11 },
    { protocol: 'tcp', address: own, port: 2380, process: 'etcd', pid: 2411, fd: 12 },
    { protocol: 'tcp', address: '127.0.0.1', port: 10257, process: 'kube-controller', pid: 2502, fd: 10 },
    { protocol: 'tcp', address: '127.0.0.1', port: 10259, process: 'kube-scheduler', pid: 2533, fd: 10 },
    { protocol: 'tcp', address: '*', port: 6443, process: 'kube-apiserver', pid: 2467, fd: 10 },
  ]
}

function hostNetworkSockets(node: Node, cluster: Cluster): readonly ListeningSocket[] {
  const pods = cluster.pods.filter((pod) => pod.hostNetwork && pod.nodeName === node.ref.name)
  return pods.flatMap((pod, index) =>
    pod.listens.flatMap((listen, socket): readonly ListeningSocket[] => {
      if (listen.protocol === 'SCTP' || listen.told === 'image') return []
      const address = listen.loopbackOnly ? '127.0.0.1' : '*'
      const protocol = listen.protocol === 'UDP' ? 'udp' : 'tcp'
      return [
        {
          protocol,
          address,
          port: listen.port,
          process: listen.container.slice(0, 15),
          pid: 4000 + index,
          fd: 10 + socket,
        },
      ]
    }),
  )
}

function rank(socket: ListeningSocket): number {
  if (socket.protocol === 'udp') return 0
  return socket.address.includes('.') ? 1 : 2
}
