/** The forward plugin: a query to upstreams (CoreDNS 1.14.7 plugin/forward/forward.go). Health checks and `max_concurrent` are not modelled. */
import { drawBelow } from '../draw.ts'
import type { IpAddress } from '../network/address.ts'
import { isInZone } from './domain-name.ts'
import type { DnsMessage } from './message.ts'
import { decides, otherZone, shuffle } from './passage.ts'
import type { ChainContext, Next, Notes, Say, Served } from './passage.ts'
import type { ForwardConfig } from './plugin-config.ts'

/**
 * Upstreams in the policy's order, at most twice each; a reply of any rcode is passed on as it came. Silence costs two seconds, an
 * unreachable port none; without reply: SERVFAIL.
 */
export function serveForward(
  config: ForwardConfig,
  query: DnsMessage,
  context: ChainContext,
  notes: Notes,
  say: Say,
  next: Next,
): Served {
  const { name } = query.question
  if (!isInZone(name, config.from) || config.except.some((zone) => isInZone(name, zone)))
    return otherZone([config.from], say, next)
  if (config.notModelled.length > 0) notes.notModelled ??= `forward ${config.notModelled.join(', ')}`
  const servers = inPolicyOrder(config, context)
  for (const server of [...servers, ...servers]) {
    const reply = context.upstream(server, query)
    if (reply.kind === 'reply') {
      notes.tookMs += reply.afterMs
      say({ kind: 'forwarded', server, got: reply.message.rcode })
      decides(config, notes)
      return { kind: 'written', message: { ...reply.message, id: query.id }, fromUpstream: true }
    }
    notes.tookMs += reply.kind === 'silence' ? 2000 : reply.afterMs
    say({ kind: 'forwarded', server, got: reply.kind === 'silence' ? 'silence' : 'unreachable' })
  }
  decides(config, notes)
  return { kind: 'unwritten', rcode: 'SERVFAIL' }
}

function inPolicyOrder(config: ForwardConfig, context: ChainContext): readonly IpAddress[] {
  const servers = config.to.flatMap((to) => (to === 'resolv-conf' ? context.nameservers : [to]))
  // Where the round-robin stands after earlier queries is not kept: each query draws its start.
  if (config.policy === 'sequential' || servers.length < 2) return servers
  if (config.policy === 'random') return shuffle(servers, context.draw)
  const start = drawBelow(context.draw, servers.length)
  return [...servers.slice(start), ...servers.slice(0, start)]
}
