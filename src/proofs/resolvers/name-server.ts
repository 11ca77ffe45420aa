/** A name server on real sockets: UDP and TCP port 53 of some addresses. What it answers is the simulator's; what it heard is kept. */
import { createSocket } from 'node:dgram'
import { createServer, type Socket } from 'node:net'
import type { DnsMessage } from '../../sim/dns/message.ts'
import { decodeMessage, encodeSent } from '../../sim/dns/wire-format.ts'
import type { ServerReply } from '../../sim/dns/resolver-step.ts'
import type { IpAddress } from '../../sim/network/address.ts'

/** A query that arrived, and what it got. */
export interface Heard {
  readonly server: IpAddress
  readonly transport: 'UDP' | 'TCP'
  readonly query: DnsMessage
  readonly reply: ServerReply
}

/** What the server at an address does with a query. A refused port is one on which nothing listens: not this server's to say. */
export type Answering = (
  server: IpAddress,
  query: DnsMessage,
  transport: 'UDP' | 'TCP',
) => Exclude<ServerReply, { kind: 'port-unreachable' }>

/** The server, whose answers are exchanged from case to case. */
export interface NameServer {
  /** Answers by these from now on. */
  readonly answerBy: (answering: Answering) => void
  /** What was heard since the last call, in the order of arrival. */
  readonly takeHeard: () => readonly Heard[]
  readonly close: () => void
}

/** Listens at every address, and at one where it hears and never answers; resolves when all sockets do. */
export async function openNameServer(
  addresses: readonly IpAddress[],
  silent: IpAddress,
): Promise<NameServer> {
  let answering: Answering = () => ({ kind: 'silence' })
  let heard: Heard[] = []
  const take = (server: IpAddress, transport: 'UDP' | 'TCP', bytes: Uint8Array): Uint8Array | undefined => {
    const query = decodeMessage(bytes)
    if (query === undefined || query.isReply) return undefined
    const reply = server === silent ? ({ kind: 'silence' } as const) : answering(server, query, transport)
    heard.push({ server, transport, query, reply })
    return reply.kind === 'reply' ? encodeSent(reply.message, transport).bytes : undefined
  }
  const closers = await Promise.all(
    [...addresses, silent].flatMap((address) => [
      listenUdp(address, (bytes) => take(address, 'UDP', bytes)),
      listenTcp(address, (bytes) => take(address, 'TCP', bytes)),
    ]),
  )
  return {
    answerBy: (next) => {
      answering = next
    },
    takeHeard: () => {
      const taken = heard
      heard = []
      return taken
    },
    close: () => closers.forEach((close) => close()),
  }
}

type Take = (bytes: Uint8Array) => Uint8Array | undefined

function listenUdp(address: IpAddress, take: Take): Promise<() => void> {
  const socket = createSocket('udp4')
  socket.on('message', (bytes, from) => {
    const reply = take(bytes)
    // A program that has ended has closed its port.
    if (reply !== undefined) socket.send(reply, from.port, from.address, () => {})
  })
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.bind(53, address, () => resolve(() => socket.close()))
  })
}

function listenTcp(address: IpAddress, take: Take): Promise<() => void> {
  const server = createServer((socket) => serveTcp(socket, take))
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(53, address, () => resolve(() => server.close()))
  })
}

/** Messages with their length before them (RFC 1035 §4.2.2). */
function serveTcp(socket: Socket, take: Take): void {
  let bytes = Buffer.alloc(0)
  socket.on('error', () => socket.destroy())
  socket.on('data', (more) => {
    bytes = Buffer.concat([bytes, more])
    while (bytes.length >= 2 && bytes.length >= 2 + bytes.readUInt16BE(0)) {
      const length = bytes.readUInt16BE(0)
      const reply = take(bytes.subarray(2, 2 + length))
      bytes = bytes.subarray(2 + length)
      if (reply === undefined) continue
      const head = Buffer.alloc(2)
      head.writeUInt16BE(reply.length)
      socket.write(Buffer.concat([head, reply]))
    }
  })
}
