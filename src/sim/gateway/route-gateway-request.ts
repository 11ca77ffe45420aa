/**
 * One HTTP request through a Gateway's proxy: listener, rule, filters, backend, Pod. The proxy connects to Pod addresses itself, as
 * implementations do; of a Service's ready Pods it takes one by lot. It adds X-Forwarded-For and X-Forwarded-Proto, as every
 * implementation does and the API does not say.
 */
import { drawBelow, DRAW_RANGE } from '../draw.ts'
import type { Draw } from '../draw.ts'
import type { Millis } from '../clock.ts'
import type { Origin } from '../cluster/object-ref.ts'
import type { IpAddress } from '../network/address.ts'
import { filterRequest, responseSteps } from './apply-filters.ts'
import { chooseBackend } from './choose-backend.ts'
import { chooseListener } from './choose-listener.ts'
import { chooseRule } from './choose-rule.ts'
import type { DataPlane, RouteEntry, ServedListener } from './data-plane.ts'
import type {
  AnswerReason,
  GatewayDecision,
  GatewayOutcome,
  GatewayRequest,
  Headers,
  Mirror,
} from './gateway-decision.ts'
import { hostOfHeader } from './host-names.ts'
import { ownAnswer } from './own-answer.ts'
import { redirectUrl } from './redirect-url.ts'
import type { BackendEndpoint } from './resolve-backend.ts'

/** A request as the proxy reads it from a connection. */
export interface IncomingRequest {
  readonly scheme: 'http' | 'https'
  /** The listener's port. */
  readonly port: number
  /** The Host header's value. */
  readonly host: string
  readonly target: string
  readonly method: string
  /** Others than Host, in order. */
  readonly headers: Headers
  readonly body?: string
  /** Name of the ClientHello; absent: none was sent. Only for https. */
  readonly sni?: string
  readonly clientAddress: IpAddress
  /** For the Date header of the proxy's own answers. */
  readonly atMs: Millis
}

/**
 * Decides one request.
 * @param draw decides the backend by weight where several have one, then the Pod, then each mirror's share and Pod
 */
export function routeGatewayRequest(
  plane: DataPlane,
  incoming: IncomingRequest,
  draw: Draw,
): GatewayDecision {
  const host = hostOfHeader(incoming.host)
  const [path = '', query = ''] = incoming.target.split(/\?(.*)/s)
  const byHost = chooseListener(plane.listeners, incoming.port, host)
  const bySni =
    incoming.scheme === 'https'
      ? chooseListener(plane.listeners, incoming.port, (incoming.sni ?? '').toLowerCase())
      : undefined
  const listener = {
    listener: byHost.choice,
    ...(bySni === undefined ? {} : { bySni: bySni.choice }),
  }
  const none = { rule: { candidates: [] }, filters: [], backends: [] }
  const answer = (because: OwnReason) => ownOutcome(because, incoming.atMs)
  if (bySni !== undefined && bySni.chosen === undefined)
    return {
      ...listener,
      ...none,
      outcome: { kind: 'no-certificate', name: incoming.sni ?? '' },
      because: [],
    }
  const { chosen } = byHost
  if (bySni !== undefined && chosen !== bySni.chosen)
    return {
      ...listener,
      ...none,
      outcome: answer({ kind: 'misdirected', sni: incoming.sni ?? '', host }),
      because: [bySni.chosen, chosen].flatMap((each) => (each === undefined ? [] : [each.because])),
    }
  if (chosen === undefined)
    return { ...listener, ...none, outcome: answer({ kind: 'no-listener', host }), because: [] }
  const found = chooseRule(chosen.entries, {
    host,
    path,
    query: parseQuery(query),
    method: incoming.method,
    headers: incoming.headers,
  })
  const rule = { ...listener, rule: found.choice }
  if (found.notModelled !== undefined)
    return {
      ...rule,
      filters: [],
      backends: [],
      outcome: { kind: 'not-modelled', what: 'regular-expression', pattern: found.notModelled },
      because: [chosen.because],
    }
  if (found.chosen === undefined)
    return {
      ...rule,
      filters: [],
      backends: [],
      outcome: answer({ kind: 'no-route', host, path }),
      because: [chosen.because],
    }
  return { ...rule, ...carryOut({ incoming, host, draw }, chosen, found.chosen) }
}

interface Request {
  readonly incoming: IncomingRequest
  readonly host: string
  readonly draw: Draw
}

type CarriedOut = Pick<GatewayDecision, 'route' | 'filters' | 'backends' | 'outcome' | 'because'>

function carryOut(request: Request, listener: ServedListener, entry: RouteEntry): CarriedOut {
  const { incoming, host, draw } = request
  const { route, match } = entry
  const { filters } = entry.rule
  const because = [listener.because, originOf(entry)]
  const redirect = filters.find((filter) => filter.kind === 'RequestRedirect')
  if (redirect !== undefined) {
    const { scheme, port, target, atMs } = incoming
    const url = redirectUrl(redirect, { scheme, host, port, target }, match.path)
    return {
      route,
      filters: [{ filter: redirect, did: [url] }],
      backends: [],
      outcome: {
        kind: 'respond',
        answer: ownAnswer(redirect.statusCode, atMs, url),
        because: { kind: 'redirect', url },
      },
      because,
    }
  }
  const { chosen, candidates } = chooseBackend(entry.rule.backends, draw)
  const all = [...filters, ...(chosen?.filters ?? [])]
  const { request: sent, steps } = filterRequest(forwarded(incoming), all, match.path)
  const own = (reason: OwnReason): CarriedOut => ({
    route,
    filters: [],
    backends: candidates,
    outcome: ownOutcome(reason, incoming.atMs),
    because,
  })
  if (chosen === undefined) return own({ kind: 'no-backend' })
  const { backend, name } = chosen
  if (backend.kind === 'unresolved')
    return own({ kind: 'unresolved-backend', backend: name, reason: backend.reason })
  const endpoint = pick(backend.endpoints, draw)
  if (endpoint === undefined) return own({ kind: 'no-endpoints', backend: name })
  const onResponse = responseSteps(all)
  const timeouts = [entry.rule.requestTimeoutMs, entry.rule.backendTimeoutMs].filter(
    (each) => each !== undefined && each > 0,
  )
  return {
    route,
    filters: [...steps, ...onResponse],
    backends: candidates,
    outcome: {
      kind: 'proxy',
      service: backend.service,
      port: backend.port,
      endpoint,
      endpoints: backend.endpoints,
      request: sent,
      onResponse,
      ...(timeouts.length === 0 ? {} : { timeoutMs: Math.min(...timeouts.flatMap((each) => each ?? [])) }),
      mirrors: entry.rule.mirrors.flatMap((mirror) => mirrorOf(mirror, draw)),
    },
    because: [...because, { object: backend.service, paths: [['spec', 'ports']] }],
  }
}

/** The fields of a rule that decided: its match and its backendRefs, or the rule as a whole where it has no match. */
function originOf({ route, ruleIndex, matchIndex }: RouteEntry): Origin {
  const rule = ['spec', 'rules', ruleIndex]
  return {
    object: route,
    paths: [
      [...rule, 'matches', matchIndex],
      [...rule, 'backendRefs'],
      [...rule, 'filters'],
    ],
  }
}

function mirrorOf({ backend, share }: RouteEntry['rule']['mirrors'][number], draw: Draw): readonly Mirror[] {
  if (backend.kind === 'unresolved' || (share < 1 && draw() / DRAW_RANGE >= share)) return []
  const endpoint = pick(backend.endpoints, draw)
  return endpoint === undefined ? [] : [{ service: backend.service, port: backend.port, endpoint }]
}

function pick(endpoints: readonly BackendEndpoint[], draw: Draw): BackendEndpoint | undefined {
  return endpoints.length > 1 ? endpoints[drawBelow(draw, endpoints.length)] : endpoints[0]
}

function forwarded({ scheme, host, headers, clientAddress, ...rest }: IncomingRequest): GatewayRequest {
  const before = headers.find(([name]) => name.toLowerCase() === 'x-forwarded-for')?.[1]
  const others = headers.filter(
    ([name]) => !['x-forwarded-for', 'x-forwarded-proto'].includes(name.toLowerCase()),
  )
  return {
    method: rest.method,
    target: rest.target,
    headers: [
      ['Host', host],
      ...others,
      ['X-Forwarded-For', before === undefined ? clientAddress : `${before}, ${clientAddress}`],
      ['X-Forwarded-Proto', scheme],
    ],
    ...(rest.body === undefined ? {} : { body: rest.body }),
  }
}

function parseQuery(query: string): readonly (readonly [name: string, value: string])[] {
  if (query === '') return []
  return query.split('&').map((part) => {
    const [name = '', value = ''] = part.split(/=(.*)/s)
    return [name, value] as const
  })
}

/** All but a redirect, whose status its filter gives. */
type OwnReason = Exclude<AnswerReason, { readonly kind: 'redirect' }>

const statuses: Readonly<Record<OwnReason['kind'], number>> = {
  'no-listener': 404,
  'no-route': 404,
  misdirected: 421,
  'no-backend': 500,
  'unresolved-backend': 500,
  'no-endpoints': 503,
}

function ownOutcome(because: OwnReason, atMs: Millis): GatewayOutcome {
  return { kind: 'respond', answer: ownAnswer(statuses[because.kind], atMs), because }
}
