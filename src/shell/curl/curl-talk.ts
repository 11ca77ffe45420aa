/** The lines of `curl -v`, with the body between them where a terminal shows it (curl 7.88, lib/connect.c, lib/http.c). */
import type { Result } from '../../sim/trace/trace.ts'
import { utf8Length } from '../utf8-length.ts'
import { err, out, type Chunk } from '../program.ts'
import type { Url } from '../url.ts'
import type { CurlOptions } from './curl-options.ts'
import type { HeaderLine } from './curl-request.ts'
import { afterRequestTalk, failedHandshakeTalk, handshakeTalk } from './curl-tls-talk.ts'

/** One request of curl: what was asked, how, and over which of its connections (from 0). */
export interface CurlRequest {
  readonly options: CurlOptions
  readonly url: Url
  readonly headers: readonly HeaderLine[]
  readonly connection: number
}

type Answered = Extract<Result, { kind: 'http' }>

/** What `-v` tells of an answered request, with the body (and with `-i` the headers) on standard output where they come. */
export function responseTalk(
  request: CurlRequest,
  result: Answered,
  body: 'shown' | 'saved' | 'ignored',
): readonly Chunk[] {
  const { options, connection } = request
  const { response } = result
  const head = [
    // HTTP/2 has no reason phrase, and curl prints the blank before it.
    response.version === 'HTTP/2'
      ? `HTTP/2 ${response.status} `
      : `HTTP/1.1 ${response.status} ${response.reason}`,
    ...response.headers.map(([name, value]) => `${name}: ${value}`),
    '',
  ]
  const size = utf8Length(response.body)
  const lines = [
    ...connectTalk(request, result),
    connectedTalk(request, result),
    ...(result.tls === undefined ? [] : handshakeTalk(request, result.tls)),
    ...requestTalk(request, response.version),
    ...afterRequestTalk(result.tls),
    ...(options.body === undefined ? [] : [`} [${utf8Length(options.body)} bytes data]`]),
    ...head.map((line) => `< ${line}`),
    ...(body === 'saved' && size > 0 && !options.headOnly ? [`{ [${size} bytes data]`] : []),
  ]
  const verbose = (text: readonly string[]) =>
    options.verbose ? [err(text.map((line) => `${line}\n`).join(''))] : []
  return [
    ...verbose(lines),
    ...(options.include ? [out(head.map((line) => `${line}\n`).join(''))] : []),
    ...(body === 'ignored' || options.headOnly ? [] : [out(response.body)]),
    ...verbose([`* Connection #${connection} to host ${shownHost(request)} left intact`]),
  ]
}

/** What `-v` tells of a request that failed: how far it came, why it ended. */
export function failureTalk(
  request: CurlRequest,
  result: Result,
  reasons: readonly string[],
): readonly Chunk[] {
  if (!request.options.verbose) return []
  const { connection } = request
  if (result.kind === 'tls-failed') {
    const talk = failedHandshakeTalk(request, result, reasons.join())
    const all = [...connectTalk(request, result), connectedTalk(request, result), ...talk]
    return [err(all.map((line) => `${line}\n`).join(''))]
  }
  const reached = result.kind === 'connect-failed' ? result : undefined
  const wasConnected = reached?.error === 'empty-reply' || reached?.error === 'reset'
  const lines = [
    ...(reached === undefined ? [] : connectTalk(request, reached)),
    ...(reached !== undefined && wasConnected
      ? [connectedTalk(request, reached), ...requestTalk(request)]
      : []),
    ...reasons.map((reason) => `* ${reason}`),
    `* Closing connection ${connection}`,
  ]
  return [err(lines.map((line) => `${line}\n`).join(''))]
}

/** Where `--connect-to` leads instead of the URL's host and port. */
export function connectTarget(
  options: CurlOptions,
  url: Url,
): { readonly host: string; readonly port: number } | undefined {
  const entry = options.connectTo.find(
    (each) =>
      (each.host === '' || each.host === url.host) && (each.port === '' || Number(each.port) === url.port),
  )
  if (entry === undefined) return undefined
  return { host: entry.toHost === '' ? url.host : entry.toHost, port: Number(entry.toPort) || url.port }
}

/** The address that `--resolve` gives to the URL's host. */
export function resolvedAddress(options: CurlOptions, url: Url): string | undefined {
  return options.resolve.find((entry) => entry.host === url.host && entry.port === url.port)?.address
}

/** curl 7.88 prints a null pointer where `--connect-to` named an address. */
function shownHost({ options, url }: CurlRequest): string {
  return connectTarget(options, url) === undefined ? url.host : '(nil)'
}

function connectTalk(
  { options, url }: CurlRequest,
  result: { readonly address: string; readonly port: number },
): readonly string[] {
  const resolved = resolvedAddress(options, url)
  const cached =
    resolved === undefined
      ? []
      : [
          `* Added ${url.host}:${url.port}:${resolved} to DNS cache`,
          `* Hostname ${url.host} was found in DNS cache`,
        ]
  const target = connectTarget(options, url)
  const diverted =
    target === undefined
      ? []
      : [`* Connecting to hostname: ${target.host}`, `* Connecting to port: ${target.port}`]
  return [...cached, ...diverted, `*   Trying ${result.address}:${result.port}...`]
}

function connectedTalk(
  request: CurlRequest,
  { address, port }: { readonly address: string; readonly port: number },
): string {
  return `* Connected to ${shownHost(request)} (${address}) port ${port} (#${request.connection})`
}

/** For HTTP/2 curl lowers the names in the very text that it prints, but for Host. */
function requestTalk(
  { options, url, headers }: CurlRequest,
  version: 'HTTP/2' | 'HTTP/1.1' = 'HTTP/1.1',
): readonly string[] {
  const lines = headers.map(({ name, text }, index) =>
    version === 'HTTP/2' && index > 0 ? name.toLowerCase() + text.slice(name.length) : text,
  )
  return [`${options.method} ${url.target} ${version}`, ...lines, ''].map((line) => `> ${line}`)
}
