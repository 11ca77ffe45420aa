/** Sends a request for a program, from where it runs, with the chances of this terminal's next number. */
import type { TraceRequest } from '../sim/trace/request.ts'
import type { Trace } from '../sim/trace/trace.ts'
import type { Invocation } from './program.ts'
import type { ShellSession } from './session.ts'

/** The trace, and the session that has counted it. */
export interface Sent {
  readonly trace: Trace
  readonly session: ShellSession
}

/** `session` is the call's own, or that of an earlier request of the same program. */
export function sendRequest(
  call: Pick<Invocation, 'lab' | 'at' | 'faults'>,
  session: ShellSession,
  request: Omit<TraceRequest, 'from' | 'seed'>,
): Sent {
  const seed = call.lab.cluster.seed + session.requestsSent
  const trace = call.lab.send({
    ...request,
    from: call.at,
    seed,
    ...(call.faults.length > 0 && { faults: call.faults }),
  })
  return { trace, session: { ...session, requestsSent: session.requestsSent + 1 } }
}
