/**
 * A Gateway's proxy between two connections: it decides by listener and rule, asks a Pod at the Pod's own address and passes the answer
 * on. What no Pod answered it answers as Envoy does: 503 where the connection fails, 504 where the time is up. Left out: connections
 * that it keeps open, retries, and that a mirrored copy is sent at the same time as the request.
 */
import type { Pod } from '../cluster/objects.ts'
import { objectKey } from '../cluster/object-ref.ts'
import { filterResponse } from '../gateway/apply-filters.ts'
import type { AnswerReason, GatewayDecision, GatewayOutcome } from '../gateway/gateway-decision.ts'
import { ownAnswer } from '../gateway/own-answer.ts'
import { routeGatewayRequest } from '../gateway/route-gateway-request.ts'
import { hopText, phrase } from '../phrase.ts'
import { isGone } from './client-gone.ts'
import { gatewayEvidence } from './gateway-evidence.ts'
import { dataPlaneOf } from './gateway-proxies.ts'
import { requestHttp, tellAnswered, type Serve, type Served } from './http.ts'
import { latencyOf } from './pod-latency.ts'
import type { Party, Run } from './run.ts'
import { podOfAddress, podSubject } from './subjects.ts'
import { connect } from './tcp-connect.ts'
import type { Connection } from './tcp-connection.ts'
import type { HttpRequest, HttpResponse } from './trace.ts'

/** One request at the proxy. */
interface Asked {
  readonly run: Run
  readonly exchange: number
  readonly connection: Connection
  readonly pod: Pod
  readonly request: HttpRequest
  readonly serve: Serve
}

/** Decides and carries out one request at the proxy `pod`. Undefined: the Pod was deleted meanwhile. */
export function passThroughGateway(
  run: Run,
  exchange: number,
  connection: Connection,
  pod: Pod,
  request: HttpRequest,
  serve: Serve,
): Served | undefined {
  const asked: Asked = { run, exchange, connection, pod, request, serve }
  if (connection.tls === undefined && wantsTls(asked)) return refusePlain(asked)
  const decision = decide(asked)
  if (decision === undefined) return { ...ownResponse(asked, 503), isKnown: false }
  const { outcome } = decision
  switch (outcome.kind) {
    case 'respond': {
      const response: HttpResponse = { ...outcome.answer, from: podSubject(pod) }
      tellDecision(asked, decision, `gateway-${outcome.because.kind}`, response)
      return { response, isKnown: true }
    }
    case 'no-certificate':
    case 'not-modelled':
      tellDecision(asked, decision, 'gateway-not-modelled')
      return { ...ownResponse(asked, 503), isKnown: false }
    case 'proxy':
      tellDecision(asked, decision, 'gateway-proxy')
      return passOn(asked, outcome)
  }
}

/** Whether the listeners of the port wait for a ClientHello. */
function wantsTls({ run, connection, pod }: Asked): boolean {
  const { port } = connection.server.local
  const listeners = dataPlaneOf(run.world.written(), pod)?.listeners ?? []
  return listeners.some(({ listener }) => listener.port === port && listener.protocol === 'HTTPS')
}

function refusePlain(asked: Asked): Served {
  const { run, exchange, connection, pod } = asked
  const { response } = ownResponse(asked, 400)
  tellAnswered(run, exchange, connection, {
    kind: 'match',
    phase: 'edge',
    subject: podSubject(pod),
    ...hopText('plain-to-tls', { name: pod.ref.name, status: response.status }),
    message: { kind: 'http-response', response },
  })
  return { response, isKnown: true }
}

function decide({ run, connection, pod, request }: Asked): GatewayDecision | undefined {
  const plane = dataPlaneOf(run.world.written(), pod)
  if (plane === undefined) return undefined
  const { tls, server } = connection
  return routeGatewayRequest(
    plane,
    {
      scheme: tls === undefined ? 'http' : 'https',
      port: server.local.port,
      host: request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? '',
      target: request.target,
      method: request.method,
      headers: request.headers.filter(([name]) => name.toLowerCase() !== 'host'),
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(tls?.serverName === undefined ? {} : { sni: tls.serverName }),
      clientAddress: server.peer.address,
      atMs: run.world.now(),
    },
    run.world.stream(`gateway/${objectKey(plane.gateway)}`),
  )
}

type Proxying = Extract<GatewayOutcome, { kind: 'proxy' }>

/** Envoy's own default for a connection to an endpoint (Cluster.connect_timeout as Envoy Gateway sets it), and no limit for an answer. */
const CONNECT_MS = 10_000

function passOn(asked: Asked, outcome: Proxying): Served | undefined {
  const { run, connection, pod } = asked
  const party: Party = { host: connection.server.host, subject: podSubject(pod) }
  const answered = askEndpoint(asked, party, outcome)
  if (isGone(run, party)) return undefined
  for (const mirror of outcome.mirrors) askMirror(asked, party, outcome, mirror)
  if (isGone(run, party)) return undefined
  if (typeof answered === 'number') return { ...ownResponse(asked, answered), isKnown: true }
  if (answered === 'unknown') return { ...ownResponse(asked, 503), isKnown: false }
  const headers = filterResponse(answered.response.headers, outcome.onResponse)
  return { response: { ...answered.response, headers }, isKnown: answered.isKnown }
}

/** The Pod's answer, or the status of the proxy's own. */
function askEndpoint(asked: Asked, party: Party, outcome: Proxying): Served | 503 | 504 | 'unknown' {
  const { run } = asked
  const { endpoint, timeoutMs } = outcome
  const leg = run.recorder.open('connect', 'upstream', phrase('exchange.gateway-connect'))
  const opened = connect(run, leg, party, endpoint, {
    connectMs: Math.min(CONNECT_MS, timeoutMs ?? CONNECT_MS),
    ...(timeoutMs === undefined ? {} : { answerMs: timeoutMs }),
  })
  if (opened.kind === 'failed') {
    if (opened.error === 'unknown') return 'unknown'
    return opened.error === 'timed-out' && timeoutMs !== undefined && timeoutMs < CONNECT_MS ? 504 : 503
  }
  const http = run.recorder.open('http', 'upstream', phrase('exchange.gateway-http'))
  const answered = requestHttp(run, http, opened.connection, outcome.request, inTime(asked, outcome))
  if (answered.kind === 'response') return { response: answered.response, isKnown: answered.isKnown }
  if (answered.error === 'empty-reply') return 'unknown'
  return answered.error === 'timed-out' ? 504 : 503
}

/** A Pod that takes longer than the rule allows is waited for in vain. */
function inTime({ run, serve }: Asked, { endpoint, timeoutMs }: Proxying): Serve {
  const pod = podOfAddress(run.world.cluster(), endpoint.address)
  const isLate = pod !== undefined && timeoutMs !== undefined && latencyOf(pod) > timeoutMs
  return isLate ? () => undefined : serve
}

/** Sends a copy; what comes back is thrown away. */
function askMirror(asked: Asked, party: Party, outcome: Proxying, mirror: Proxying['mirrors'][number]): void {
  const { run, serve } = asked
  const leg = run.recorder.open('connect', 'upstream', phrase('exchange.mirror-connect'))
  const opened = connect(run, leg, party, mirror.endpoint, { connectMs: CONNECT_MS })
  if (opened.kind === 'failed') return
  const http = run.recorder.open('http', 'upstream', phrase('exchange.mirror-http'))
  requestHttp(run, http, opened.connection, outcome.request, serve)
}

function ownResponse({ run, pod }: Asked, status: number): Pick<Served, 'response'> {
  return { response: { ...ownAnswer(status, run.world.now()), from: podSubject(pod) } }
}

type DecisionName = `gateway-${'proxy' | 'not-modelled' | AnswerReason['kind']}`

function tellDecision(
  asked: Asked,
  decision: GatewayDecision,
  name: DecisionName,
  response?: HttpResponse,
): void {
  const { run, exchange, connection, pod } = asked
  const { outcome, route } = decision
  const values = {
    listener: wonName(decision.listener.candidates),
    route: route?.name ?? '',
    rule: wonName(decision.rule.candidates),
    backend: wonName(decision.backends),
    pod: outcome.kind === 'proxy' ? (outcome.endpoint.pod?.name ?? outcome.endpoint.address) : '',
    status: response?.status ?? 0,
    reason: response?.reason ?? '',
    url: outcome.kind === 'respond' && outcome.because.kind === 'redirect' ? outcome.because.url : '',
  }
  tellAnswered(run, exchange, connection, {
    kind: 'match',
    phase: 'edge',
    subject: podSubject(pod),
    ...hopText(name, values),
    basis: name === 'gateway-not-modelled' ? 'not-modelled' : 'computed',
    evidence: gatewayEvidence(decision),
    origins: decision.because,
    ...(response === undefined ? {} : { message: { kind: 'http-response', response } }),
  })
}

function wonName(candidates: readonly { readonly name: string; readonly verdict: string }[]): string {
  return candidates.find(({ verdict }) => verdict === 'won')?.name ?? '–'
}
