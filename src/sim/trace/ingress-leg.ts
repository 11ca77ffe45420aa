/**
 * The ingress controller between two connections: it decides by host and path, asks a Pod at the Pod's own address (no ClusterIP,
 * no kube-proxy on that leg), another where that one does not answer, and passes the answer on. Left out: the connections to Pods
 * that nginx keeps open, and time-outs that the ConfigMap changes.
 */
import type { Pod } from '../cluster/objects.ts'
import { objectKey } from '../cluster/object-ref.ts'
import type { ConfigProblem } from '../ingress/config-problem.ts'
import { memberName } from '../ingress/choose-member.ts'
import { ownResponse, plainHttpToHttpsResponse } from '../ingress/error-page.ts'
import { httpDate } from '../ingress/http-date.ts'
import type { RouteRequest } from '../ingress/incoming-request.ts'
import type { RouteDecision } from '../ingress/route-decision.ts'
import { routeRequest } from '../ingress/route-request.ts'
import type { EmptyReason, UpstreamEndpoint } from '../ingress/virtual-server.ts'
import { hopText, phrase } from '../phrase.ts'
import { controllerConfig } from './ingress-controllers.ts'
import { isGone } from './client-gone.ts'
import { requestHttp, tellAnswered, type Serve, type Served } from './http.ts'
import { refusalEvidence, routeEvidence } from './ingress-evidence.ts'
import type { Party, Run } from './run.ts'
import { podSubject } from './subjects.ts'
import { connect, type ConnectError } from './tcp-connect.ts'
import type { Connection } from './tcp-connection.ts'
import { openTls, shakeHands } from './tls.ts'
import type { HttpRequest, HttpResponse } from './trace.ts'

/** Decides and carries out one request at the controller `pod`. Undefined: the Pod was deleted meanwhile. */
export function proxyRequest(
  run: Run,
  exchange: number,
  connection: Connection,
  pod: Pod,
  request: HttpRequest,
  serve: Serve,
): Served | undefined {
  const asked: Asked = { run, exchange, connection, pod, request, serve }
  const { settings, problems } = controllerConfig(run.world.written(), pod)
  if (connection.tls === undefined && connection.server.local.port === settings.httpsPort)
    return refusePlainHttp(asked)
  if (problems.length > 0) {
    tellRefusedConfig(asked, problems)
    return { ...ownPage(asked, 503), isKnown: false }
  }
  const decision = decide(asked)
  const { outcome } = decision
  switch (outcome.kind) {
    case 'respond': {
      const response: HttpResponse = { ...outcome.response, from: podSubject(pod) }
      tellMatch(asked, decision, `ingress-${outcome.because.kind}`, response)
      return { response, isKnown: true }
    }
    case 'proxy-by-name':
    case 'not-modelled':
      tellMatch(asked, decision, 'ingress-not-modelled')
      return { ...ownPage(asked, 503), isKnown: false }
    case 'proxy':
      tellMatch(asked, decision, 'ingress-proxy')
      return passOn(asked, decision, outcome)
  }
}

/** Plain HTTP on the TLS port: nginx answers before it looks at any server. */
function refusePlainHttp({ run, exchange, connection, pod }: Asked): Served {
  const response = { ...plainHttpToHttpsResponse({ date: httpDate(run.world.now()) }), from: podSubject(pod) }
  tellAnswered(run, exchange, connection, {
    kind: 'match',
    phase: 'edge',
    subject: podSubject(pod),
    ...hopText('plain-to-tls', { name: pod.ref.name, status: response.status }),
    message: { kind: 'http-response', response },
  })
  return { response, isKnown: true }
}

/** nginx would go on with the configuration before, which nobody has here. */
function tellRefusedConfig(
  { run, exchange, connection, pod }: Asked,
  problems: readonly ConfigProblem[],
): void {
  tellAnswered(run, exchange, connection, {
    kind: 'match',
    phase: 'edge',
    subject: podSubject(pod),
    ...hopText('ingress-refused-config', {}),
    basis: 'not-modelled',
    evidence: [refusalEvidence(problems)],
    origins: problems.flatMap(({ because }) => because),
  })
}

/** One request at the controller. */
interface Asked {
  readonly run: Run
  readonly exchange: number
  readonly connection: Connection
  readonly pod: Pod
  readonly request: HttpRequest
  readonly serve: Serve
}

/** What a further try must know: whose turn it is in the ring, if the ring is the same, and what has failed. */
type Further = Pick<RouteRequest, 'turn' | 'retry'>

function decide({ run, connection, pod, request }: Asked, further: Further = {}): RouteDecision {
  return routeRequest(
    controllerConfig(run.world.written(), pod),
    {
      scheme: connection.tls === undefined ? 'http' : 'https',
      ...(connection.tls?.serverName === undefined ? {} : { sni: connection.tls.serverName }),
      host: request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? '',
      target: request.target,
      method: request.method,
      headers: request.headers.filter(([name]) => name.toLowerCase() !== 'host'),
      ...(request.body === undefined ? {} : { body: request.body }),
      clientAddress: connection.server.peer.address,
      atMs: run.world.now(),
      ...further,
    },
    run.world.stream(`upstream/${objectKey(pod.ref)}`),
  )
}

type Proxying = Extract<RouteDecision['outcome'], { kind: 'proxy' }>

/** Asks one endpoint after the other until one answers (proxy_next_upstream error timeout). */
function passOn(asked: Asked, decision: RouteDecision, chosen: Proxying): Served | undefined {
  const { run, pod } = asked
  const party: Party = { host: asked.connection.server.host, subject: podSubject(pod) }
  let outcome = chosen
  const failures: string[] = []
  for (let attempt = 1; ; attempt++) {
    const answered = askUpstream(asked, party, outcome)
    if (isGone(run, party)) return undefined
    if (answered.kind === 'answered')
      return { response: passedOn(run, answered.response, outcome.addedHeaders), isKnown: answered.isKnown }
    if (answered.kind === 'unknown') return { ...ownPage(asked, 502), isKnown: false }
    failures.push(memberName(outcome.endpoint))
    const next =
      attempt < chosen.patience.tries && answered.mayTryAgain ? nextOf(asked, outcome, failures) : undefined
    if (next === undefined) {
      const page = ownPage(asked, answered.status, outcome.addedHeaders)
      tellMatch(asked, { ...decision, outcome }, 'ingress-gave-up', page.response, attempt)
      return { ...page, isKnown: true }
    }
    tellMatch(asked, { ...decision, outcome: next }, 'ingress-next')
    outcome = { ...next, request: chosen.request, addedHeaders: keepCookie(outcome, next) }
  }
}

/** The balancer is asked again: in a ring the next member, or a new ring where the endpoints have changed meanwhile. */
function nextOf(asked: Asked, last: Proxying, failed: readonly string[]): Proxying | undefined {
  const at = last.endpoints.findIndex((each) => isSame(each, last.endpoint))
  const retry = { upstream: last.upstream, failed }
  const { outcome } = decide(asked, { turn: at + 1, retry })
  if (outcome.kind !== 'proxy') return undefined
  const isSameRing =
    outcome.endpoints.length === last.endpoints.length &&
    outcome.endpoints.every((each, index) => isSame(each, last.endpoints[index]))
  const drawn = isSameRing ? outcome : decide(asked, { retry }).outcome
  return drawn.kind === 'proxy' ? drawn : undefined
}

/** A cookie that an earlier try set stays in the response, unless this one sets another. */
function keepCookie(last: Proxying, next: Proxying): Proxying['addedHeaders'] {
  return next.addedHeaders.some(([name]) => name === 'Set-Cookie') ? next.addedHeaders : last.addedHeaders
}

function isSame(a: UpstreamEndpoint, b: UpstreamEndpoint | undefined): boolean {
  return a.address === b?.address && a.port === b.port
}

type Answered =
  | { readonly kind: 'answered'; readonly response: HttpResponse; readonly isKnown: boolean }
  | { readonly kind: 'failed'; readonly status: 502 | 504; readonly mayTryAgain: boolean }
  | { readonly kind: 'unknown' }

/** One try. What may have done something must not be asked twice: a request that is not idempotent ends with the try that sent it. */
function askUpstream({ run, request, serve }: Asked, party: Party, outcome: Proxying): Answered {
  const leg = run.recorder.open('connect', 'upstream', phrase('exchange.upstream-connect'))
  const opened = connect(run, leg, party, outcome.endpoint, outcome.patience)
  if (opened.kind === 'failed')
    return opened.error === 'unknown' ? { kind: 'unknown' } : failed(opened.error, true)
  const secured = outcome.scheme === 'https' ? secure(run, opened.connection) : opened
  if (secured.kind !== 'connected') return secured
  const http = run.recorder.open('http', 'upstream', phrase('exchange.upstream-http'))
  const answered = requestHttp(run, http, secured.connection, outcome.request, serve)
  if (answered.kind === 'response')
    return { kind: 'answered', response: answered.response, isKnown: answered.isKnown }
  if (answered.error === 'empty-reply') return { kind: 'unknown' }
  return failed(answered.error, !['POST', 'LOCK', 'PATCH'].includes(request.method))
}

/** `backend-protocol: HTTPS`: no server name (proxy_ssl_server_name off), no ALPN, and whatever certificate comes (proxy_ssl_verify off). */
function secure(
  run: Run,
  connection: Connection,
): { readonly kind: 'connected'; readonly connection: Connection } | Answered {
  const name = connection.remote.address
  const client = { name, offered: [], trusted: [], isChecked: false }
  const outcome = shakeHands(run, openTls(run, 'upstream'), connection, client)
  switch (outcome.kind) {
    case 'open':
      return { kind: 'connected', connection: outcome.connection }
    case 'refused':
    case 'wrong-version':
      return failed('reset', true)
    case 'no-answer':
      return failed(outcome.error, true)
    case 'not-modelled':
      return { kind: 'unknown' }
  }
}

function failed(error: ConnectError | 'reset', mayTryAgain: boolean): Answered {
  return { kind: 'failed', status: error === 'timed-out' ? 504 : 502, mayTryAgain }
}

/** nginx's own page where no Pod answered; headers that nginx adds anyway come behind its own. */
function ownPage(
  { run, pod }: Asked,
  status: 502 | 503 | 504,
  added: HttpResponse['headers'] = [],
): Pick<Served, 'response'> {
  const page = ownResponse(status, { date: httpDate(run.world.now()) })
  return { response: { ...page, headers: [...page.headers, ...added], from: podSubject(pod) } }
}

/** The Pod's answer as nginx passes it on: its own Date and Connection first, the Pod's other headers behind, Server taken out. */
function passedOn(run: Run, response: HttpResponse, added: HttpResponse['headers']): HttpResponse {
  const own = ['server', 'date', 'connection', 'content-type', 'content-length']
  const ofPod = (name: string) => response.headers.filter(([each]) => each.toLowerCase() === name)
  const others = response.headers.filter(([name]) => !own.includes(name.toLowerCase()))
  return {
    ...response,
    headers: [
      ['Date', httpDate(run.world.now())],
      ...ofPod('content-type'),
      ...ofPod('content-length'),
      ['Connection', 'keep-alive'],
      ...added.filter(([name]) => name === 'Set-Cookie'),
      ...others,
      ...added.filter(([name]) => name !== 'Set-Cookie'),
    ],
  }
}

type MatchName =
  `ingress-${'proxy' | 'next' | 'gave-up' | 'not-modelled' | Extract<RouteDecision['outcome'], { kind: 'respond' }>['because']['kind']}`

function tellMatch(
  asked: Asked,
  decision: RouteDecision,
  name: MatchName,
  response?: HttpResponse,
  tries = 1,
): void {
  const { run, exchange, connection, pod } = asked
  const { outcome } = decision
  const values = {
    server: wonName(decision.server),
    location: wonName(decision.location),
    ingress: decision.ingress?.name ?? '',
    tries,
    upstream: outcome.kind === 'proxy' ? outcome.upstream : '',
    endpoint: outcome.kind === 'proxy' ? `${outcome.endpoint.address}:${outcome.endpoint.port}` : '',
    pod: outcome.kind === 'proxy' ? (outcome.endpoint.pod?.name ?? '') : '',
    status: response?.status ?? 0,
    reason: response?.reason ?? '',
    peer: connection.server.peer.address,
    ...emptyValues(decision),
  }
  tellAnswered(run, exchange, connection, {
    kind: 'match',
    phase: 'edge',
    subject: podSubject(pod),
    ...hopText(name, values),
    basis: name === 'ingress-not-modelled' || decision.notModelled.length > 0 ? 'not-modelled' : 'computed',
    evidence: routeEvidence(decision),
    origins: decision.because,
    ...(response === undefined ? {} : { message: { kind: 'http-response', response } }),
  })
}

/** As a message selects by them: without hyphens. */
const emptyNames = {
  'no-service': 'noService',
  'no-such-port': 'noSuchPort',
  'none-ready': 'noneReady',
  'external-name-refused': 'externalNameRefused',
} as const satisfies Readonly<Record<EmptyReason['kind'], string>>

/** Why an upstream has nobody in it, for the sentence about a 503. */
function emptyValues({ outcome, location }: RouteDecision): Readonly<Record<string, string | number>> {
  if (outcome.kind !== 'respond' || outcome.because.kind !== 'no-endpoints') return {}
  const { empty, upstream } = outcome.because
  const backend = location.candidates.find(({ verdict }) => verdict === 'won')?.backend
  return {
    upstream,
    empty: emptyNames[empty.kind],
    service: backend?.name ?? '',
    port: empty.kind === 'no-such-port' ? empty.port : '',
    total: empty.kind === 'none-ready' ? empty.total : 0,
  }
}

function wonName(decision: RouteDecision['server']): string {
  return decision.candidates.find((each) => each.verdict === 'won')?.name ?? '–'
}
