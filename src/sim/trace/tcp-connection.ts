/** An open TCP connection from both ends, and the packets and flights that are made on it. */
import type { Millis } from '../clock.ts'
import type { Socket } from '../network/network.ts'
import type { Payload, TcpFlag, TcpPacket } from '../network/packet.ts'
import type { Endpoint } from './local-endpoint.ts'
import type { Flight, Party, Run } from './run.ts'
import type { Alpn } from './trace.ts'

/** An open connection. `remote` is what the client speaks to; `server` is who it really is. */
export interface Connection {
  readonly client: Party
  readonly local: Endpoint
  readonly remote: Endpoint
  readonly patience: Patience
  /** What was agreed on where TLS was spoken first. */
  readonly tls?: { readonly serverName?: string; readonly alpn?: Alpn }
  readonly server: {
    readonly host: string
    readonly local: Endpoint
    readonly peer: Endpoint
    readonly socket: Socket
  }
}

/** How long the client's program waits by its own measure, for a connection and for an answer. Absent: as long as its kernel does. */
export interface Patience {
  readonly connectMs?: Millis
  readonly answerMs?: Millis
}

/** Who sends to whom in a direction, each address as the sender's own host sees it. */
export function ends(connection: Connection, direction: Flight['direction']) {
  return direction === 'request'
    ? { host: connection.client.host, from: connection.local, to: connection.remote }
    : { host: connection.server.host, from: connection.server.local, to: connection.server.peer }
}

/** The flight of a new packet; what it says is for labels. */
export function flightOf(
  run: Run,
  exchange: number,
  direction: Flight['direction'],
  says: string,
  detail: Flight['detail'],
): Flight {
  const kind = run.recorder.exchanges[exchange]?.kind
  const phase = direction === 'reply' ? 'reply' : kind === 'http' || kind === 'tls' ? 'edge' : 'nat'
  return { exchange, packetId: run.recorder.newPacket(), direction, phase, detail, says }
}

/** A segment as its socket sends it. */
export function tcpPacket(
  from: Endpoint,
  to: Endpoint,
  flags: readonly TcpFlag[],
  payload?: Payload,
): TcpPacket {
  return {
    protocol: 'tcp',
    src: from.address,
    srcPort: from.port,
    dst: to.address,
    dstPort: to.port,
    flags,
    ttl: 64,
    mark: 0,
    ...(payload === undefined ? {} : { payload }),
  }
}
