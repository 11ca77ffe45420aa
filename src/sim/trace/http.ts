/** An HTTP request over an open connection: to an application, or to an ingress controller that asks a Pod in turn. */
import type { Millis } from '../clock.ts'
import type { Pod } from '../cluster/objects.ts'
import { phrase } from '../phrase.ts'
import { answerHttp } from './http-application.ts'
import { proxyRequest } from './ingress-leg.ts'
import type { HopDraft } from './recorder.ts'
import type { Run } from './run.ts'
import { isIngressController, placeOf, podSubject, subjectOfAddress } from './subjects.ts'
import { flightOf, sendData, type Connection } from './tcp.ts'
import { flightParts } from './tell-parts.ts'
import { podOfSocket } from './tell-socket.ts'
import type { HttpRequest, HttpResponse } from './trace.ts'

export type HttpOutcome =
  | {
      readonly kind: 'response'
      readonly response: HttpResponse
      /** No hop behind it was beyond us. */ readonly isKnown: boolean
    }
  | { readonly kind: 'no-answer'; readonly error: 'timed-out' | 'empty-reply'; readonly afterMs: Millis }

/** Sends one request and takes its response. */
export function requestHttp(
  run: Run,
  exchange: number,
  connection: Connection,
  request: HttpRequest,
): HttpOutcome {
  const startedAt = run.world.now()
  const line = `${request.method} ${request.target}`
  const lost = (): HttpOutcome => ({
    kind: 'no-answer',
    error: 'timed-out',
    afterMs: run.world.now() - startedAt,
  })
  const payload = { protocol: 'HTTP', summary: line, bytes: requestBytes(request) } as const
  if (!sendData(run, exchange, connection, 'request', payload)) return lost()
  const pod = podOfSocket(run, connection.server.socket)
  if (pod === undefined) return nodeAnswer(run, exchange, connection)
  const served = isIngressController(pod)
    ? proxyRequest(run, exchange, connection, pod, request)
    : serveApplication(run, exchange, connection, pod, request)
  const { response } = served
  const reply = {
    protocol: 'HTTP',
    summary: `${response.status} ${response.reason}`,
    bytes: response.body.length,
  } as const
  if (!sendData(run, exchange, connection, 'reply', reply)) return lost()
  tellReceived(run, exchange, connection, response)
  return { kind: 'response', response, isKnown: served.isKnown }
}

/** What a server gave, and whether all of it was computed or assumed and nothing was beyond us. */
export interface Served {
  readonly response: HttpResponse
  readonly isKnown: boolean
}

function serveApplication(
  run: Run,
  exchange: number,
  connection: Connection,
  pod: Pod,
  request: HttpRequest,
): Served {
  const answer = answerHttp(pod, connection.server.local.port, request, run.world.now())
  const { response } = answer
  const latency = latencyOf(pod)
  run.world.passed(latency)
  const values = {
    pod: pod.ref.name,
    status: response.status,
    reason: response.reason,
    bytes: response.body.length,
    image: answer.image,
  }
  tellAnswered(run, exchange, connection, {
    subject: podSubject(pod),
    title: phrase('hop.http-answer.title', values),
    caption: phrase(`hop.http-answer-${answer.told}.caption`, values),
    label: phrase('hop.http-answer.label', values),
    basis: answer.basis,
    message: { kind: 'http-response', response },
    origins: [
      {
        object: pod.ref,
        paths:
          answer.told === 'annotation'
            ? [['metadata', 'annotations', 'podpath.dev/http']]
            : [['spec', 'containers', 0, 'image']],
      },
    ],
  })
  return { response, isKnown: true }
}

/** The server's own hop: it has read the request and writes its response. */
export function tellAnswered(
  run: Run,
  exchange: number,
  connection: Connection,
  told: Pick<HopDraft, 'subject' | 'title' | 'caption' | 'label'> &
    Partial<Pick<HopDraft, 'basis' | 'message' | 'origins' | 'evidence' | 'kind' | 'phase'>>,
): void {
  const flight = flightOf(run, exchange, 'reply', '', 'silent')
  const { local, peer } = connection.server
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'answer',
    phase: 'pod',
    place: placeOf(run.world.cluster(), connection.server.host, 'socket'),
    before: {
      protocol: 'tcp',
      src: local.address,
      srcPort: local.port,
      dst: peer.address,
      dstPort: peer.port,
      flags: ['PSH', 'ACK'],
      ttl: 64,
      mark: 0,
    },
    ...told,
  })
}

/** A node's own daemons speak TLS, or answer what only they know. */
function nodeAnswer(run: Run, exchange: number, connection: Connection): HttpOutcome {
  const owner = connection.server.socket.owner.replace('node/', '')
  const values = { name: owner, node: connection.server.host }
  tellAnswered(run, exchange, connection, {
    subject: subjectOfAddress(run.world.cluster(), connection.server.local.address),
    title: phrase('hop.daemon.title', values),
    caption: phrase('hop.daemon.caption', values),
    label: phrase('hop.daemon.label', values),
    basis: 'not-modelled',
    phase: 'drop',
  })
  return { kind: 'no-answer', error: 'empty-reply', afterMs: 0 }
}

function tellReceived(run: Run, exchange: number, connection: Connection, response: HttpResponse): void {
  const flight = flightOf(run, exchange, 'reply', '', 'silent')
  const { client, local, remote } = connection
  const values = { status: response.status, reason: response.reason, bytes: response.body.length }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'receive',
    phase: response.status < 400 ? 'pod' : 'edge',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    title: phrase('hop.http-received.title', values),
    caption: phrase('hop.http-received.caption', values),
    label: phrase('hop.http-received.label', values),
    before: {
      protocol: 'tcp',
      src: remote.address,
      srcPort: remote.port,
      dst: local.address,
      dstPort: local.port,
      flags: ['PSH', 'ACK'],
      ttl: 64,
      mark: 0,
    },
    message: { kind: 'http-response', response },
  })
}

/** `podpath.dev/latency`, in milliseconds: `250ms`, `2s`. */
function latencyOf(pod: Pod): Millis {
  const told = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(pod.annotations['podpath.dev/latency'] ?? '')
  if (told === null) return 0
  return Number(told[1]) * (told[2] === 's' ? 1000 : 1)
}

function requestBytes(request: HttpRequest): number {
  const lines = [
    `${request.method} ${request.target} HTTP/1.1`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ]
  return lines.join('\r\n').length + (request.body?.length ?? 0)
}
