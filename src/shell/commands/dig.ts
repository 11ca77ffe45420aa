/** dig of BIND: 9.18 on Debian 12, 9.20 in Alpine; the texts are the same. */
import type { Result, Trace } from '../../sim/trace/trace.ts'
import { readDigOptions, type DigOptions } from '../dig/dig-options.ts'
import { printBanner, printReply } from '../dig/print-reply.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { printUnmodelled } from '../print-unmodelled.ts'
import { sendRequest } from '../send-request.ts'

/** Exit code 0 for every answer, 9 without one, 10 for what cannot be asked. */
export function dig(call: Invocation): Outcome {
  const read = readDigOptions(call.args)
  const version = call.machine.userland === 'gnu' ? '9.18.33-1~deb12u2-Debian' : '9.20.29'
  if (!read.ok) return finish(1, err(read.message))
  if ('version' in read) return finish(0, out(`DiG ${version}\n`))
  const { options } = read
  if (options.server !== undefined && !isOwnServer(call, options.server)) {
    return finish(10, err(`podpath: asking another server (@${options.server}) is not simulated\n`))
  }
  const { trace, session } = sendRequest(call, call.session, {
    url: `dig ${options.name} ${options.type}`,
    method: 'GET',
    headers: [],
    program: 'dig',
    search: options.search,
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  })
  return { ...report(call, trace, options, version), traces: [trace], session }
}

function report(call: Invocation, trace: Trace, options: DigOptions, version: string): Outcome {
  const { result } = trace
  const banner = options.sections.cmd && !options.short ? printBanner(call.args, version, options) : ''
  const unmodelled = printUnmodelled(result)
  if (unmodelled !== undefined) return finish(9, err(unmodelled))
  if (result.kind !== 'dns' || result.error === 'illegal-name') {
    return finish(10, err(`dig: '${options.name}' is not a legal name${flawOf(options.name)}\n`))
  }
  if (result.reply === undefined) {
    const tries = communicationErrors(result, options)
    return finish(9, out(`${tries}${banner};; no servers could be reached\n`))
  }
  const reply = {
    message: result.reply,
    server: result.server,
    transport: result.transport,
    queryMs: result.afterMs,
    receivedAtMs: trace.endedAtMs,
    bytes: replyBytes(trace),
  }
  return finish(0, out(banner + printReply(reply, options)))
}

/** `@10.96.0.10` where that is the name server anyway. */
function isOwnServer(call: Invocation, server: string): boolean {
  return (call.lab.resolvConf(call.at) ?? '')
    .split('\n')
    .some((line) => line.trim() === `nameserver ${server}`)
}

function communicationErrors(result: Extract<Result, { kind: 'dns' }>, options: DigOptions): string {
  const why = result.error === 'refused' ? 'connection refused' : 'timed out'
  return `;; communications error to ${result.server}#53: ${why}\n`.repeat(options.tries)
}

/** The size of the last reply that travelled: dig prints that one. */
function replyBytes(trace: Trace): number {
  const last = trace.hops.findLast(
    (hop) =>
      hop.direction === 'reply' && hop.after.payload?.protocol === 'DNS' && hop.after.payload.bytes > 0,
  )
  return last?.after.payload?.bytes ?? 0
}

function flawOf(name: string): string {
  if (name.includes('..') || name.startsWith('.')) return ' (empty label)'
  return name.split('.').some((label) => label.length > 63) ? ' (label too long)' : ''
}
