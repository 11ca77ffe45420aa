/** The choice of a server, told: all servers in the order in which nginx takes them, and why each lost. */
import type { DecisionCandidate, DecisionReason } from './decision.ts'
import { inLookupOrder, isWildcard } from './find-server.ts'
import type { VirtualServer } from './virtual-server.ts'
import { catchAllHost } from './virtual-server.ts'

/**
 * All servers in the order in which nginx takes them.
 * @param winner what {@link findServer} gave for the host
 */
export function tellServers(
  servers: readonly VirtualServer[],
  winner: VirtualServer,
  host: string,
): readonly DecisionCandidate[] {
  const order = inLookupOrder(servers)
  // Exact names stand in a hash: all are passed over at once. Wildcards are tried one after the other.
  const tried = hasName(winner, host)
    ? order.filter(({ hostname }) => hostname !== catchAllHost && !isWildcard(hostname)).length
    : order.indexOf(winner)
  return order.map((server, index): DecisionCandidate => {
    const { hostname: name, ingress } = server
    const from = ingress === undefined ? {} : { ingress }
    if (server === winner) return { name, verdict: 'won', reason: winningReason(server, host), ...from }
    if (index >= tried) return { name, verdict: 'not-tried', reason: { kind: 'earlier-won' }, ...from }
    return { name, verdict: 'lost', reason: losingReason(server, host), ...from }
  })
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

function hasName(server: VirtualServer, host: string): boolean {
  return (server.hostname === host && !isWildcard(host)) || server.aliases.includes(host)
}
