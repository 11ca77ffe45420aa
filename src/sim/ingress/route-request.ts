/**
 * One HTTP request through the controller's nginx: certificate, server, location, and what comes of it, each with its reason.
 * The order is nginx's: parse, server, `app-root`, location, `return` of a redirect annotation, redirect to https, then the balancer
 * (nginx 1.27.1 phases; ingress-nginx rootfs/etc/nginx/template/nginx.tmpl and lua/balancer.lua).
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { Draw } from '../draw.ts'
import { answerRequest } from './answer-request.ts'
import { chooseCertificate } from './choose-certificate.ts'
import { locationHead, tellLocations } from './tell-locations.ts'
import { tellServers } from './tell-servers.ts'
import { inLookupOrder } from './find-location.ts'
import { inLookupOrder as serversInOrder } from './find-server.ts'
import { locateRequest } from './locate-request.ts'
import type { ControllerConfig } from './controller-config.ts'
import { notTried } from './decision.ts'
import type { RedirectStatus } from './error-page.ts'
import { ownResponse } from './error-page.ts'
import { httpDate } from './http-date.ts'
import { clientSide } from './proxied-request.ts'
import { printLocation } from './print-location.ts'
import { printServerHead } from './print-nginx-conf.ts'
import type { RouteRequest } from './incoming-request.ts'
import type { RespondReason, RouteDecision } from './route-decision.ts'
import type { VirtualServer } from './virtual-server.ts'
import { wwwRedirectUrl } from './www-redirects.ts'

/**
 * Routes one request.
 * @param draw decides a canary's share, chooses the endpoint where `turn` is absent, makes the X-Request-ID, in this order
 */
export function routeRequest(config: ControllerConfig, request: RouteRequest, draw: Draw): RouteDecision {
  const tls = request.scheme === 'https' ? chooseCertificate(config, request.sni) : undefined
  const certificate = {
    ...(tls !== undefined && { certificate: tls.decision }),
    ...(tls?.secret !== undefined && { certificateSecret: tls.secret }),
  }
  const located = locateRequest(config, request.host, request.target)
  if (located.kind === 'refused') return { ...certificate, ...refused(config, request, located.because) }
  const { host, uri, server, found } = located
  const serverDecision = {
    candidates: tellServers(config.servers, server, host),
    nginxConf: printServerHead(server, config.settings),
  }
  const sentOn = answerOfServer(config, server, request, uri.path)
  if (sentOn !== undefined) return { ...certificate, server: serverDecision, ...sentOn }
  const location = found.kind === 'none' ? undefined : found.location
  const answer = answerRequest({ config, request, server, found, host, uri }, draw)
  return {
    ...certificate,
    server: serverDecision,
    location: {
      candidates: tellLocations(server.locations, found, uri.path),
      nginxConf: location === undefined ? '' : printLocation(location, config.settings),
    },
    ...(location?.ingress !== undefined && { ingress: location.ingress }),
    ...(answer.canary !== undefined && { canary: answer.canary }),
    outcome: answer.outcome,
    because: withoutRepeats([...server.because, ...(location?.because ?? []), ...answer.because]),
    notModelled: location?.annotations.notModelled ?? [],
  }
}

/** 400 before any server is chosen. */
function refused(config: ControllerConfig, request: RouteRequest, because: RespondReason): RouteDecision {
  const response = ownResponse(400, { date: httpDate(request.atMs) })
  return {
    server: notTried(serversInOrder(config.servers).map(({ hostname }) => hostname)),
    location: notTried([]),
    outcome: { kind: 'respond', response, because },
    because: [],
    notModelled: [],
  }
}

/** What stands in the server itself, before any location is searched: `app-root`, and the redirect of a www server. */
function answerOfServer(
  config: ControllerConfig,
  server: VirtualServer,
  request: RouteRequest,
  path: string,
): Omit<RouteDecision, 'server'> | undefined {
  const redirect = serverRedirect(config, server, request, path)
  if (redirect === undefined) return undefined
  const { status, location, because } = redirect
  const response = ownResponse(status, { date: httpDate(request.atMs), location })
  return {
    location: notTried(inLookupOrder(server.locations).map((each) => locationHead(each))),
    outcome: { kind: 'respond', response, because },
    because: server.because,
    notModelled: [],
  }
}

function serverRedirect(
  { settings }: ControllerConfig,
  { appRoot, redirectTo }: VirtualServer,
  request: RouteRequest,
  path: string,
):
  | { readonly status: RedirectStatus; readonly location: string; readonly because: RespondReason }
  | undefined {
  const client = clientSide(request, settings)
  if (redirectTo !== undefined) {
    const location = wwwRedirectUrl(client.scheme, redirectTo, client.port, request.target)
    const status = settings.httpRedirectCode
    return { status, location, because: { kind: 'redirect-www', name: redirectTo } }
  }
  if (appRoot === undefined || path !== '/') return undefined
  const location = `${request.scheme}://${request.host}${appRoot}`
  return { status: 302, location, because: { kind: 'app-root', path: appRoot } }
}

/** The field that names an upstream is often the location's own. */
function withoutRepeats(origins: readonly Origin[]): readonly Origin[] {
  return [...new Map(origins.map((origin) => [JSON.stringify(origin), origin])).values()]
}
