/** An HTTP request over an open connection, and its response; who serves it is told by {@link Serve}. */
import { between, type Millis } from '../clock.ts'
import { hopText } from '../phrase.ts'
import { responseOverHttp2 } from './over-http2.ts'
import type { HopDraft } from './recorder.ts'
import type { Run } from './run.ts'
import { placeOf } from './subjects.ts'
import { flightOf, tcpPacket, type Connection } from './tcp-connection.ts'
import { sendReply, sendRequest, waitInVain } from './tcp-data.ts'
import { flightParts, partyName } from './tell-parts.ts'
import type { HttpRequest, HttpResponse } from './trace.ts'

export type HttpOutcome =
  | {
      readonly kind: 'response'
      readonly response: HttpResponse
      /** No hop behind it was beyond us. */ readonly isKnown: boolean
    }
  | {
      readonly kind: 'no-answer'
      readonly error: 'timed-out' | 'empty-reply' | 'reset'
      readonly afterMs: Millis
    }

/** Sends one request and takes its response. */
export function requestHttp(
  run: Run,
  exchange: number,
  connection: Connection,
  request: HttpRequest,
  serve: Serve,
): HttpOutcome {
  const startedAt = run.world.now()
  const noAnswer = (error: 'timed-out' | 'reset'): HttpOutcome => ({
    kind: 'no-answer',
    error,
    afterMs: between(startedAt, run.world.now()),
  })
  const line = `${request.method} ${request.target}`
  const payload = { protocol: 'HTTP', summary: line, bytes: requestBytes(request) } as const
  const sent = sendRequest(run, exchange, connection, payload, { kind: 'http-request', request })
  if (sent !== 'arrived') return noAnswer(sent === 'silence' ? 'timed-out' : 'reset')
  const answered = serve(run, exchange, connection, request)
  const served =
    typeof answered === 'object' && connection.tls?.alpn === 'h2'
      ? { ...answered, response: responseOverHttp2(answered.response) }
      : answered
  if (served === 'not-modelled') return { kind: 'no-answer', error: 'empty-reply', afterMs: 0 }
  if (served === undefined || !sendReply(run, exchange, connection, responsePayload(served.response))) {
    waitInVain(run, exchange, connection, line)
    return noAnswer('timed-out')
  }
  tellReceived(run, exchange, connection, served.response)
  return { kind: 'response', response: served.response, isKnown: served.isKnown }
}

function responsePayload({ status, reason, body }: HttpResponse) {
  return { protocol: 'HTTP', summary: `${status} ${reason}`, bytes: body.length } as const
}

/** What a server gave, and whether all of it was computed or assumed and nothing was beyond us. */
export interface Served {
  readonly response: HttpResponse
  readonly isKnown: boolean
}

/**
 * Reads a request at the connection's server and writes its response; an ingress controller asks another Pod in turn. Undefined: its
 * Pod did not live to answer.
 */
export type Serve = (
  run: Run,
  exchange: number,
  connection: Connection,
  request: HttpRequest,
) => Served | undefined | 'not-modelled'

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
    before: tcpPacket(local, peer, ['PSH', 'ACK']),
    ...told,
  })
}

function tellReceived(run: Run, exchange: number, connection: Connection, response: HttpResponse): void {
  const flight = flightOf(run, exchange, 'reply', '', 'silent')
  const { client, local, remote } = connection
  const values = {
    name: partyName(client),
    status: response.status,
    reason: response.reason,
    bytes: response.body.length,
  }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'receive',
    phase: response.status < 400 ? 'pod' : 'edge',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    ...hopText('http-received', values),
    before: tcpPacket(remote, local, ['PSH', 'ACK']),
    message: { kind: 'http-response', response },
  })
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
