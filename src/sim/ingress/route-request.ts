/**
 * One HTTP request through the controller's nginx: certificate, server, location, and what comes of it, each with its reason.
 * The order is nginx's: parse, server, `app-root`, location, `return` of a redirect annotation, redirect to https, then the balancer
 * (nginx 1.27.1 phases; ingress-nginx rootfs/etc/nginx/template/nginx.tmpl and lua/balancer.lua).
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { Draw } from '../draw.ts'
import { answerRequest } from './answer-request.ts'
import { chooseCertificate } from './choose-certificate.ts'
import { chooseLocation, inLookupOrder, locationHead } from './choose-location.ts'
import { chooseServer, inLookupOrder as serversInOrder } from './choose-server.ts'
import type { ControllerConfig } from './controller-config.ts'
import type { Decision } from './decision.ts'
import { notTried } from './decision.ts'
import { ownResponse } from './error-page.ts'
import { readHostHeader } from './host-header.ts'
import { httpDate } from './http-date.ts'
import { normaliseUri } from './normalise-uri.ts'
import { printLocation, printServerHead } from './print-nginx-conf.ts'
import type { RouteRequest } from './incoming-request.ts'
import type { RespondReason, RouteDecision } from './route-decision.ts'
import type { Location, VirtualServer } from './virtual-server.ts'

/**
 * Routes one request.
 * @param draw chooses the first endpoint of the ring, then, where the client sends none, makes the X-Request-ID
 */
export function routeRequest(config: ControllerConfig, request: RouteRequest, draw: Draw): RouteDecision {
  const tls = request.scheme === 'https' ? chooseCertificate(config, request.sni) : undefined
  const certificate = {
    ...(tls !== undefined && { certificate: tls.decision }),
    ...(tls?.secret !== undefined && { certificateSecret: tls.secret }),
  }
  const uri = normaliseUri(request.target)
  if (!uri.ok) return { ...certificate, ...refused(config, request, { kind: 'bad-target', why: uri.why }) }
  const host = readHostHeader(request.host)
  if (!host.ok) return { ...certificate, ...refused(config, request, { kind: 'bad-host', why: host.why }) }
  const chosen = chooseServer(config.servers, host.name)
  const { server } = chosen
  const serverDecision = { candidates: chosen.candidates, nginxConf: printServerHead(server) }
  if (server.appRoot !== undefined && uri.path === '/')
    return { ...certificate, ...sentToAppRoot(server, server.appRoot, serverDecision, request) }
  const found = chooseLocation(server.locations, uri.path)
  const location = found.kind === 'none' ? undefined : found.location
  const answer = answerRequest({ config, request, server, found, host: host.name, uri }, draw)
  return {
    ...certificate,
    server: serverDecision,
    location: {
      candidates: found.candidates,
      nginxConf: location === undefined ? '' : printLocation(location, config.settings),
    },
    ...(location?.ingress !== undefined && { ingress: location.ingress }),
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

/** `if ($uri = /) { return 302 …; }` stands in the server: no location is searched. */
function sentToAppRoot(
  server: VirtualServer,
  path: string,
  decision: Decision,
  request: RouteRequest,
): RouteDecision {
  const location = `${request.scheme}://${request.host}${path}`
  return {
    server: decision,
    location: notTried(inLookupOrder(server.locations).map((each: Location) => locationHead(each))),
    outcome: {
      kind: 'respond',
      response: ownResponse(302, { date: httpDate(request.atMs), location }),
      because: { kind: 'app-root', path },
    },
    because: server.because,
    notModelled: [],
  }
}

/** The field that names an upstream is often the location's own. */
function withoutRepeats(origins: readonly Origin[]): readonly Origin[] {
  return [...new Map(origins.map((origin) => [JSON.stringify(origin), origin])).values()]
}
