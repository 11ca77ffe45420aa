/** ping of BusyBox (networking/ping.c). Sequence numbers start at 0; after the last request it waits 10 s, or as `-W` says. */
import type { Result } from '../../sim/trace/trace.ts'
import { countUntilInterrupted, readPingOptions, type PingOptions } from '../ping-options.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { sendRequest } from '../send-request.ts'

type Pinged = Extract<Result, { kind: 'ping' }>

const usage = 'BusyBox v1.37.0 multi-call binary.\n\nUsage: ping [OPTIONS] HOST\n'

/** Exit code 0 when an answer came. */
export function busyboxPing(call: Invocation): Outcome {
  const read = readPingOptions(call.args)
  if (!read.ok) {
    const head = read.problem === 'unknown' ? `ping: unrecognized option: ${read.option.slice(1)}\n` : ''
    return finish(
      1,
      err(read.problem === 'bad-count' ? `ping: invalid number '${read.option}'\n` : head + usage),
    )
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
  const done =
    result.kind === 'ping'
      ? finish(result.echoes.some(isAnswered) ? 0 : 1, out(printBusyboxPing(result, options)))
      : finish(1, err(`ping: bad address '${options.host}'\n`))
  return { ...done, traces: [trace], session }
}

/** The whole text. */
export function printBusyboxPing(result: Pinged, options: PingOptions): string {
  const { host, payloadBytes } = options
  const answered = result.echoes.filter(isAnswered)
  const lost = result.echoes.length - answered.length
  const percent = result.echoes.length === 0 ? 0 : Math.floor((lost * 100) / result.echoes.length)
  const times = answered.map((echo) => echo.rttMs ?? 0)
  const average = times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length)
  const range = [Math.min(...times), average, Math.max(...times)].map((time) => time.toFixed(3)).join('/')
  return [
    `PING ${host} (${result.address}): ${payloadBytes} data bytes`,
    ...(options.quiet ? [] : answered.map((echo) => echoLine(echo, result, payloadBytes))),
    ...(options.count === undefined ? ['^C'] : ['']),
    `--- ${host} ping statistics ---`,
    `${result.echoes.length} packets transmitted, ${answered.length} packets received, ${percent}% packet loss`,
    ...(times.length > 0 ? [`round-trip min/avg/max = ${range} ms`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function echoLine(echo: Pinged['echoes'][number], result: Pinged, payloadBytes: number): string {
  const head = `${payloadBytes + 8} bytes from ${result.address}: seq=${echo.sequence}`
  return `${head} ttl=${echo.ttl ?? 0} time=${(echo.rttMs ?? 0).toFixed(3)} ms`
}

function isAnswered(echo: Pinged['echoes'][number]): boolean {
  return echo.rttMs !== undefined
}
