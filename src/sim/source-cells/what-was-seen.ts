/** Reads a trace: whom the Pod that was reached saw at the other end of its connection, and what it was told of the client. */
import type { Cluster } from '../cluster/cluster.ts'
import type { Pod } from '../cluster/objects.ts'
import type { IpAddress } from '../network/address.ts'
import { hasPorts } from '../network/packet.ts'
import { nameOfAddress, podOfAddress } from '../trace/subjects.ts'
import type { Hop, Trace } from '../trace/trace.ts'

/** The other end of a connection as a socket sees it. */
export interface Peer {
  readonly address: IpAddress
  readonly port: number
  /** The Pod, node or client that has the address, in a few letters. */
  readonly name: string
}

export interface Seen {
  /** Whom the Pod saw; absent where the packet reached none. */
  readonly peer?: Peer
  /** The Pod itself; absent for an endpoint that is none of the cluster's. */
  readonly endpoint?: Pod
  /** Whom the ingress controller saw, on a way through one. */
  readonly controllerSaw?: Peer
  readonly forwardedFor?: string
}

/** @param byIngress the last leg is the controller's own, and the first ends at the controller */
export function whatWasSeen(cluster: Cluster, trace: Trace, byIngress: boolean): Seen {
  const first = taken(trace, 'client')
  if (!byIngress) return first === undefined ? {} : seenAt(cluster, first)
  const second = taken(trace, 'upstream')
  const forwardedFor = second && forwardedBy(trace)
  return {
    ...(first && { controllerSaw: peerOf(cluster, first) }),
    ...(second && seenAt(cluster, second)),
    ...(forwardedFor !== undefined && { forwardedFor }),
  }
}

/** The hop at which a socket took the first packet of a leg: its answer to a SYN, or a datagram's end. */
function taken({ hops, exchanges }: Trace, leg: 'client' | 'upstream'): Hop | undefined {
  return hops.find(
    ({ kind, exchange }) =>
      (kind === 'answer' || kind === 'deliver') &&
      exchanges[exchange]?.leg === leg &&
      exchanges[exchange]?.kind !== 'dns',
  )
}

function seenAt(cluster: Cluster, hop: Hop): Seen {
  const own = hop.direction === 'reply' ? hop.before.src : hop.before.dst
  const endpoint = podOfAddress(cluster, own)
  return { peer: peerOf(cluster, hop), ...(endpoint && { endpoint }) }
}

/** A reply goes to whom the socket saw; a datagram that was taken came from there. */
function peerOf(cluster: Cluster, { before, direction }: Hop): Peer {
  const isReply = direction === 'reply'
  const port = hasPorts(before) ? (isReply ? before.dstPort : before.srcPort) : 0
  const address = isReply ? before.dst : before.src
  return { address, port, name: nameOfAddress(cluster, address) }
}

/** X-Forwarded-For of the request that the controller sent last. */
function forwardedBy({ hops, exchanges }: Trace): string | undefined {
  const sent = hops.findLast(
    ({ message, exchange }) => message?.kind === 'http-request' && exchanges[exchange]?.leg === 'upstream',
  )
  if (sent?.message?.kind !== 'http-request') return undefined
  return sent.message.request.headers.find(([name]) => name.toLowerCase() === 'x-forwarded-for')?.[1]
}
