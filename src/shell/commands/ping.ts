/** ping of iputils (ping/ping.c, ping_common.c). Sequence numbers start at 1. */
import type { Result } from '../../sim/trace/trace.ts'
import { countUntilInterrupted, readPingOptions, type PingOptions } from '../ping-options.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { sendRequest } from '../send-request.ts'

type Pinged = Extract<Result, { kind: 'ping' }>
type Echo = Pinged['echoes'][number]

/** Exit code 0 when an answer came, 1 when none, 2 for errors. */
export function ping(call: Invocation): Outcome {
  const read = readPingOptions(call.args)
  if (!read.ok) {
    if (read.problem === 'missing') return finish(1, err('ping: usage error: Destination address required\n'))
    if (read.problem === 'bad-count') return finish(1, err(`ping: invalid argument: '${read.option}'\n`))
    return finish(2, err(`ping: invalid option -- '${read.option.slice(1)}'\n`))
  }
  const { options } = read
  const { trace, session } = sendRequest(call, call.session, {
    url: `ping ${options.host}`,
    method: 'GET',
    headers: [],
    program: 'ping',
    count: options.count ?? countUntilInterrupted,
    ...(options.waitMs !== undefined && { timeoutMs: options.waitMs }),
  })
  const { result } = trace
  return { ...outcomeOf(result, options), traces: [trace], session }
}

function outcomeOf(result: Result, options: PingOptions): Outcome {
  if (result.kind !== 'ping') return finish(2, err(`ping: ${options.host}: ${nameProblem(result)}\n`))
  const text = result.echoes[0]?.error?.text ?? ''
  if (withoutWay.includes(text)) return finish(2, err(`ping: connect: ${text}\n`))
  return finish(result.echoes.some(isAnswered) ? 0 : 1, out(printPing(result, options)))
}

/** Where the kernel has no way to the address, asking it for a source address fails before anything is sent. */
const withoutWay: readonly string[] = ['Network is unreachable', 'Invalid argument']

/** The whole text. */
export function printPing(result: Pinged, options: PingOptions): string {
  const { payloadBytes } = options
  const answered = result.echoes.filter(isAnswered)
  const errors = result.echoes.filter((echo) => echo.error !== undefined).length
  const sent = result.echoes.length
  const percent = sent === 0 ? 0 : Math.floor(((sent - answered.length) * 100) / sent)
  const spanMs = (sent - 1) * 1000 + Math.round(answered.at(-1)?.rttMs ?? 0)
  const counted = `${sent} packets transmitted, ${answered.length} received`
  return [
    `PING ${result.name} (${result.address}) ${payloadBytes}(${payloadBytes + 28}) bytes of data.`,
    ...(options.quiet ? [] : result.echoes.flatMap((echo) => echoLines(echo, result, payloadBytes))),
    ...(options.count === undefined ? ['^C'] : ['']),
    `--- ${result.name} ping statistics ---`,
    `${counted}${errors > 0 ? `, +${errors} errors` : ''}, ${percent}% packet loss, time ${spanMs}ms`,
    answered.length > 0 ? roundTrips(answered.map((echo) => echo.rttMs ?? 0)) : '',
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function echoLines(echo: Echo, result: Pinged, payloadBytes: number): readonly string[] {
  if (echo.error !== undefined) {
    return [`From ${echo.error.from} icmp_seq=${echo.sequence + 1} ${echo.error.text}`]
  }
  if (echo.rttMs === undefined) return []
  const head = `${payloadBytes + 8} bytes from ${result.address}: icmp_seq=${echo.sequence + 1}`
  return [`${head} ttl=${echo.ttl ?? 0} time=${printRtt(echo.rttMs)} ms`]
}

/** Four digits at the most: `0.081`, `1.25`, `12.5`, `125`. */
function printRtt(rttMs: number): string {
  return rttMs.toFixed(rttMs < 1 ? 3 : rttMs < 10 ? 2 : rttMs < 100 ? 1 : 0)
}

function roundTrips(times: readonly number[]): string {
  const average = times.reduce((sum, time) => sum + time, 0) / times.length
  const variance = times.reduce((sum, time) => sum + time * time, 0) / times.length - average * average
  const values = [Math.min(...times), average, Math.max(...times), Math.sqrt(Math.max(0, variance))]
  return `rtt min/avg/max/mdev = ${values.map((value) => value.toFixed(3)).join('/')} ms`
}

function nameProblem(result: Exclude<Result, { kind: 'ping' }>): string {
  if (result.kind !== 'name-failed') return 'Name or service not known'
  switch (result.error) {
    case 'illegal':
      // EAI_IDN_ENCODE, in the C locale that a container has.
      return /^[\0-\x7f]*$/.test(result.name)
        ? 'Name or service not known'
        : 'Parameter string not correctly encoded'
    case 'not-found':
      return 'Name or service not known'
    case 'try-again':
      return 'Temporary failure in name resolution'
    case 'no-data':
      return 'No address associated with hostname'
  }
}

function isAnswered(echo: Echo): boolean {
  return echo.rttMs !== undefined
}
