/**
 * What a Pod answers over HTTP: what the annotation `podpath.dev/http` says, else what its image would (nginx: the welcome page).
 * Of an image that we do not know we assume a 200 with an empty page, and say so.
 */
import type { Millis } from '../clock.ts'
import type { Container, Pod } from '../cluster/objects.ts'
import { httpDate } from '../ingress/http-date.ts'
import { podSubject } from './subjects.ts'
import type { Basis, HttpRequest, HttpResponse } from './trace.ts'
import { nginxPage, NGINX_WELCOME, nginxVersionOf, plainHttpPage } from './nginx-pages.ts'

export interface ApplicationAnswer {
  readonly response: HttpResponse
  readonly basis: Basis
  /** What told us: an annotation or the image. */
  readonly told: 'annotation' | 'image' | 'nothing'
  readonly image: string
}

/** The answer of the container that listens on `port`. */
export function answerHttp(pod: Pod, port: number, request: HttpRequest, nowMs: Millis): ApplicationAnswer {
  const listen = pod.listens.find((each) => each.port === port)
  const container = pod.containers.find((each) => each.name === listen?.container) ?? pod.containers[0]
  const image = container?.image ?? ''
  const annotated = annotatedAnswer(pod, request)
  if (annotated !== undefined) {
    const { status, body } = annotated
    const headers = isNginx(container) ? [['Server', nginxVersionOf(image)] as const] : []
    return {
      response: respond(pod, request, nowMs, status, body, headers),
      basis: 'computed',
      told: 'annotation',
      image,
    }
  }
  if (isNginx(container))
    return { response: nginxAnswer(pod, request, nowMs, image), basis: 'assumed', told: 'image', image }
  return { response: respond(pod, request, nowMs, 200, '', []), basis: 'assumed', told: 'nothing', image }
}

/** What comes of plain HTTP on a TLS port: nginx's page, Go's line of any other image (net/http/server.go). */
export function answerPlainOnTls(pod: Pod, nowMs: Millis): HttpResponse {
  const [container] = pod.containers
  if (!isNginx(container)) {
    const body = 'Client sent an HTTP request to an HTTPS server.\n'
    return { status: 400, reason: 'Bad Request', headers: [], body, from: podSubject(pod) }
  }
  const server = nginxVersionOf(container?.image ?? '')
  const body = plainHttpPage(server)
  return {
    status: 400,
    reason: 'Bad Request',
    headers: [
      ['Server', server],
      ['Date', httpDate(nowMs)],
      ['Content-Type', 'text/html'],
      ['Content-Length', String(body.length)],
      ['Connection', 'close'],
    ],
    body,
    from: podSubject(pod),
  }
}

/** `200 hello` for every path; `/empty 204` for that path alone; a line each, the path's own line first. */
function annotatedAnswer(pod: Pod, request: HttpRequest): { status: number; body: string } | undefined {
  const lines = (pod.annotations['podpath.dev/http'] ?? '').split('\n').map((line) => line.trim())
  const path = request.target.replace(/\?.*$/, '')
  const rules = lines
    .map((line) => /^(?:(\/\S*)\s+)?(\d{3})(?:\s+(.*))?$/.exec(line))
    .filter((rule) => rule !== null)
  const rule = rules.find((each) => each[1] === path) ?? rules.find((each) => each[1] === undefined)
  if (rule === undefined) return undefined
  const text = rule[3] ?? ''
  return { status: Number(rule[2]), body: text === '' ? '' : `${text}\n` }
}

function isNginx(container: Container | undefined): boolean {
  return container !== undefined && /(^|\/)nginx(:|@|$)/.test(container.image)
}

function nginxAnswer(pod: Pod, request: HttpRequest, nowMs: Millis, image: string): HttpResponse {
  const server = nginxVersionOf(image)
  const isWelcome = /^\/(index\.html)?$/.test(request.target.replace(/\?.*$/, ''))
  const head = [['Server', server] as const]
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return respond(pod, request, nowMs, 405, nginxPage(405, 'Not Allowed', server), head)
  }
  if (!isWelcome) return respond(pod, request, nowMs, 404, nginxPage(404, 'Not Found', server), head)
  return {
    status: 200,
    reason: 'OK',
    headers: [
      ...head,
      ['Date', httpDate(nowMs)],
      ['Content-Type', 'text/html'],
      ['Content-Length', String(NGINX_WELCOME.page.length)],
      ['Last-Modified', httpDate(NGINX_WELCOME.modifiedMs)],
      ['Connection', connectionOf(request)],
      ['ETag', NGINX_WELCOME.etag],
      ['Accept-Ranges', 'bytes'],
    ],
    body: request.method === 'HEAD' ? '' : NGINX_WELCOME.page,
    from: podSubject(pod),
  }
}

function respond(
  pod: Pod,
  request: HttpRequest,
  nowMs: Millis,
  status: number,
  body: string,
  head: HttpResponse['headers'],
): HttpResponse {
  const hasBody = status !== 204 && status !== 304
  const type = body.startsWith('<html>') ? 'text/html' : 'text/plain'
  const content: HttpResponse['headers'] = hasBody
    ? [
        ['Content-Type', type],
        ['Content-Length', String(body.length)],
      ]
    : []
  return {
    status,
    reason: reasonPhrase(status),
    headers: [...head, ['Date', httpDate(nowMs)], ...content, ['Connection', connectionOf(request)]],
    body: request.method === 'HEAD' || !hasBody ? '' : body,
    from: podSubject(pod),
  }
}

function connectionOf(request: HttpRequest): string {
  const asked = request.headers.find(([name]) => name.toLowerCase() === 'connection')?.[1]
  return asked?.toLowerCase() === 'close' ? 'close' : 'keep-alive'
}

/** The reason phrase of RFC 9110 §15; nginx's own words where it has others. */
function reasonPhrase(status: number): string {
  return reasons[status] ?? ''
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  418: "I'm a teapot",
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}
