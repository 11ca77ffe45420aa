/** GNU Wget 1.21 (src/http.c, src/connect.c, src/retr.c, src/progress.c), in the C locale. */
import type { HttpResponse, Trace } from '../../sim/trace/trace.ts'
import { err, finish, type Chunk, type Invocation, type Outcome } from '../program.ts'
import { printTimestamp } from '../print-time.ts'
import { sendRequest } from '../send-request.ts'
import type { ShellSession } from '../session.ts'
import { hostHeader, printUrl, readUrl, resolveLocation, type Url } from '../url.ts'
import { utf8Length } from '../utf8-length.ts'
import { printProgress } from '../wget/progress.ts'
import { saveDocument } from '../wget/save-document.ts'
import { awaiting, failureOf, headerOf, lengthLine, resolving } from '../wget/try-texts.ts'
import { readWgetOptions, type WgetOptions } from '../wget/wget-options.ts'

const version = '1.21.3'
const mostRedirects = 20

/** One URL after the other. Exit code 4: network, 8: the server answered with an error. */
export function wget(call: Invocation): Outcome {
  const read = readWgetOptions(call.args)
  const advice = "Usage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n"
  if (!read.ok) return finish(2, err(`wget: unrecognized option '${read.option}'\n${advice}`))
  if (read.options.urls.length === 0) return finish(1, err(`wget: missing URL\n${advice}`))
  let done: Fetched = { chunks: [], traces: [], session: call.session, exitCode: 0 }
  for (const text of read.options.urls) {
    const next = fetchUrl({ ...call, session: done.session }, read.options, text, 1, 0)
    done = {
      chunks: [...done.chunks, ...next.chunks],
      traces: [...done.traces, ...next.traces],
      session: next.session,
      exitCode: next.exitCode === 0 ? done.exitCode : next.exitCode,
    }
  }
  const chunks = read.options.quiet ? done.chunks.filter((chunk) => chunk.stream === 'stdout') : done.chunks
  return { ...done, chunks }
}

interface Fetched {
  readonly chunks: readonly Chunk[]
  readonly traces: readonly Trace[]
  readonly session: ShellSession
  readonly exitCode: number
}

/** One try at a URL, and what follows from it: the next try after a time-out, the next URL after a redirect. */
function fetchUrl(
  call: Invocation,
  options: WgetOptions,
  text: string,
  attempt: number,
  redirects: number,
): Fetched {
  const read = readUrl(text)
  if (!read.ok) {
    const problem = read.problem === 'scheme' ? `Unsupported scheme '${read.scheme}'` : 'Invalid host name'
    return { chunks: [err(`${text}: ${problem}.\n`)], traces: [], session: call.session, exitCode: 1 }
  }
  const { url } = read
  const { trace, session } = send(call, options, url)
  const tryText = attempt > 1 ? `(try:${String(attempt).padStart(2)}) ` : ''
  const head = `--${printTimestamp(trace.startedAtMs)}--  ${tryText}${printUrl(url)}\n`
  const spider =
    options.spider && attempt === 1 && redirects === 0
      ? 'Spider mode enabled. Check if remote file exists.\n'
      : ''
  const begun = [err(spider + head + resolving(url, trace.result))]
  const after = { ...call, session }
  if (trace.result.kind === 'http') {
    const { response } = trace.result
    const location = locationOf(response)
    if (location !== undefined && redirects < mostRedirects) {
      const next = resolveLocation(location, url)
      const rest = fetchUrl(after, options, next, 1, redirects + 1)
      const told = `${awaiting(response, options.serverResponse)}Location: ${location} [following]\n`
      return { ...rest, chunks: [...begun, err(told), ...rest.chunks], traces: [trace, ...rest.traces] }
    }
    const done = received(after, options, url, response, trace)
    return { ...done, chunks: [...begun, ...done.chunks], traces: [trace] }
  }
  const problem = failureOf(trace.result, url)
  if (!problem.retry || attempt >= options.tries) {
    const end = problem.retry ? 'Giving up.\n\n' : ''
    return {
      chunks: [...begun, err(problem.text + end)],
      traces: [trace],
      session,
      exitCode: problem.exitCode ?? 4,
    }
  }
  const rest = fetchUrl(after, options, text, attempt + 1, redirects)
  const told = err(`${problem.text}Retrying.\n\n`)
  return { ...rest, chunks: [...begun, told, ...rest.chunks], traces: [trace, ...rest.traces] }
}

function send(call: Invocation, options: WgetOptions, url: Url) {
  return sendRequest(call, call.session, {
    url: printUrl(url),
    method: options.spider ? 'HEAD' : options.postData === undefined ? 'GET' : 'POST',
    trust: { isInsecure: options.insecure },
    headers: [
      ['Host', hostHeader(url)],
      ['User-Agent', options.userAgent ?? `Wget/${version}`],
      ['Accept', '*/*'],
      ['Accept-Encoding', 'identity'],
      ['Connection', 'Keep-Alive'],
      ...options.headers,
    ],
    program: 'wget',
    ...(options.postData !== undefined && { body: options.postData }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  })
}

function received(
  call: Invocation,
  options: WgetOptions,
  url: Url,
  response: HttpResponse,
  trace: Trace,
): Omit<Fetched, 'traces'> {
  const { session } = call
  const head = awaiting(response, options.serverResponse)
  if (response.status >= 400) {
    const end = options.spider
      ? response.status === 404
        ? 'Remote file does not exist -- broken link!!!\n\n'
        : '\n'
      : `${printTimestamp(trace.endedAtMs)} ERROR ${response.status}: ${response.reason}.\n\n`
    return { chunks: [err(head + end)], session, exitCode: 8 }
  }
  const described = head + lengthLine(response)
  if (options.spider) {
    const end =
      'Remote file exists and could contain further links,\nbut recursion is disabled -- not retrieving.\n\n'
    return { chunks: [err(described + end)], session, exitCode: 0 }
  }
  const saved = saveDocument(call, options, url.target, response.body)
  if (saved.failed) {
    return { chunks: [err(`${head}${saved.name}: No such file or directory\n`)], session, exitCode: 1 }
  }
  const bytes = utf8Length(response.body)
  const isStdout = saved.name === '-'
  const progress = printProgress({ name: saved.name, bytes, tty: call.tty, spanMs: transferMs(trace) })
  const end = isStdout ? 'written to stdout' : `'${saved.name}' saved`
  const total = headerOf(response, 'content-length') === undefined ? `[${bytes}]` : `[${bytes}/${bytes}]`
  return {
    chunks: [
      err(`${described}Saving to: '${isStdout ? 'STDOUT' : saved.name}'\n\n`),
      ...saved.chunks,
      err(`${progress.text}\n${printTimestamp(trace.endedAtMs)} (${progress.rate}) - ${end} ${total}\n\n`),
    ],
    session: saved.session,
    exitCode: 0,
  }
}

/** The body's own time: how long the packet that carried it was on its way. */
function transferMs(trace: Trace): number {
  const received = trace.hops.findLast(
    (hop) => hop.kind === 'receive' && hop.message?.kind === 'http-response',
  )
  const sent = trace.hops.find((hop) => hop.packetId === received?.packetId)
  return Math.max(0.01, (received?.atMs ?? 0) - (sent?.atMs ?? 0))
}

function locationOf(response: HttpResponse): string | undefined {
  return [301, 302, 303, 307, 308].includes(response.status) ? headerOf(response, 'location') : undefined
}
