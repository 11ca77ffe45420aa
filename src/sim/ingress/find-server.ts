/**
 * Which server takes a host name: an exact name first, then wildcards in file order, then the default server.
 * Models ngx_http_find_virtual_server (nginx src/http/ngx_http_request.c) over ingress-nginx's server_name lines, where a wildcard
 * host is a regular expression for one label. Found by tables, as nginx has exact names in a hash; a test compares with the plain search.
 */
import type { VirtualServer } from './virtual-server.ts'
import { catchAllHost } from './virtual-server.ts'

/**
 * Finds the server. Throws only without a catch-all server, which the controller always has.
 * @param host lower case, without port
 */
export function findServer(servers: readonly VirtualServer[], host: string): VirtualServer {
  const { named, wildcards, catchAll } = tablesOf(servers)
  const exact = named.get(host)
  if (exact !== undefined) return exact
  const dot = host.indexOf('.')
  const wildcard = dot > 0 ? wildcards.get(host.slice(dot)) : undefined
  return wildcard !== undefined && /^[\w-]+$/.test(host.slice(0, dot)) ? wildcard : catchAll
}

/** Exact names, wildcards, the catch-all; each in file order. */
export function inLookupOrder(servers: readonly VirtualServer[]): readonly VirtualServer[] {
  return [
    ...servers.filter(({ hostname }) => hostname !== catchAllHost && !isWildcard(hostname)),
    ...servers.filter(({ hostname }) => isWildcard(hostname)),
    ...servers.filter(({ hostname }) => hostname === catchAllHost),
  ]
}

/** Whether the host is `*.…`; nginx.conf has a regular expression in its place, which a literal `*` does not fit. */
export function isWildcard(hostname: string): boolean {
  return hostname.startsWith('*.')
}

/** Lives as long as its servers. */
interface Tables {
  readonly named: ReadonlyMap<string, VirtualServer>
  /** By what stands behind the `*`. */
  readonly wildcards: ReadonlyMap<string, VirtualServer>
  readonly catchAll: VirtualServer
}

const tables = new WeakMap<readonly VirtualServer[], Tables>()

function tablesOf(servers: readonly VirtualServer[]): Tables {
  const known = tables.get(servers)
  if (known !== undefined) return known
  const made = makeTables(inLookupOrder(servers))
  tables.set(servers, made)
  return made
}

function makeTables(order: readonly VirtualServer[]): Tables {
  const catchAll = order.at(-1)
  if (catchAll === undefined) throw new Error('a controller configuration without a catch-all server')
  const named = new Map<string, VirtualServer>()
  const wildcards = new Map<string, VirtualServer>()
  for (const server of order) {
    const names = isWildcard(server.hostname) ? server.aliases : [server.hostname, ...server.aliases]
    for (const name of names) if (!named.has(name)) named.set(name, server)
    const domain = server.hostname.slice(1)
    if (isWildcard(server.hostname) && !wildcards.has(domain)) wildcards.set(domain, server)
  }
  return { named, wildcards, catchAll }
}
