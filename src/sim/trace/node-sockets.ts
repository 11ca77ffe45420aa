/**
 * What listens on a node: its daemons, and Pods on the host's network. Ports and addresses are those of kubeadm
 * (kubernetes.io/docs/reference/networking/ports-and-protocols); process and file numbers are made up. Node ports are not here:
 * kube-proxy opens no socket for one since 1.24, rules catch its packets first. Health check node ports are: it answers them itself.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { modeOf } from '../cluster/pasted-rules.ts'
import { objectKey } from '../cluster/object-ref.ts'
import type { Node } from '../cluster/objects.ts'
import { healthChecks } from '../kube-proxy/health-checks.ts'
import { nodePortListeners } from '../kube-proxy/proxy-settings.ts'
import { ipVersion, parseIp, type IpAddress, type IpVersion } from '../network/address.ts'
import type { Socket } from '../network/network.ts'

/** The owner of kube-proxy's sockets. */
export const KUBE_PROXY = 'node/kube-proxy'

/** A listening socket as `ss` shows it. `*` is the IPv6 wildcard that takes IPv4 too, `[::]` the one that does not. */
export interface ListeningSocket {
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly address: string
  readonly port: number
  readonly process: string
  readonly pid: number
  readonly fd: number
  /** `node/DAEMON`, or the key of a Pod. */
  readonly owner: string
}

/** The sockets of a node: UDP, then those of IPv4 addresses, then the IPv6 wildcards. */
export function listeningOn(node: Node, cluster: Cluster): readonly ListeningSocket[] {
  const isControlPlane = 'node-role.kubernetes.io/control-plane' in node.labels
  const own = node.addresses[0] ?? '0.0.0.0'
  const daemons = [...everyNode, ...(isControlPlane ? controlPlane(own) : [])]
  return [...daemons, ...healthCheckSockets(node, cluster), ...hostNetworkSockets(node, cluster)].toSorted(
    (a, b) => rank(a) - rank(b),
  )
}

/** The same as the network knows them: a wildcard has no address, and one of IPv6 alone, which has a twin of IPv4, is left out. */
export function nodeSockets(node: Node, cluster: Cluster): readonly Socket[] {
  return listeningOn(node, cluster)
    .filter(({ address }) => address !== '[::]')
    .map(({ protocol, address, port, owner }) => {
      const bound =
        address === '*' || address === '0.0.0.0' ? undefined : parseIp(address.replace(/^\[(.*)\]$/, '$1'))
      return { protocol, port, owner, ...(bound === undefined ? {} : { address: bound }) }
    })
}

const everyNode: readonly ListeningSocket[] = [
  daemon('udp', '127.0.0.1', 323, 'chronyd', 1017, 10),
  daemon('tcp', '0.0.0.0', 22, 'sshd', 1023, 13),
  daemon('tcp', '127.0.0.1', 10248, 'kubelet', 1846, 17),
  daemon('tcp', '127.0.0.1', 10249, 'kube-proxy', 3339, 15),
  daemon('tcp', '[::]', 22, 'sshd', 1023, 14),
  daemon('tcp', '*', 10256, 'kube-proxy', 3339, 14),
  daemon('tcp', '*', 10250, 'kubelet', 1846, 21),
]

function controlPlane(own: string): readonly ListeningSocket[] {
  return [
    daemon('tcp', '127.0.0.1', 2379, 'etcd', 2411, 10),
    daemon('tcp', own, 2379, 'etcd', 2411, 11),
    daemon('tcp', own, 2380, 'etcd', 2411, 12),
    daemon('tcp', '127.0.0.1', 10257, 'kube-controller', 2502, 10),
    daemon('tcp', '127.0.0.1', 10259, 'kube-scheduler', 2533, 10),
    daemon('tcp', '*', 6443, 'kube-apiserver', 2467, 10),
  ]
}

function daemon(
  protocol: 'tcp' | 'udp',
  address: string,
  port: number,
  process: string,
  pid: number,
  fd: number,
): ListeningSocket {
  return { protocol, address, port, process, pid, fd, owner: `node/${process}` }
}

/**
 * One a Service and address: on the wildcard, or where node ports answer (newServiceHealthServer). Each family has a proxier that listens
 * for it; a wildcard takes both families, and leaves the other's proxier nothing to listen on.
 */
function healthCheckSockets(node: Node, cluster: Cluster): readonly ListeningSocket[] {
  const mode = modeOf(cluster, node.ref.name)
  const vips = cluster.vips.filter((vip) => vip.node === node.ref.name).map(({ address }) => address)
  const interfaceAddresses = [...node.addresses, ...vips]
  const listeners = (version: IpVersion) =>
    nodePortListeners(
      { ...cluster.config.kubeProxy, mode },
      { addresses: node.addresses, interfaceAddresses },
      version,
    )
  return healthChecks(cluster.services)
    .flatMap(({ port, service }) => {
      const [first, ...others] = service.clusterIps.map((address) => listeners(ipVersion(address)))
      if (first === undefined || first === 'all') return [{ address: '*', port }]
      const more = others.flatMap((each) => (each === 'all' ? [] : each))
      return [...first, ...more].map((address) => ({ address: printHost(address), port }))
    })
    .map(({ address, port }, index) => daemon('tcp', address, port, 'kube-proxy', 3339, 16 + index))
}

function printHost(address: IpAddress): string {
  return ipVersion(address) === 6 ? `[${address}]` : address
}

function hostNetworkSockets(node: Node, cluster: Cluster): readonly ListeningSocket[] {
  const pods = cluster.pods.filter((pod) => pod.hostNetwork && pod.nodeName === node.ref.name)
  return pods.flatMap((pod, index) =>
    pod.listens
      // What an image usually listens on is no word about a node's own ports: the node's daemons stand above.
      .filter((listen) => listen.told !== 'image')
      .map((listen, socket): ListeningSocket => ({
        protocol: listen.protocol === 'UDP' ? 'udp' : listen.protocol === 'SCTP' ? 'sctp' : 'tcp',
        address: listen.loopbackOnly ? '127.0.0.1' : '*',
        port: listen.port,
        process: listen.container.slice(0, 15),
        pid: 4000 + index,
        fd: 10 + socket,
        owner: objectKey(pod.ref),
      })),
  )
}

function rank(socket: ListeningSocket): number {
  if (socket.protocol === 'udp') return 0
  return socket.address.includes('.') ? 1 : 2
}
