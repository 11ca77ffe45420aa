/**
 * The ingress controller between two connections: it decides by host and path, asks a Pod at the Pod's own address (no ClusterIP,
 * no kube-proxy on that leg), and passes the answer on.
 */
import type { Pod } from '../cluster/objects.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { objectKey } from '../cluster/object-ref.ts'
import { buildControllerConfig, type ControllerConfig } from '../ingress/controller-config.ts'
import { readControllerSettings } from '../ingress/controller-settings.ts'
import { ownResponse } from '../ingress/error-page.ts'
import { httpDate } from '../ingress/http-date.ts'
import type { RouteDecision } from '../ingress/route-decision.ts'
import { routeRequest } from '../ingress/route-request.ts'
import { hopText, phrase } from '../phrase.ts'
import { requestHttp, tellAnswered, type Serve, type Served } from './http.ts'
import { decisionEvidence, upstreamEvidence } from './ingress-evidence.ts'
import type { Party, Run } from './run.ts'
import { podSubject } from './subjects.ts'
import { connect, type Connection } from './tcp.ts'
import type { HttpRequest, HttpResponse } from './trace.ts'

/** Decides and carries out one request at the controller `pod`. */
export function proxyRequest(
  run: Run,
  exchange: number,
  connection: Connection,
  pod: Pod,
  request: HttpRequest,
  serve: Serve,
): Served {
  const decision = routeRequest(
    controllerConfig(run.world.written(), pod),
    {
      scheme: connection.server.local.port === 443 ? 'https' : 'http',
      host: request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? '',
      target: request.target,
      method: request.method,
      headers: request.headers.filter(([name]) => name.toLowerCase() !== 'host'),
      ...(request.body === undefined ? {} : { body: request.body }),
      clientAddress: connection.server.peer.address,
      atMs: run.world.now(),
    },
    run.world.stream(`upstream/${objectKey(pod.ref)}`),
  )
  const { outcome } = decision
  const fromController = (response: Omit<HttpResponse, 'from'>): HttpResponse => ({
    ...response,
    from: podSubject(pod),
  })
  switch (outcome.kind) {
    case 'respond': {
      const response = fromController(outcome.response)
      tellMatch(run, exchange, connection, pod, decision, `ingress-${outcome.because.kind}`, response)
      return { response, isKnown: true }
    }
    case 'proxy-by-name':
    case 'not-modelled': {
      tellMatch(run, exchange, connection, pod, decision, 'ingress-not-modelled')
      return {
        response: fromController(ownResponse(503, { date: httpDate(run.world.now()) })),
        isKnown: false,
      }
    }
    case 'proxy': {
      tellMatch(run, exchange, connection, pod, decision, 'ingress-proxy')
      return askUpstream(run, connection, pod, outcome, serve)
    }
  }
}

function askUpstream(
  run: Run,
  connection: Connection,
  pod: Pod,
  outcome: Extract<RouteDecision['outcome'], { kind: 'proxy' }>,
  serve: Serve,
): Served {
  const party: Party = { host: connection.server.host, subject: podSubject(pod) }
  const leg = run.recorder.open('connect', 'upstream', phrase('exchange.upstream-connect'))
  const opened = connect(run, leg, party, outcome.endpoint)
  if (opened.kind === 'failed') return gatewayError(run, pod, opened.error === 'timed-out' ? 504 : 502)
  const http = run.recorder.open('http', 'upstream', phrase('exchange.upstream-http'))
  const answered = requestHttp(run, http, opened.connection, outcome.request, serve)
  if (answered.kind === 'no-answer') return gatewayError(run, pod, answered.error === 'timed-out' ? 504 : 502)
  return { response: passedOn(run, answered.response, outcome.addedHeaders), isKnown: answered.isKnown }
}

/** nginx's own page where the Pod did not answer. proxy_next_upstream's further tries are left out. */
function gatewayError(run: Run, pod: Pod, status: 502 | 504): Served {
  const response = { ...ownResponse(status, { date: httpDate(run.world.now()) }), from: podSubject(pod) }
  return { response, isKnown: true }
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
      ...others,
      ...added,
    ],
  }
}

type MatchName =
  `ingress-${'proxy' | 'not-modelled' | Extract<RouteDecision['outcome'], { kind: 'respond' }>['because']['kind']}`

function tellMatch(
  run: Run,
  exchange: number,
  connection: Connection,
  pod: Pod,
  decision: RouteDecision,
  name: MatchName,
  response?: HttpResponse,
): void {
  const { outcome } = decision
  const values = {
    server: wonName(decision.server),
    location: wonName(decision.location),
    ingress: decision.ingress?.name ?? '',
    upstream: outcome.kind === 'proxy' ? outcome.upstream : '',
    endpoint: outcome.kind === 'proxy' ? `${outcome.endpoint.address}:${outcome.endpoint.port}` : '',
    pod: outcome.kind === 'proxy' ? (outcome.endpoint.pod?.name ?? '') : '',
    status: response?.status ?? 0,
    reason: response?.reason ?? '',
    peer: connection.server.peer.address,
  }
  tellAnswered(run, exchange, connection, {
    kind: 'match',
    phase: 'edge',
    subject: podSubject(pod),
    ...hopText(name, values),
    basis: name === 'ingress-not-modelled' || decision.notModelled.length > 0 ? 'not-modelled' : 'computed',
    evidence: [
      ...(decision.certificate === undefined ? [] : [decisionEvidence('certificates', decision.certificate)]),
      decisionEvidence('servers', decision.server),
      decisionEvidence('locations', decision.location),
      ...(outcome.kind === 'proxy'
        ? [upstreamEvidence(outcome.upstream, outcome.endpoint, outcome.endpoints)]
        : []),
    ],
    origins: decision.because,
    ...(response === undefined ? {} : { message: { kind: 'http-response', response } }),
  })
}

function wonName(decision: RouteDecision['server']): string {
  return decision.candidates.find((each) => each.verdict === 'won')?.name ?? '–'
}

const configs = new WeakMap<Cluster, Map<string, ControllerConfig>>()

/** The controller's configuration; the same cluster gives the same object. */
function controllerConfig(cluster: Cluster, pod: Pod): ControllerConfig {
  const ofCluster = configs.get(cluster) ?? new Map<string, ControllerConfig>()
  configs.set(cluster, ofCluster)
  const key = objectKey(pod.ref)
  const config =
    ofCluster.get(key) ??
    buildControllerConfig({
      ingresses: cluster.ingresses,
      ingressClasses: cluster.ingressClasses,
      services: cluster.services,
      endpointSlices: cluster.endpointSlices,
      namespaces: cluster.namespaces,
      controller: readControllerSettings(flagsOf(pod)),
    })
  ofCluster.set(key, config)
  return config
}

/** `--name=value` of the container's arguments; a bare flag is `true`. */
function flagsOf(pod: Pod): Readonly<Record<string, string>> {
  const words = pod.containers.flatMap((container) => [...container.command, ...container.args])
  return Object.fromEntries(
    words
      .filter((word) => word.startsWith('--'))
      .map((word) => {
        const [name = '', value = 'true'] = word.slice(2).split(/=(.*)/s)
        return [name, value]
      }),
  )
}
