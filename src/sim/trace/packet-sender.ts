/**
 * Which process of a node sent a packet, and as which user. The node's terminal and daemons run as root, chronyd aside; a container on
 * the host's network runs as its securityContext says, and where it says nothing as its image does, which is not known.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { objectKey } from '../cluster/object-ref.ts'
import type { Pod } from '../cluster/objects.ts'
import type { Sender } from '../netfilter/sender.ts'
import type { Host } from '../network/network.ts'
import { hasPorts, type Packet } from '../network/packet.ts'
import type { Subject } from './trace.ts'

const root: Sender = { kind: 'process', uid: 0, gid: 0 }
const unknown: Sender = { kind: 'unknown' }

/** The process of who sends: a person at a node's terminal, or a Pod's. */
export function processOf(cluster: Cluster, subject: Subject): Sender {
  if (subject.kind === 'client') {
    const [kind, namespace, name] = subject.vantage.split('/')
    if (kind !== 'pod') return root
    return podProcess(cluster.pods.find(({ ref }) => ref.namespace === namespace && ref.name === name))
  }
  const isPod = subject.kind === 'pod' || subject.kind === 'ingress-controller'
  return isPod ? podProcess(cluster.pods.find(({ ref }) => sameName(ref, subject.ref))) : unknown
}

/**
 * The sender of a packet of the host's own: the kernel, a listening socket, or else what `opened` the port (or the echo's id).
 * @param opened the senders of this request, by port
 */
export function senderOf(
  cluster: Cluster,
  host: Host,
  packet: Packet,
  opened: ReadonlyMap<number, Sender>,
): Sender {
  if (!hasPorts(packet))
    return echoRequests.includes(packet.type) ? (opened.get(packet.id) ?? unknown) : { kind: 'kernel' }
  if (packet.protocol === 'tcp' && packet.flags.includes('RST')) return { kind: 'kernel' }
  const socket = host.sockets.find(
    ({ protocol, port }) => protocol === packet.protocol && port === packet.srcPort,
  )
  if (socket === undefined) return opened.get(packet.srcPort) ?? unknown
  if (socket.owner.startsWith('node/')) return socket.owner === 'node/chronyd' ? unknown : root
  return podProcess(cluster.pods.find(({ ref }) => objectKey(ref) === socket.owner))
}

/** Of ICMP and of ICMPv6. */
const echoRequests = [8, 128]

function podProcess(pod: Pod | undefined): Sender {
  const runAs = pod?.containers[0]?.runAs
  return runAs === undefined ? unknown : { kind: 'process', ...runAs }
}

function sameName(a: { namespace: string; name: string }, b: { namespace: string; name: string }): boolean {
  return a.namespace === b.namespace && a.name === b.name
}
