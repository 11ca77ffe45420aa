/**
 * What kube-proxy answers at a health check node port: 200 where the node has a ready endpoint of the Service, else 503.
 * Models pkg/proxy/healthcheck/service_health.go (hcHandler.ServeHTTP, 1.28 and later). That the proxy itself is healthy is assumed:
 * its rules are always written here.
 */
import type { Millis } from '../clock.ts'
import type { Service } from '../cluster/objects.ts'
import { httpDate } from '../ingress/http-date.ts'
import { endpointsToCheck, familyToCheck, healthChecks, isCounted } from '../kube-proxy/health-checks.ts'
import type { EndpointInfo } from '../kube-proxy/endpoint-lists.ts'
import { isOnNode } from '../kube-proxy/service-endpoints.ts'
import { hopText, phrase, type Phrase } from '../phrase.ts'
import { tellAnswered } from './http.ts'
import { KUBE_PROXY } from './node-sockets.ts'
import type { Run } from './run.ts'
import type { Connection } from './tcp-connection.ts'
import type { Evidence, HttpRequest, HttpResponse, Subject } from './trace.ts'

/** The answer, told as a hop; undefined where the connection ends at another socket. */
export function answerHealthCheck(
  run: Run,
  exchange: number,
  connection: Connection,
  request: HttpRequest,
): HttpResponse | undefined {
  const { host: node, socket } = connection.server
  const cluster = run.world.written()
  const check = healthChecks(cluster.services).find(({ port }) => port === socket.port)
  if (check === undefined || socket.owner !== KUBE_PROXY) return undefined
  const { service } = check
  const endpoints = endpointsToCheck(
    service,
    cluster.endpointSlices,
    node,
    familyToCheck(service, socket.address),
  )
  const counted = endpoints.filter((info) => isCounted(info, node))
  const count = counted.length
  const subject: Subject = { kind: 'node', node }
  const response = respond(service, count, request, run.world.now(), subject)
  tellAnswered(run, exchange, connection, {
    subject,
    ...hopText('health-check', {
      node,
      service: `${service.ref.namespace}/${service.ref.name}`,
      count,
      status: response.status,
      reason: response.reason,
    }),
    phase: count === 0 ? 'edge' : 'pod',
    message: { kind: 'http-response', response },
    evidence: [endpointEvidence(endpoints, node)],
    origins: [
      {
        object: service.ref,
        paths: [
          ['spec', 'healthCheckNodePort'],
          ['spec', 'externalTrafficPolicy'],
        ],
      },
      ...counted.map(({ slice, index }) => ({ object: slice.ref, paths: [['endpoints', index]] })),
    ],
  })
  return response
}

/** The fields in Go's order (net/http): the handler's by name, then those that the server adds. */
function respond(
  { ref }: Service,
  count: number,
  request: HttpRequest,
  nowMs: Millis,
  from: Subject,
): HttpResponse {
  const body = [
    '{',
    '\t"service": {',
    `\t\t"namespace": "${ref.namespace}",`,
    `\t\t"name": "${ref.name}"`,
    '\t},',
    `\t"localEndpoints": ${count},`,
    '\t"serviceProxyHealthy": true',
    '}',
  ].join('\n')
  const asksToClose = request.headers.some(
    ([name, value]) => name.toLowerCase() === 'connection' && value.toLowerCase() === 'close',
  )
  return {
    status: count === 0 ? 503 : 200,
    reason: count === 0 ? 'Service Unavailable' : 'OK',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Content-Type-Options', 'nosniff'],
      ['X-Load-Balancing-Endpoint-Weight', String(count)],
      ['Date', httpDate(nowMs)],
      ['Content-Length', String(body.length)],
      ...(asksToClose ? [['Connection', 'close'] as const] : []),
    ],
    body: request.method === 'HEAD' ? '' : body,
    from,
  }
}

function endpointEvidence(endpoints: readonly EndpointInfo[], node: string): Evidence {
  return {
    kind: 'endpoints',
    title: phrase('evidence.local-endpoints'),
    candidates: endpoints.map((info) => ({
      id: info.address,
      name: [info.address, info.endpoint.targetRef?.name].filter((each) => each !== undefined).join(' '),
      verdict: isCounted(info, node) ? 'won' : 'lost',
      reason: standing(info, node),
    })),
    texts: [],
  }
}

function standing(info: EndpointInfo, node: string): Phrase {
  const { endpoint } = info
  if (!isOnNode(info, node)) return phrase('reason.endpoint-elsewhere', { node: endpoint.nodeName ?? '-' })
  if (endpoint.terminating) return phrase('reason.endpoint-terminating')
  return phrase(endpoint.ready ? 'reason.endpoint-here' : 'reason.endpoint-not-ready')
}
