/** IPVS's tables as `ipvsadm` 1.31 prints them (ipvsadm.c: print_title, print_service_entry, print_conn_entry). */
import type { Millis } from '../clock.ts'
import { ipValue, ipVersion, type IpAddress } from '../network/address.ts'
import { protocolNumbers } from '../network/packet.ts'
import { expireConnections, loadsOf, type IpvsState } from './ipvs-state.ts'
import type { Load } from './ipvs-schedule.ts'
import { realKey, type IpvsProtocol, type VirtualServer } from './ipvs-server.ts'

/** One virtual server, as `-t` and `-u` name it. */
export interface NamedServer {
  readonly protocol: IpvsProtocol
  readonly address: IpAddress
  readonly port: number
}

/** `ipvsadm -Ln`, or with a virtual server that one alone, without the line of the version. Undefined: there is no such one. */
export function printIpvsadm(before: IpvsState, now: Millis, only?: NamedServer): string | undefined {
  const { state } = expireConnections(before, now)
  const shown = sorted(state.servers).filter((server) => only === undefined || isNamed(server, only))
  if (only !== undefined && shown.length === 0) return undefined
  const lines = shown.flatMap((server) => printIpvsServer(server, loadsOf(state, server)))
  return [...(only === undefined ? [VERSION] : []), ...heads, ...lines].map((line) => `${line}\n`).join('')
}

/** One virtual server's lines of `ipvsadm -Ln`. */
export function printIpvsServer(server: VirtualServer, loads: readonly Load[]): readonly string[] {
  return [serverLine(server), ...loads.map(realServerLine)]
}

/** `ipvsadm -Lnc`: the connections, templates as those of port 0. */
export function printIpvsConnections(before: IpvsState, now: Millis): string {
  const { state } = expireConnections(before, now)
  const lines = state.connections.map((each) => {
    const seconds = Math.max(0, Math.floor((each.expiresAtMs - now) / 1000))
    const expires = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
    const name = each.state === 'TEMPLATE' ? (each.protocol === 'udp' ? 'UDP' : 'NONE') : each.state
    const source = realKey({ address: each.client, port: each.clientPort })
    const destination = realKey({ address: each.realAddress, port: each.realPort })
    const protocol = each.protocol.toUpperCase().padEnd(3)
    return `${protocol} ${expires.padEnd(6)}  ${name.padEnd(11)} ${source.padEnd(18)} ${realKey(each).padEnd(18)} ${destination}`
  })
  const head = 'pro expire state       source             virtual            destination'
  return ['IPVS connection entries', head, ...lines].map((line) => `${line}\n`).join('')
}

const VERSION = 'IP Virtual Server version 1.2.1 (size=4096)'
const heads = [
  'Prot LocalAddress:Port Scheduler Flags',
  '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
]

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function isNamed(server: VirtualServer, { protocol, address, port }: NamedServer): boolean {
  return server.protocol === protocol && server.address === address && server.port === port
}

/** By protocol number, address and port (ipvs_cmp_services). */
function sorted(servers: readonly VirtualServer[]): readonly VirtualServer[] {
  return servers.toSorted(
    (a, b) =>
      ipVersion(a.address) - ipVersion(b.address) ||
      protocolNumbers[a.protocol] - protocolNumbers[b.protocol] ||
      compare(ipValue(a.address), ipValue(b.address)) ||
      a.port - b.port,
  )
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function serverLine(server: VirtualServer): string {
  const { protocol, scheduler, persistentSeconds } = server
  const persistence = persistentSeconds === undefined ? '' : ` persistent ${persistentSeconds}`
  return `${protocol.toUpperCase().padEnd(4)} ${realKey(server)} ${scheduler}${persistence}`
}

function realServerLine({ server, active, inactive }: Load): string {
  const counts = `${String(active).padEnd(10)} ${String(inactive).padEnd(10)}`
  return `  -> ${realKey(server).padEnd(28)} ${'Masq'.padEnd(7)} ${String(server.weight).padEnd(6)} ${counts}`
}
