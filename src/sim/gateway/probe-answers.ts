/** One request through both routers, as answers that can be compared: status, Location, Service, and what its Pod gets. */
import type { ApiObject } from '../cluster/objects.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { GatewayClass } from '../cluster/gateway-objects.ts'
import { withDefaults } from '../cluster/fill-defaults.ts'
import { readGateway } from '../cluster/read-gateway.ts'
import { readHttpRoute } from '../cluster/read-http-route.ts'
import { openStream } from '../draw.ts'
import type { ControllerConfig } from '../ingress/controller-config.ts'
import type { RouteDecision } from '../ingress/route-decision.ts'
import { routeRequest } from '../ingress/route-request.ts'
import { textAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { ip } from '../network/address.ts'
import { buildDataPlane } from './build-data-plane.ts'
import type { DataPlane } from './data-plane.ts'
import type { GatewayDecision } from './gateway-decision.ts'
import { CONTROLLER_NAME, type GatewayView } from './gateway-view.ts'
import { routeGatewayRequest } from './route-gateway-request.ts'

/** Who asks. TEST-NET-1: nobody's address. */
export const CLIENT = ip('192.0.2.1')

/** A request that may be answered differently. */
export interface Probe {
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** What a person sees of an answer. `kind: 'none'`: nobody listens there, or the handshake fails. */
export type ProbeAnswer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly location?: string
      /** `SERVICE:PORT`, `NAMESPACE/SERVICE:PORT` in another namespace. */
      readonly backend?: string
      /** Path and query that the Pod gets. */
      readonly target?: string
    }
  | { readonly kind: 'none'; readonly why: 'no-listener' | 'no-certificate' | 'not-modelled' }

/** Whether a client would see no difference. `https://h` and `https://h/` are one URL. */
export function sameAnswer(a: ProbeAnswer, b: ProbeAnswer): boolean {
  const normal = (answer: ProbeAnswer) =>
    JSON.stringify(
      answer.kind === 'none'
        ? answer
        : { ...answer, location: answer.location?.replace(/^(https?:\/\/[^/]+)$/, '$1/') },
    )
  return normal(a) === normal(b)
}

/** What the controller's nginx answers, and its decision. */
export function askIngress(
  config: ControllerConfig,
  probe: Probe,
): { readonly answer: ProbeAnswer; readonly decision: RouteDecision } {
  const decision = routeRequest(
    config,
    {
      scheme: probe.scheme,
      host: probe.host,
      target: probe.path,
      method: 'GET',
      headers: probe.headers,
      ...(probe.scheme === 'https' ? { sni: probe.host } : {}),
      clientAddress: CLIENT,
      atMs: 0,
    },
    openStream(0, 'probe'),
  )
  return { decision, answer: ingressAnswer(config, decision) }
}

function ingressAnswer(config: ControllerConfig, { outcome }: RouteDecision): ProbeAnswer {
  switch (outcome.kind) {
    case 'respond':
      return ownAnswer(outcome.response)
    case 'not-modelled':
      return { kind: 'none', why: 'not-modelled' }
    case 'proxy':
    case 'proxy-by-name': {
      const backend = config.upstreams.find(({ name }) => name === outcome.upstream)?.backend
      return {
        kind: 'answer',
        status: 200,
        ...(backend === undefined ? {} : { backend: backend.name }),
        target: outcome.request.target,
      }
    }
  }
}

/** The proxies of converted Gateways, by `namespace/name`. */
export function proxiesOf(objects: readonly JsonObject[], cluster: Cluster): ReadonlyMap<string, DataPlane> {
  const stored = objects.map(storedObject)
  const gateways = stored.filter(({ ref }) => ref.kind === 'Gateway').map(readGateway)
  const gatewayClasses = gateways.map(({ gatewayClassName }): GatewayClass => ({
    ref: { kind: 'GatewayClass', namespace: '', name: gatewayClassName },
    labels: {},
    annotations: {},
    createdAtMs: 0,
    generation: 1,
    controllerName: CONTROLLER_NAME,
  }))
  const view: GatewayView = {
    ...cluster,
    gatewayClasses,
    gateways,
    httpRoutes: stored.filter(({ ref }) => ref.kind === 'HTTPRoute').map(readHttpRoute),
  }
  return new Map(
    gateways.map((gateway) => [
      `${gateway.ref.namespace}/${gateway.ref.name}`,
      buildDataPlane(gateway, view),
    ]),
  )
}

/** As the API server would store it, all of one second: a conversion is applied as one file. */
function storedObject(body: JsonObject): ApiObject {
  const kind = textAt(body, 'kind') ?? ''
  return {
    ref: {
      kind,
      namespace: textAt(body, 'metadata', 'namespace') ?? '',
      name: textAt(body, 'metadata', 'name') ?? '',
    },
    apiVersion: textAt(body, 'apiVersion') ?? '',
    body: withDefaults(kind, body),
    createdAtMs: 0,
  }
}

/** What a Gateway answers; undefined proxy: there is none. */
export function askGateway(plane: DataPlane | undefined, probe: Probe): ProbeAnswer {
  const port = probe.scheme === 'https' ? 443 : 80
  if (plane?.listeners.some(({ listener }) => listener.port === port) !== true)
    return { kind: 'none', why: 'no-listener' }
  const decision = routeGatewayRequest(
    plane,
    {
      scheme: probe.scheme,
      port,
      host: probe.host,
      target: probe.path,
      method: 'GET',
      headers: probe.headers,
      ...(probe.scheme === 'https' ? { sni: probe.host } : {}),
      clientAddress: CLIENT,
      atMs: 0,
    },
    openStream(0, 'probe'),
  )
  return gatewayAnswer(decision)
}

function gatewayAnswer({ outcome }: GatewayDecision): ProbeAnswer {
  switch (outcome.kind) {
    case 'respond':
      return ownAnswer(outcome.answer)
    case 'no-certificate':
    case 'not-modelled':
      return { kind: 'none', why: outcome.kind }
    case 'proxy':
      return {
        kind: 'answer',
        status: 200,
        backend: outcome.service.name,
        target: outcome.request.target,
      }
  }
}

function ownAnswer(response: {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
}): ProbeAnswer {
  const location = response.headers.find(([name]) => name === 'Location')?.[1]
  return {
    kind: 'answer',
    status: response.status,
    ...(location === undefined ? {} : { location }),
  }
}
