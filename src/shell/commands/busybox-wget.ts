/** wget of BusyBox 1.35–1.37 (networking/wget.c, libbb/progress.c), on a terminal of 80 columns. */
import type { HttpResponse, Result } from '../../sim/trace/trace.ts'
import { err, finish, type Chunk, type Invocation, type Outcome } from '../program.ts'
import { printUnmodelled } from '../print-unmodelled.ts'
import { sendRequest } from '../send-request.ts'
import { hostHeader, printUrl, readUrl, type Url } from '../url.ts'
import { utf8Length } from '../utf8-length.ts'
import { saveDocument } from '../wget/save-document.ts'
import { readWgetOptions, type WgetOptions } from '../wget/wget-options.ts'

const usage =
  'BusyBox v1.37.0 multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n'

/** One document. Every failure is exit code 1. */
export function busyboxWget(call: Invocation): Outcome {
  const read = readWgetOptions(call.args)
  if (!read.ok)
    return finish(1, err(`wget: unrecognized option: ${read.option.replace(/^-+/, '')}\n${usage}`))
  const [text] = read.options.urls
  if (text === undefined) return finish(1, err(usage))
  const url = readUrl(text)
  if (!url.ok) return finish(1, err(`wget: not an http or ftp url: ${text}\n`))
  return fetchDocument(call, read.options, url.url)
}

function fetchDocument(call: Invocation, options: WgetOptions, url: Url): Outcome {
  const { trace, session } = sendRequest(call, call.session, {
    url: printUrl(url),
    method: options.postData === undefined ? 'GET' : 'POST',
    headers: [
      ['Host', hostHeader(url)],
      ['User-Agent', options.userAgent ?? 'Wget'],
      ['Connection', 'close'],
      ...options.headers,
    ],
    program: 'busybox-wget',
    ...(options.postData !== undefined && { body: options.postData }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  })
  const { result } = trace
  const done =
    result.kind === 'http'
      ? received({ ...call, session }, options, url, result)
      : { exitCode: 1, chunks: failureOf(result, options, url), session }
  return { ...done, traces: [trace] }
}

function received(
  call: Invocation,
  options: WgetOptions,
  url: Url,
  result: Extract<Result, { kind: 'http' }>,
): Outcome {
  const { response } = result
  const said = (text: string) => (options.quiet ? [] : [err(text)])
  const before = [
    ...said(connecting(url, result.address, result.port)),
    ...(options.serverResponse ? [err(printResponse(response))] : []),
  ]
  if (response.status >= 300) {
    const problem = `wget: server returned error: HTTP/1.1 ${response.status} ${response.reason}\n`
    return { ...finish(1, ...before, err(problem)), session: call.session }
  }
  if (options.spider)
    return { ...finish(0, ...before, ...said('remote file exists\n')), session: call.session }
  const saved = saveDocument(call, options, url.target, response.body)
  if (saved.failed)
    return finish(1, ...before, err(`wget: can't open '${saved.name}': No such file or directory\n`))
  const isStdout = saved.name === '-'
  return {
    ...finish(
      0,
      ...before,
      ...said(isStdout ? 'writing to stdout\n' : `saving to '${saved.name}'\n`),
      ...saved.chunks,
      ...said(progressBar(saved.name, utf8Length(response.body))),
      ...said(isStdout ? 'written to stdout\n' : `'${saved.name}' saved\n`),
    ),
    session: saved.session,
  }
}

/** The last state of the progress line; those before it were written over. */
function progressBar(name: string, bytes: number): string {
  const size =
    bytes < 1_000_000 ? `${String(bytes).padStart(6)} ` : `${String(Math.floor(bytes / 1024)).padStart(6)}k`
  return `${name.slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}|${size} 0:00:00 ETA\n`
}

function connecting(url: Url, address: string, port: number): string {
  const host = url.portGiven ? `${url.host}:${url.port}` : url.host
  return `Connecting to ${host} (${address.includes(':') ? `[${address}]` : address}:${port})\n`
}

function printResponse(response: HttpResponse): string {
  const lines = [
    `HTTP/1.1 ${response.status} ${response.reason}`,
    ...response.headers.map(([name, value]) => `${name}: ${value}`),
    '',
  ]
  return lines.map((line) => `  ${line}\n`).join('')
}

function failureOf(
  result: Exclude<Result, { kind: 'http' }>,
  options: WgetOptions,
  url: Url,
): readonly Chunk[] {
  const unmodelled = printUnmodelled(result, 'wget')
  if (unmodelled !== undefined) return [err(unmodelled)]
  switch (result.kind) {
    case 'name-failed':
      return [err(`wget: bad address '${url.host}'\n`)]
    case 'connect-failed': {
      const head = options.quiet ? [] : [err(connecting(url, result.address, result.port))]
      return [...head, err(`wget: ${connectProblem(result, options)}\n`)]
    }
    case 'tls-failed':
    case 'not-modelled':
    case 'client-gone':
    case 'bad-request':
    case 'connected':
    case 'delivered':
    case 'ping':
    case 'dns':
      return [err(`wget: bad address '${url.host}'\n`)]
  }
}

function connectProblem(result: Extract<Result, { kind: 'connect-failed' }>, options: WgetOptions): string {
  const failed = (why: string) => `can't connect to remote host (${result.address}): ${why}`
  switch (result.error) {
    case 'refused':
      return failed('Connection refused')
    case 'unreachable':
      return failed('Host is unreachable')
    case 'timed-out':
      return options.timeoutMs === undefined ? failed('Operation timed out') : 'download timed out'
    case 'unknown':
      return failed('not modelled')
    case 'reset':
      return 'error getting response: Connection reset by peer'
    case 'empty-reply':
      return 'error getting response'
  }
}
