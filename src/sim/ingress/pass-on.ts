/** From a location to an endpoint: canary, balancer, the request for the Pod. Models ingress-nginx rootfs/etc/nginx/lua/balancer.lua. */
import type { Draw } from '../draw.ts'
import { drawBelow, drawText } from '../draw.ts'
import { chooseCanary } from './canary.ts'
import type { Answer, LocatedRequest } from './located-request.ts'
import { respond, strictTransportSecurity } from './located-request.ts'
import { proxiedRequest } from './proxied-request.ts'
import { rewriteTarget } from './rewrite-target.ts'
import type { RespondReason, RouteOutcome } from './route-decision.ts'
import type { Location, Upstream, UpstreamEndpoint } from './virtual-server.ts'
import { catchAllHost } from './virtual-server.ts'

/** Passes the request to the location's upstream, or to its canary where that takes the request. */
export function passOn(located: LocatedRequest, location: Location, main: Upstream, draw: Draw): Answer {
  const { config, request } = located
  const { canary } = main
  const alternative = config.upstreams.find(({ name }) => name === canary?.upstream)
  if (canary === undefined || alternative === undefined) return balance(located, location, main, draw)
  const { taken, reason } = chooseCanary(canary.policy, request.headers, draw)
  const answer = balance(located, location, taken ? alternative : main, draw)
  return { ...answer, canary: { main: main.name, canary: alternative.name, taken, reason } }
}

function balance(located: LocatedRequest, location: Location, upstream: Upstream, draw: Draw): Answer {
  const { members, because } = upstream
  switch (members.kind) {
    case 'built-in-404':
      return respond(located, 404, noMatch(located))
    case 'none': {
      const reason = { kind: 'no-endpoints', upstream: upstream.name, empty: members.reason } as const
      return { ...respond(located, 503, reason), because }
    }
    case 'endpoints':
      return { outcome: proxyTo(located, location, upstream.name, members.endpoints, draw), because }
    case 'cluster-ip':
      return { outcome: proxyTo(located, location, upstream.name, [members.endpoint], draw), because }
    case 'external-name': {
      const { hostname, port } = members
      return { outcome: proxy(located, location, draw, { upstream: upstream.name, hostname, port }), because }
    }
  }
}

/**
 * Round robin: each worker's ring starts at a random member, anew at each change of the endpoints (lua-resty-balancer
 * roundrobin.lua). The ring's order is that of the EndpointSlices here; Lua's is that of a hash table.
 */
function proxyTo(
  located: LocatedRequest,
  location: Location,
  upstream: string,
  members: readonly UpstreamEndpoint[],
  draw: Draw,
): RouteOutcome {
  const at = (located.request.turn ?? drawBelow(draw, members.length)) % members.length
  const endpoint = members[at]
  if (endpoint === undefined) throw new Error(`upstream ${upstream} without members`)
  return proxy(located, location, draw, { upstream, endpoint, endpoints: members })
}

type Target =
  | {
      readonly upstream: string
      readonly endpoint: UpstreamEndpoint
      readonly endpoints: readonly UpstreamEndpoint[]
    }
  | { readonly upstream: string; readonly hostname: string; readonly port: number }

function proxy(located: LocatedRequest, location: Location, draw: Draw, target: Target): RouteOutcome {
  const { request: client, uri, config } = located
  const rewritten = rewriteTarget(location, uri)
  if (rewritten.kind === 'too-costly')
    return respond(located, 500, { kind: 'regex-too-costly', pattern: location.path }).outcome
  if (rewritten.kind === 'not-modelled')
    return { kind: 'not-modelled', what: 'regular-expression', pattern: location.path }
  const request = proxiedRequest(client, location, config.settings, {
    target: rewritten.kind === 'rewritten' ? rewritten.target : client.target,
    requestId: drawText(draw, '0123456789abcdef', 32),
  })
  const hsts = strictTransportSecurity(located)
  const addedHeaders = hsts === undefined ? [] : [['Strict-Transport-Security', hsts] as const]
  return 'endpoint' in target
    ? { kind: 'proxy', ...target, request, addedHeaders }
    : { kind: 'proxy-by-name', ...target, request, addedHeaders }
}

function noMatch({ server, host, uri }: LocatedRequest): RespondReason {
  return server.hostname === catchAllHost
    ? { kind: 'no-ingress', host }
    : { kind: 'no-path', host, path: uri.path }
}
