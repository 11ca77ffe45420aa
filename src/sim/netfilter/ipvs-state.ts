/**
 * What IPVS holds of one network namespace, and how a new set of wanted virtual servers is brought into it.
 * Models Linux net/netfilter/ipvs/ip_vs_ctl.c, and the way in which kube-proxy takes real servers away
 * (pkg/proxy/ipvs/graceful_termination.go): one that still has connections gets weight 0 first. It looks once a minute; here the real
 * server goes with its last connection.
 */
import type { Millis } from '../clock.ts'
import { isActive, type IpvsConnection } from './ipvs-connection.ts'
import type { Load } from './ipvs-schedule.ts'
import {
  realKey,
  serverKey,
  type RealServer,
  type VirtualServer,
  type VirtualServerSpec,
} from './ipvs-server.ts'

/** Virtual servers in the order in which they were asked for; connections in the order of their making, templates among them. */
export interface IpvsState {
  /** As they were asked for last. */
  readonly wanted: readonly VirtualServerSpec[]
  readonly servers: readonly VirtualServer[]
  readonly connections: readonly IpvsConnection[]
}

/** IPVS with nothing in it. */
export const emptyIpvs: IpvsState = { wanted: [], servers: [], connections: [] }

/** The state with these virtual servers: turns and connections of those that stay are kept. */
export function withServers(state: IpvsState, wanted: readonly VirtualServerSpec[]): IpvsState {
  const known = new Map(state.servers.map((server) => [serverKey(server), server]))
  const servers = wanted.map((spec) => updated(state, known.get(serverKey(spec)), spec))
  return { ...state, wanted, servers }
}

/** The state without connections that are over at `now`, and the real servers that waited for them. `over`: those that ended. */
export function expireConnections(
  state: IpvsState,
  now: Millis,
): { readonly state: IpvsState; readonly over: readonly IpvsConnection[] } {
  const over = state.connections.filter((each) => isOver(state, each, now))
  if (over.length === 0) return { state, over }
  return { state: withoutConnections(state, (each) => over.includes(each)), over }
}

/** The state without the connections for which `gone` holds. */
export function withoutConnections(
  state: IpvsState,
  gone: (connection: IpvsConnection) => boolean,
): IpvsState {
  const kept = { ...state, connections: state.connections.filter((each) => !gone(each)) }
  const hasLeft = (server: VirtualServer, real: RealServer) =>
    real.leaving === true && connectionsOf(kept, serverKey(server), realKey(real)).length === 0
  const servers = state.servers.map((server) =>
    server.realServers.some((real) => hasLeft(server, real))
      ? withRealServers(
          server,
          server.realServers.filter((real) => !hasLeft(server, real)),
        )
      : server,
  )
  return { ...kept, servers }
}

/** A virtual server's real servers with their active and inactive connections. */
export function loadsOf(state: IpvsState, server: VirtualServer): readonly Load[] {
  const key = serverKey(server)
  return server.realServers.map((real) => {
    const those = connectionsOf(state, key, realKey(real))
    const active = those.filter(isActive).length
    return { server: real, active, inactive: those.length - active }
  })
}

/** A template stays as long as a connection that it made (ip_vs_conn_expire: `n_control`). */
function isOver({ connections }: IpvsState, connection: IpvsConnection, now: Millis): boolean {
  if (connection.expiresAtMs > now) return false
  if (connection.state !== 'TEMPLATE') return true
  return !connections.some(
    (each) =>
      each.controlled === true &&
      each.server === connection.server &&
      each.client === connection.client &&
      each.expiresAtMs > now,
  )
}

function connectionsOf(state: IpvsState, server: string, real: string): readonly IpvsConnection[] {
  return state.connections.filter(
    (each) =>
      each.state !== 'TEMPLATE' &&
      each.server === server &&
      realKey({ address: each.realAddress, port: each.realPort }) === real,
  )
}

function updated(state: IpvsState, known: VirtualServer | undefined, spec: VirtualServerSpec): VirtualServer {
  if (known === undefined) return spec
  const wanted = new Map(spec.realServers.map((real) => [realKey(real), real]))
  const old = new Set(known.realServers.map(realKey))
  const staying = known.realServers.flatMap((real): readonly RealServer[] => {
    const again = wanted.get(realKey(real))
    if (again !== undefined) return [again]
    return isNeeded(state, known, real) ? [{ ...real, weight: 0, leaving: true }] : []
  })
  const added = spec.realServers.filter((real) => !old.has(realKey(real)))
  const { last, currentWeight } = known
  const kept = {
    ...spec,
    realServers: known.realServers,
    ...(last !== undefined && { last }),
    ...(currentWeight !== undefined && { currentWeight }),
  }
  return withRealServers(kept, [...staying, ...added])
}

/** kube-proxy waits for the connections of TCP and SCTP; a UDP real server goes at once (IsRsGracefulTerminationNeeded). */
function isNeeded(state: IpvsState, server: VirtualServer, real: RealServer): boolean {
  return server.protocol !== 'udp' && connectionsOf(state, serverKey(server), realKey(real)).length > 0
}

/**
 * The virtual server with another list. Where the real server of the last turn went, `rr` goes on behind the one before it
 * (ip_vs_rr_del_dest); `wrr` begins anew with every change (ip_vs_wrr_dest_changed).
 */
function withRealServers(server: VirtualServer, realServers: readonly RealServer[]): VirtualServer {
  const { last, currentWeight: _, ...rest } = server
  const isSame = realServers.every((real, at) => {
    const old = server.realServers[at]
    return old !== undefined && realKey(old) === realKey(real) && old.weight === real.weight
  })
  if (isSame && realServers.length === server.realServers.length) return { ...server, realServers }
  if (server.scheduler !== 'rr' || last === undefined) return { ...rest, realServers }
  const present = new Set(realServers.map(realKey))
  const before = server.realServers
    .slice(0, server.realServers.findIndex((each) => realKey(each) === last) + 1)
    .map(realKey)
    .findLast((key) => present.has(key))
  return { ...rest, realServers, ...(before !== undefined && { last: before }) }
}
