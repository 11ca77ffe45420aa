/** From a location to an endpoint: canary, balancer, the request for the Pod. Models ingress-nginx rootfs/etc/nginx/lua/balancer.lua. */
import type { Draw } from '../draw.ts'
import { drawText } from '../draw.ts'
import { chooseCanary } from './canary.ts'
import type { BalancerReason } from './balancing.ts'
import { chooseMember } from './choose-member.ts'
import type { Answer, LocatedRequest } from './located-request.ts'
import { respond, strictTransportSecurity } from './located-request.ts'
import { proxiedRequest } from './proxied-request.ts'
import { rewriteTarget } from './rewrite-target.ts'
import type { Headers } from './request-header.ts'
import type { AddedHeaders, RespondReason, RouteOutcome } from './route-decision.ts'
import { readAffinityCookie } from './session-affinity.ts'
import type { Location, Upstream, UpstreamEndpoint } from './virtual-server.ts'
import { catchAllHost } from './virtual-server.ts'

/** Passes the request to the location's upstream, or to its canary where that takes the request. */
export function passOn(located: LocatedRequest, location: Location, main: Upstream, draw: Draw): Answer {
  const { config, request } = located
  const { canary } = main
  const alternative = config.upstreams.find(({ name }) => name === canary?.upstream)
  // Without endpoints an upstream has no balancer: a main one then answers 503, a canary takes nothing.
  if (canary === undefined || alternative === undefined || isEmpty(main) || isEmpty(alternative))
    return balance(located, location, main, draw)
  if (request.retry !== undefined)
    return balance(located, location, request.retry.upstream === alternative.name ? alternative : main, draw)
  const { taken, reason } =
    byAffinity(main, alternative, request.headers) ?? chooseCanary(canary.policy, request.headers, draw)
  const answer = balance(located, location, taken ? alternative : main, draw)
  return { ...answer, canary: { main: main.name, canary: alternative.name, taken, reason } }
}

function isEmpty({ members }: Upstream): boolean {
  return members.kind === 'none'
}

/** Whoever has met one of the two stays there (is_affinitized). */
function byAffinity(
  main: Upstream,
  alternative: Upstream,
  headers: Headers,
): ReturnType<typeof chooseCanary> | undefined {
  const owns = ({ affinity, name }: Upstream) =>
    affinity !== undefined && readAffinityCookie(affinity, headers, name)?.isOwn === true
  if (owns(main)) return { taken: false, reason: { kind: 'affinity-main', name: main.affinity?.name ?? '' } }
  if (!owns(alternative)) return undefined
  return { taken: true, reason: { kind: 'affinity-canary', name: alternative.affinity?.name ?? '' } }
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
      return { outcome: proxyTo(located, location, upstream, members.endpoints, draw), because }
    case 'cluster-ip':
      return { outcome: proxyTo(located, location, upstream, [members.endpoint], draw), because }
    case 'external-name': {
      const { hostname, port } = members
      return { outcome: proxy(located, location, draw, { upstream: upstream.name, hostname, port }), because }
    }
  }
}

function proxyTo(
  located: LocatedRequest,
  location: Location,
  upstream: Upstream,
  members: readonly UpstreamEndpoint[],
  draw: Draw,
): RouteOutcome {
  const choice = chooseMember(located, location, upstream, members, draw)
  // No member is left that has not failed: nginx gives up as after a refused connection.
  if (choice === undefined) return respond(located, 502, { kind: 'no-peer', upstream: upstream.name }).outcome
  const { endpoint, by: balancing, cookie } = choice
  return proxy(
    located,
    location,
    draw,
    { upstream: upstream.name, endpoint, endpoints: members, balancing },
    cookie,
  )
}

type Target =
  | {
      readonly upstream: string
      readonly endpoint: UpstreamEndpoint
      readonly endpoints: readonly UpstreamEndpoint[]
      readonly balancing: BalancerReason
    }
  | { readonly upstream: string; readonly hostname: string; readonly port: number }

function proxy(
  located: LocatedRequest,
  location: Location,
  draw: Draw,
  target: Target,
  cookie?: string,
): RouteOutcome {
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
  const addedHeaders: AddedHeaders = [
    ...(cookie === undefined ? [] : [['Set-Cookie', cookie] as const]),
    ...(hsts === undefined ? [] : [['Strict-Transport-Security', hsts] as const]),
  ]
  const { proxy: settings } = location.annotations
  const patience = {
    connectMs: Number(settings['proxy-connect-timeout']) * 1000,
    answerMs: Number(settings['proxy-read-timeout']) * 1000,
    tries: Number(settings['proxy-next-upstream-tries']),
  }
  return 'endpoint' in target
    ? {
        kind: 'proxy',
        ...target,
        scheme: location.annotations.backendScheme,
        patience,
        request,
        addedHeaders,
      }
    : { kind: 'proxy-by-name', ...target, request, addedHeaders }
}

function noMatch({ server, host, uri }: LocatedRequest): RespondReason {
  return server.hostname === catchAllHost
    ? { kind: 'no-ingress', host }
    : { kind: 'no-path', host, path: uri.path }
}
