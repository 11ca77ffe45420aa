/** curl 7.88 (Debian 12), as on a terminal: no progress meter. */
import type { HttpResponse, Result, Trace } from '../../sim/trace/trace.ts'
import { curlFailure } from '../curl/curl-errors.ts'
import { readCurlOptions, type CurlOptions } from '../curl/curl-options.ts'
import { curlHeaders } from '../curl/curl-request.ts'
import {
  connectTarget,
  failureTalk,
  resolvedAddress,
  responseTalk,
  type CurlRequest,
} from '../curl/curl-talk.ts'
import { headerOf, writeOutFields } from '../curl/write-out-fields.ts'
import { expandWriteOut } from '../curl/write-out.ts'
import { absolutePath, isDirectory, readText, writeText } from '../files.ts'
import { err, finish, out, textOf, type Chunk, type Invocation, type Outcome } from '../program.ts'
import { printUnmodelled } from '../print-unmodelled.ts'
import { sendRequest, type Sent } from '../send-request.ts'
import type { ShellSession } from '../session.ts'
import { printUrl, readUrl, resolveLocation } from '../url.ts'

const version = '7.88.1'

/** How many redirects `-L` follows. */
const mostRedirects = 50

/** One URL after the other; the exit code is the last one's. */
export function curl(call: Invocation): Outcome {
  const read = readCurlOptions(call.args)
  if (!read.ok) return finish(read.exitCode, err(read.message))
  const { options } = read
  if (options.urls.length === 0)
    return finish(0, out(`curl ${version} (x86_64-pc-linux-gnu) libcurl/${version}\n`))
  const chunks: Chunk[] = []
  const traces: Trace[] = []
  let session = call.session
  let exitCode = 0
  for (const [connection, url] of options.urls.entries()) {
    const done = transfer({ ...call, session }, options, url, connection, 0)
    chunks.push(...done.chunks)
    traces.push(...done.traces)
    session = done.session
    exitCode = done.exitCode
  }
  return { chunks, traces, session, exitCode }
}

interface Transferred {
  readonly chunks: readonly Chunk[]
  readonly traces: readonly Trace[]
  readonly session: ShellSession
  readonly exitCode: number
}

/** One URL, and the redirects that it leads to. `connection` is the number of the connection in curl's talk. */
function transfer(
  call: Invocation,
  options: CurlOptions,
  text: string,
  connection: number,
  redirects: number,
): Transferred {
  const nothingSent = { traces: [], session: call.session }
  const read = readUrl(text)
  if (!read.ok) {
    return read.problem === 'scheme'
      ? {
          ...nothingSent,
          ...failed(options, 1, `Protocol "${read.scheme}" not supported or disabled in libcurl`),
        }
      : { ...nothingSent, ...failed(options, 3, 'URL using bad/illegal format or missing URL') }
  }
  const { url } = read
  if (url.scheme === 'https' && !options.insecure && authorities(call, options) === '')
    return { ...nothingSent, ...failed(options, 77, `error setting certificate file: ${options.cacert}`) }
  const request: CurlRequest = { options, url, headers: curlHeaders(options, url, version), connection }
  const { trace, session } = send(call, request)
  const { result } = trace
  const unmodelled = printUnmodelled(result)
  if (unmodelled !== undefined) return { chunks: [err(unmodelled)], exitCode: 7, traces: [trace], session }
  const written = writeOut(request, trace, redirects)
  const failure = curlFailure(result, url, options)
  if (failure !== undefined || result.kind !== 'http') {
    const { exitCode, message, talk, advice } = failure ?? { exitCode: 1, message: '', talk: [], advice: '' }
    const said = failed(options, exitCode, message, advice)
    const chunks = [...failureTalk(request, result, talk), ...said.chunks, ...written]
    return { chunks, exitCode, traces: [trace], session }
  }
  const location = redirectOf(options, result.response)
  if (location === undefined) {
    const received = receive({ ...call, session }, request, result)
    return { ...received, chunks: [...received.chunks, ...written], traces: [trace] }
  }
  if (redirects === mostRedirects) {
    const said = failed(options, 47, `Maximum (${mostRedirects}) redirects followed`)
    return { ...said, traces: [trace], session }
  }
  const next = resolveLocation(location, url)
  const target = readUrl(next)
  const isElsewhere = target.ok && target.url.port !== url.port
  const rest = transfer(
    { ...call, session },
    options,
    next,
    isElsewhere ? connection + 1 : connection,
    redirects + 1,
  )
  const shown = target.ok ? printUrl(target.url) : next
  const moved = isElsewhere ? `* Clear auth, redirects to port from ${url.port} to ${target.url.port}\n` : ''
  const issued = options.verbose ? [err(`${moved}* Issue another request to this URL: '${shown}'\n`)] : []
  return {
    ...rest,
    chunks: [...responseTalk(request, result, 'ignored'), ...issued, ...rest.chunks],
    traces: [trace, ...rest.traces],
  }
}

/** `--resolve` and `--connect-to` say where to go, so the URL's name is not asked for; it stays in Host and SNI. */
function send(call: Invocation, { options, url, headers }: CurlRequest): Sent {
  const pem = authorities(call, options)
  const limits = [options.maxTimeMs, options.connectTimeoutMs].filter((limit) => limit !== undefined)
  return sendRequest(call, call.session, {
    url: printUrl({
      ...url,
      host: resolvedAddress(options, url) ?? url.host,
      ...connectTarget(options, url),
    }),
    method: options.method,
    headers: headers.map(({ name, value }) => [name, value] as const),
    program: 'curl',
    ...(options.body !== undefined && { body: options.body }),
    ...(url.scheme === 'https' && {
      sni: url.host,
      http1: options.http1,
      trust: { isInsecure: options.insecure, ...(pem !== undefined && { authorities: pem }) },
    }),
    ...(limits.length > 0 && { timeoutMs: Math.min(...limits) }),
  })
}

/** The text of `--cacert`; `''`: a file that is not there, or without a certificate. */
function authorities(call: Invocation, { cacert }: CurlOptions): string | undefined {
  if (cacert === undefined) return undefined
  const text = readText(call, absolutePath(call, cacert)) ?? ''
  return text.includes('-----BEGIN CERTIFICATE-----') ? text : ''
}

function redirectOf(options: CurlOptions, response: HttpResponse): string | undefined {
  const isRedirect = options.follow && [301, 302, 303, 307, 308].includes(response.status)
  return isRedirect ? headerOf(response, 'location') : undefined
}

/** A response: the talk, the headers with `-i`, the body to the terminal or into the file. */
function receive(
  call: Invocation,
  request: CurlRequest,
  result: Extract<Result, { kind: 'http' }>,
): Omit<Transferred, 'traces'> {
  const { options } = request
  const { session } = call
  const isSaved = options.output !== undefined && options.output !== '-'
  const talked = responseTalk(request, result, isSaved ? 'saved' : 'shown')
  const told = talked.filter((chunk) => chunk.stream === 'stderr')
  if (options.fail && result.response.status >= 400) {
    const said = failed(options, 22, `The requested URL returned error: ${result.response.status}`)
    return { chunks: [...told, ...said.chunks], session, exitCode: 22 }
  }
  if (!isSaved) return { chunks: talked, session, exitCode: 0 }
  const path = absolutePath(call, options.output)
  if (isDirectory(call, path.slice(0, path.lastIndexOf('/')) || '/')) {
    const saved = writeText(session, call.machine, path, textOf(talked, 'stdout'))
    return { chunks: told, session: saved, exitCode: 0 }
  }
  const warning = `Warning: Failed to open the file ${options.output}: No such file or directory\n`
  const said = failed(options, 23, 'Failure writing output to destination')
  return { chunks: [...(options.silent ? [] : [err(warning)]), ...said.chunks], session, exitCode: 23 }
}

/** The last line of a failure; `-s` hides it and `-S` shows it again. */
function failed(options: CurlOptions, exitCode: number, message: string, advice = '') {
  const isHidden = options.silent && !options.showError
  return { exitCode, chunks: isHidden ? [] : [err(`curl: (${exitCode}) ${message}\n${advice}`)] }
}

function writeOut(request: CurlRequest, trace: Trace, redirects: number): readonly Chunk[] {
  const format = request.options.writeOut
  if (format === undefined) return []
  const expanded = expandWriteOut(format, writeOutFields(request, trace, redirects))
  return [
    ...expanded.unknown.map((name) => err(`curl: unknown --write-out variable: '${name}'\n`)),
    out(expanded.text),
  ]
}
