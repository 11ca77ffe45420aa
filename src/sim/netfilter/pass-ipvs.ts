/**
 * One packet at IPVS's hooks: a request to a virtual server is given a real server and rewritten, a reply gets the virtual server's
 * address back. Models Linux net/netfilter/ipvs/ip_vs_core.c (ip_vs_in, ip_vs_out, ip_vs_schedule, ip_vs_sched_persist, ip_vs_leave)
 * with the settings of kube-proxy: conntrack 1, expire_nodest_conn 1, expire_quiescent_template 1, conn_reuse_mode 1.
 * Left out: fragments, FTP, fwmark services, one-packet scheduling, synchronisation between machines.
 */
import type { Millis } from '../clock.ts'
import { hasPorts, isIcmpError, type IcmpPacket, type Packet, type TcpPacket } from '../network/packet.ts'
import { tupleOf, type Tuple } from './tuple.ts'
import { afterPacket, openingState, type IpvsConnection } from './ipvs-connection.ts'
import { expireConnections, loadsOf, withoutConnections, type IpvsState } from './ipvs-state.ts'
import { schedule, type Load } from './ipvs-schedule.ts'
import { serverKey, type RealServerSpec, type VirtualServer } from './ipvs-server.ts'

/** What IPVS did. Connections in `over` have ended on the way; conntrack forgets them too (ip_vs_conn_drop_conntrack). */
export interface IpvsPass {
  readonly state: IpvsState
  readonly over: readonly IpvsConnection[]
  readonly outcome: IpvsOutcome
}

export type IpvsOutcome =
  /** Not IPVS's: the packet goes on as it is. */
  | { readonly kind: 'ignored' }
  | {
      /** To a real server. */ readonly kind: 'request'
      readonly packet: Packet
      readonly server: VirtualServer
      readonly connection: IpvsConnection
      /** How it was found or chosen. */ readonly by: 'connection' | 'template' | 'scheduler'
      /** The real servers as they stood before the choice. */
      readonly loads: readonly Load[]
    }
  | { readonly kind: 'reply'; readonly packet: Packet; readonly connection: IpvsConnection }
  /** No real server may be chosen: ICMP port unreachable at once. */
  | { readonly kind: 'refused'; readonly server: VirtualServer; readonly loads: readonly Load[] }
  /** Its real server is gone, or an old connection had to end first: silence, and the next packet is scheduled anew. */
  | { readonly kind: 'dropped'; readonly server?: VirtualServer }
  | { readonly kind: 'not-modelled'; readonly text: string }

/** Looks whether a packet answers one of IPVS's connections (ip_vs_out: LOCAL_IN, LOCAL_OUT and FORWARD). */
export function passReply(before: IpvsState, packet: Packet, now: Millis): IpvsPass {
  const { state, over } = expireConnections(before, now)
  const about = isIcmpError(packet) ? packet.about : packet
  if (about === undefined || !hasPorts(about)) return ignored(state, over)
  const [real, client] = isIcmpError(packet)
    ? [
        { address: about.dst, port: about.dstPort },
        { address: about.src, port: about.srcPort },
      ]
    : [
        { address: about.src, port: about.srcPort },
        { address: about.dst, port: about.dstPort },
      ]
  const connection = state.connections.find(
    (each) =>
      each.state !== 'TEMPLATE' &&
      each.protocol === about.protocol &&
      each.realAddress === real.address &&
      each.realPort === real.port &&
      each.client === client.address &&
      each.clientPort === client.port,
  )
  if (connection === undefined) return ignored(state, over)
  if (isIcmpError(packet))
    return { state, over, outcome: { kind: 'reply', packet: errorFrom(packet, connection), connection } }
  const next = afterPacket(connection, 'output', packet, now)
  const restored = hasPorts(packet)
    ? { ...packet, src: connection.address, srcPort: connection.port }
    : packet
  return {
    state: replaced(state, connection, next),
    over,
    outcome: { kind: 'reply', packet: restored, connection: next },
  }
}

/**
 * Looks whether a packet goes to a virtual server (ip_vs_in: LOCAL_IN and LOCAL_OUT).
 * @param isOldConnection whether conntrack knew the packet's connection before this packet
 */
export function passRequest(
  before: IpvsState,
  packet: Packet,
  now: Millis,
  isOldConnection: boolean,
): IpvsPass {
  const { state, over } = expireConnections(before, now)
  if (isIcmpError(packet)) return passRequestError(state, over, packet)
  if (!hasPorts(packet)) return ignored(state, over)
  const known = state.connections.find((each) => isOfConnection(each, tupleOf(packet)))
  if (known === undefined) return scheduled(state, over, packet, now)
  const server = state.servers.find((each) => serverKey(each) === known.server)
  const real = server?.realServers.find((each) => isRealOf(known, each))
  if (isSyn(packet) && (real?.weight === 0 || known.state === 'TIME_WAIT')) {
    const rest = withoutConnections(state, (each) => each === known)
    const all = [...over, known]
    // ip_vs_conn_uses_old_conntrack: conntrack's entry would send it to the old real server, so this SYN is given up.
    if (isOldConnection)
      return { state: rest, over: all, outcome: { kind: 'dropped', ...(server && { server }) } }
    return scheduled(rest, all, packet, now)
  }
  if (server === undefined || real === undefined) {
    const rest = withoutConnections(state, (each) => each === known)
    return { state: rest, over: [...over, known], outcome: { kind: 'dropped', ...(server && { server }) } }
  }
  const loads = loadsOf(state, server)
  const next = afterPacket(known, 'input', packet, now)
  return {
    state: replaced(state, known, next),
    over,
    outcome: {
      kind: 'request',
      packet: toReal(packet, next),
      server,
      connection: next,
      by: 'connection',
      loads,
    },
  }
}

/** A new connection: by the client's template where there is one, else by the scheduler. */
function scheduled(
  state: IpvsState,
  over: readonly IpvsConnection[],
  packet: Exclude<Packet, IcmpPacket>,
  now: Millis,
): IpvsPass {
  // tcp_conn_schedule: only a SYN opens one (sloppy_tcp 0); anything else is the host's own affair.
  if (packet.protocol === 'tcp' && !packet.flags.includes('SYN')) return ignored(state, over)
  const server = state.servers.find(
    (each) =>
      each.protocol === packet.protocol && each.address === packet.dst && each.port === packet.dstPort,
  )
  if (server === undefined) return ignored(state, over)
  const loads = loadsOf(state, server)
  const template = templateOf(state, server, packet)
  const chosen = template ?? schedule(server, loads, { client: packet.src, destination: packet.dst })
  switch (chosen.kind) {
    case 'not-modelled':
      return { state, over, outcome: { kind: 'not-modelled', text: `ipvs scheduler ${server.scheduler}` } }
    case 'nobody':
      return { state, over, outcome: { kind: 'refused', server, loads } }
    case 'chosen': {
      const connection = opened(server, chosen.server, packet, now)
      const by = template === undefined ? 'scheduler' : 'template'
      const next = withConnection(state, chosen.next, connection, now)
      return {
        state: next,
        over,
        outcome: { kind: 'request', packet: toReal(packet, connection), server, connection, by, loads },
      }
    }
  }
}

/** The real server that the client's template names, unless it has weight 0 by now (expire_quiescent_template). */
function templateOf(state: IpvsState, server: VirtualServer, packet: Packet) {
  const template = state.connections.find(
    (each) => each.state === 'TEMPLATE' && each.server === serverKey(server) && each.client === packet.src,
  )
  const real = template && server.realServers.find((each) => isRealOf(template, each))
  return real === undefined || real.weight === 0
    ? undefined
    : ({ kind: 'chosen', server: real, next: server } as const)
}

function opened(
  server: VirtualServer,
  real: { readonly address: IpvsConnection['address']; readonly port: number },
  packet: Exclude<Packet, IcmpPacket>,
  now: Millis,
): IpvsConnection {
  const made: IpvsConnection = {
    protocol: server.protocol,
    client: packet.src,
    clientPort: packet.srcPort,
    server: serverKey(server),
    address: server.address,
    port: server.port,
    realAddress: real.address,
    realPort: real.port,
    state: openingState(server.protocol),
    ...(server.persistentSeconds !== undefined && { controlled: true }),
    timeoutSeconds: 0,
    expiresAtMs: now,
  }
  return afterPacket(made, 'input', packet, now)
}

/** The state with a new connection, the scheduler's memory, and the client's template written or prolonged. */
function withConnection(
  state: IpvsState,
  server: VirtualServer,
  connection: IpvsConnection,
  now: Millis,
): IpvsState {
  const servers = state.servers.map((each) => (serverKey(each) === connection.server ? server : each))
  const { persistentSeconds } = server
  if (persistentSeconds === undefined)
    return { ...state, servers, connections: [...state.connections, connection] }
  const { controlled: _, ...plain } = connection
  const template: IpvsConnection = {
    ...plain,
    clientPort: 0,
    state: 'TEMPLATE',
    timeoutSeconds: persistentSeconds,
    expiresAtMs: now + 1000 * persistentSeconds,
  }
  const others = state.connections.filter(
    (each) => each.state !== 'TEMPLATE' || each.server !== template.server || each.client !== template.client,
  )
  return { ...state, servers, connections: [...others, template, connection] }
}

/** A client's error about a reply that it had: to the real server, whose packet it quotes (ip_vs_in_icmp). */
function passRequestError(state: IpvsState, over: readonly IpvsConnection[], error: IcmpPacket): IpvsPass {
  const { about } = error
  const connection =
    about !== undefined && hasPorts(about)
      ? state.connections.find(
          (each) =>
            each.protocol === about.protocol &&
            each.address === about.src &&
            each.port === about.srcPort &&
            each.client === about.dst &&
            each.clientPort === about.dstPort,
        )
      : undefined
  const server = state.servers.find((each) => serverKey(each) === connection?.server)
  if (connection === undefined || server === undefined || about === undefined || !hasPorts(about))
    return ignored(state, over)
  const { realAddress, realPort } = connection
  const packet = { ...error, dst: realAddress, about: { ...about, src: realAddress, srcPort: realPort } }
  const loads = loadsOf(state, server)
  return { state, over, outcome: { kind: 'request', packet, server, connection, by: 'connection', loads } }
}

/** A real server's error, as the client has to see it: from the virtual server, about a packet to it (ip_vs_nat_icmp). */
function errorFrom(error: IcmpPacket, { address, port }: IpvsConnection): IcmpPacket {
  const { about } = error
  const quote =
    about !== undefined && hasPorts(about) ? { about: { ...about, dst: address, dstPort: port } } : {}
  return { ...error, src: address, ...quote }
}

function toReal(packet: Exclude<Packet, IcmpPacket>, { realAddress, realPort }: IpvsConnection): Packet {
  return { ...packet, dst: realAddress, dstPort: realPort }
}

function isSyn(packet: Packet): packet is TcpPacket {
  return packet.protocol === 'tcp' && packet.flags.includes('SYN') && !packet.flags.includes('ACK')
}

/** Whether the connection is the one whose opening packet has this tuple; a template is no one's. */
export function isOfConnection(
  connection: IpvsConnection,
  { protocol, src, srcPort, dst, dstPort }: Tuple,
): boolean {
  return (
    connection.state !== 'TEMPLATE' &&
    connection.protocol === protocol &&
    connection.client === src &&
    connection.clientPort === srcPort &&
    connection.address === dst &&
    connection.port === dstPort
  )
}

function isRealOf(connection: IpvsConnection, real: Pick<RealServerSpec, 'address' | 'port'>): boolean {
  return connection.realAddress === real.address && connection.realPort === real.port
}

function replaced(state: IpvsState, old: IpvsConnection, next: IpvsConnection): IpvsState {
  return { ...state, connections: state.connections.map((each) => (each === old ? next : each)) }
}

function ignored(state: IpvsState, over: readonly IpvsConnection[]): IpvsPass {
  return { state, over, outcome: { kind: 'ignored' } }
}
