/**
 * Which server takes a host name: an exact name first, then wildcards in file order, then the default server.
 * Models ngx_http_find_virtual_server (nginx src/http/ngx_http_request.c) over ingress-nginx's server_name lines, where a wildcard
 * host is a regular expression for one label.
 */
import type { DecisionCandidate, DecisionReason } from './decision.ts'
import type { VirtualServer } from './virtual-server.ts'
import { catchAllHost } from './virtual-server.ts'

/** The chosen server and all servers in the order in which nginx takes them. */
export interface ServerChoice {
  readonly server: VirtualServer
  readonly candidates: readonly DecisionCandidate[]
}

/**
 * Chooses. Throws only without a catch-all server, which the controller always has.
 * @param host lower case, without port
 */
export function chooseServer(servers: readonly VirtualServer[], host: string): ServerChoice {
  const order = inLookupOrder(servers)
  const catchAll = order.at(-1)
  if (catchAll === undefined) throw new Error('a controller configuration without a catch-all server')
  const named = order.slice(0, -1)
  const winner =
    named.find((server) => hasName(server, host)) ??
    named.find((server) => fitsOneLabel(server.hostname, host)) ??
    catchAll
  // Exact names stand in a hash: all are passed over at once. Wildcards are tried one after the other.
  const tried = hasName(winner, host) ? order.filter(isExact).length : order.indexOf(winner)
  const candidates = order.map((server, index): DecisionCandidate => {
    const name = server.hostname
    if (server === winner) return { name, verdict: 'won', reason: winningReason(server, host) }
    if (index >= tried) return { name, verdict: 'not-tried', reason: { kind: 'earlier-won' } }
    return { name, verdict: 'lost', reason: losingReason(server, host) }
  })
  return { server: winner, candidates }
}

/** Exact names, wildcards, the catch-all; each in file order. */
export function inLookupOrder(servers: readonly VirtualServer[]): readonly VirtualServer[] {
  return [
    ...servers.filter(isExact),
    ...servers.filter(({ hostname }) => isWildcard(hostname)),
    ...servers.filter(({ hostname }) => hostname === catchAllHost),
  ]
}

function winningReason(server: VirtualServer, host: string): DecisionReason {
  if (hasName(server, host)) return { kind: 'host-equal', host }
  return { kind: server.hostname === catchAllHost ? 'catch-all' : 'wildcard-fits', host }
}

function losingReason({ hostname }: VirtualServer, host: string): DecisionReason {
  if (!isWildcard(hostname)) return { kind: 'host-differs', host }
  const domain = hostname.slice(1)
  if (!host.endsWith(domain)) return { kind: 'wildcard-differs', host }
  return { kind: 'wildcard-labels', host, labels: host.slice(0, -domain.length).split('.').length }
}

/** `~^(?<subdomain>[\w-]+)\.foo\.com$` */
function fitsOneLabel(hostname: string, host: string): boolean {
  const domain = hostname.slice(1)
  return isWildcard(hostname) && host.endsWith(domain) && /^[\w-]+$/.test(host.slice(0, -domain.length))
}

function hasName(server: VirtualServer, host: string): boolean {
  // A wildcard is no name: nginx.conf has a regular expression in its place, which a literal `*` does not fit.
  return (server.hostname === host && !isWildcard(server.hostname)) || server.aliases.includes(host)
}

function isExact({ hostname }: VirtualServer): boolean {
  return hostname !== catchAllHost && !isWildcard(hostname)
}

function isWildcard(hostname: string): boolean {
  return hostname.startsWith('*.')
}
