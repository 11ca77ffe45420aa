/** What a location does with a request: a redirect, a page of nginx's own, or the way to an endpoint. */
import type { Origin } from '../cluster/object-ref.ts'
import type { Draw } from '../draw.ts'
import { drawBelow, drawText } from '../draw.ts'
import { chooseCanary } from './canary.ts'
import type { LocationChoice } from './choose-location.ts'
import type { ControllerConfig } from './controller-config.ts'
import type { OwnResponse, OwnStatus } from './error-page.ts'
import { emptyResponse, ownResponse } from './error-page.ts'
import { httpDate } from './http-date.ts'
import type { NormalisedUri } from './normalise-uri.ts'
import { clientSide, proxiedRequest } from './proxied-request.ts'
import { redirectToHttps } from './redirect-to-https.ts'
import { rewriteTarget } from './rewrite-target.ts'
import type { RouteRequest } from './incoming-request.ts'
import type { RespondReason, RouteDecision, RouteOutcome } from './route-decision.ts'
import type { Location, Upstream, UpstreamEndpoint, VirtualServer } from './virtual-server.ts'
import { catchAllHost } from './virtual-server.ts'

/** A request at the location that the search found. */
export interface LocatedRequest {
  readonly config: ControllerConfig
  readonly request: RouteRequest
  readonly server: VirtualServer
  readonly found: LocationChoice
  /** Lower case, without port. */
  readonly host: string
  readonly uri: Extract<NormalisedUri, { ok: true }>
}

export interface Answer {
  readonly canary?: NonNullable<RouteDecision['canary']>
  readonly outcome: RouteOutcome
  /** Beyond server and location. */
  readonly because: readonly Origin[]
}

/** Answers. `return` and `rewrite` come before the redirect to https, that before any look at endpoints. */
export function answerRequest(located: LocatedRequest, draw: Draw): Answer {
  const { found, server } = located
  switch (found.kind) {
    case 'none':
      // Every server has a `/`, but one in regex mode may hold a path without it.
      return respond(located, 404, noMatch(located))
    case 'regex-not-modelled':
      return bare({ kind: 'not-modelled', what: 'regular-expression', pattern: found.location.path })
    case 'regex-too-costly':
      return respond(located, 500, { kind: 'regex-too-costly', pattern: found.location.path })
    case 'slash-missing': {
      const { query } = located.uri
      const to = found.location.path + (query ? `?${query}` : '')
      const url = `${located.request.scheme}://${located.host}${to}`
      return respond(located, 301, { kind: 'redirect-slash', path: found.location.path }, url)
    }
    case 'found':
      return answerAt(located, found.location, server, draw)
  }
}

function answerAt(located: LocatedRequest, location: Location, server: VirtualServer, draw: Draw): Answer {
  const { config, request } = located
  const { handler } = location
  if (handler.kind === 'healthz') return bare(own(emptyResponse(date(request)), { kind: 'healthz' }))
  if (handler.kind === 'nginx-status')
    return bare(own(ownResponse(403, date(request)), { kind: 'nginx-status' }))
  const redirected = redirectAnnotation(located, location) ?? httpsRedirect(located, location)
  if (redirected !== undefined) return redirected
  const upstream = config.upstreams.find(({ name }) => name === handler.upstream)
  if (upstream === undefined) throw new Error(`no upstream ${handler.upstream} for server ${server.hostname}`)
  return chooseUpstream(located, location, upstream, draw)
}

/** The canary where there is one and it takes the request. */
function chooseUpstream(located: LocatedRequest, location: Location, main: Upstream, draw: Draw): Answer {
  const { config, request } = located
  const { canary } = main
  const alternative = config.upstreams.find(({ name }) => name === canary?.upstream)
  if (canary === undefined || alternative === undefined) return balance(located, location, main, draw)
  const { taken, reason } = chooseCanary(canary.policy, request.headers, draw)
  const answer = balance(located, location, taken ? alternative : main, draw)
  return { ...answer, canary: { main: main.name, canary: alternative.name, taken, reason } }
}

function redirectAnnotation(located: LocatedRequest, location: Location): Answer | undefined {
  const { redirect, relativeRedirects } = location.annotations
  if (redirect === undefined) return undefined
  const absolute = redirect.url.startsWith('/') && !relativeRedirects
  const url = absolute ? `${located.request.scheme}://${located.host}${redirect.url}` : redirect.url
  return respond(located, redirect.status, { kind: 'redirect-annotation', url }, url)
}

function httpsRedirect(located: LocatedRequest, location: Location): Answer | undefined {
  const { config, request } = located
  const client = clientSide(request, config.settings)
  const redirect = redirectToHttps(config, location, { ...client, target: request.target })
  if (redirect === undefined) return undefined
  const status = config.settings.httpRedirectCode
  const because: RespondReason =
    redirect.because === 'ssl-redirect'
      ? { kind: 'redirect-https', by: redirect.because, entry: redirect.entry }
      : { kind: 'redirect-https', by: redirect.because }
  const entry = redirect.because === 'ssl-redirect' ? entryOrigin(config, redirect.entry) : []
  return { ...respond(located, status, because, redirect.url), because: entry }
}

function entryOrigin(config: ControllerConfig, name: string): readonly Origin[] {
  const server = config.servers.find(({ hostname, aliases }) => hostname === name || aliases.includes(name))
  return server?.certificate === undefined ? [] : [server.certificate.because]
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

function respond(
  located: LocatedRequest,
  status: OwnStatus,
  because: RespondReason,
  location?: string,
): Answer {
  const hsts = strictTransportSecurity(located)
  const options = {
    ...date(located.request),
    ...(location !== undefined && { location }),
    ...(hsts !== undefined && { hsts }),
  }
  return bare(own(ownResponse(status, options), because))
}

/** On every https answer that goes through a location, the fake certificate's included. */
function strictTransportSecurity({ config: { settings }, request }: LocatedRequest): string | undefined {
  if (request.scheme !== 'https' || !settings.hsts) return undefined
  const { hstsMaxAge, hstsIncludeSubdomains, hstsPreload } = settings
  return `max-age=${hstsMaxAge}${hstsIncludeSubdomains ? '; includeSubDomains' : ''}${hstsPreload ? '; preload' : ''}`
}

function date(request: RouteRequest): { readonly date: string } {
  return { date: httpDate(request.atMs) }
}

function own(response: OwnResponse, because: RespondReason): RouteOutcome {
  return { kind: 'respond', response, because }
}

function bare(outcome: RouteOutcome): Answer {
  return { outcome, because: [] }
}
