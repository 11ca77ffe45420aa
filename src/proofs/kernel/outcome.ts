/** How a flow came out, in what sockets can tell on a real machine and hops in a simulated one. */
import { hasPorts } from '../../sim/network/packet.ts'
import type { Hop, Trace } from '../../sim/trace/trace.ts'
import type { Answer, Datagram } from './agent.ts'

/** A flow: who sends, and what. `url`: `tcp://ADDRESS:PORT`, `udp://…`, `ping ADDRESS`. */
export interface Flow {
  readonly from: string
  readonly url: string
}

/**
 * One line that both worlds can give:
 *
 *     default/web-4 saw 172.31.1.2, port kept
 *     refused
 *     unreachable
 *     not permitted
 *     silence
 *
 * Refused: a RST, or an ICMP error that counts as one. Unreachable: an error that says so, or a system call that fails for want of a
 * way. Not permitted: a rule of the sender's own host takes the packet, and sending it fails.
 */
export type OutcomeLine = string

/** How long a real flow waits for an answer, in milliseconds: far longer than one takes between namespaces. */
export const PATIENCE_MS = 400

/** Of a trace. What the simulator would tell only after {@link PATIENCE_MS} is silence, as it is for the real flow. */
export function simulatedOutcome(trace: Trace): OutcomeLine {
  const taken = trace.hops.findLast(isTaken)
  if (taken !== undefined && ['answered', 'unknown'].includes(trace.verdict.kind))
    return takenLine(trace, taken)
  const heard = trace.hops.find((hop) => hop.kind === 'receive' && hop.phase === 'drop')
  if (heard === undefined || heard.atMs - trace.startedAtMs > PATIENCE_MS) return 'silence'
  const { before } = heard
  if (heard.title.id === 'hop.not-sent.title') return 'unreachable'
  if (heard.title.id === 'hop.not-permitted.title') return 'not permitted'
  if (isRejectedAtHome(trace, heard)) return 'not permitted'
  return hasPorts(before) || before.code === 3 ? 'refused' : 'unreachable'
}

/** Of real sockets. A datagram's taker tells of itself; its sender may hear nothing. */
export function realOutcome(flow: Flow, answer: Answer, datagram: Datagram | undefined): OutcomeLine {
  if (datagram !== undefined)
    return seenLine(datagram, answer.kind === 'failed' ? undefined : localPort(answer))
  switch (answer.kind) {
    case 'answered':
      return flow.url.startsWith('ping') ? 'answered' : seenLine(answer, answer.localPort)
    case 'failed':
      return failures[answer.code] ?? `failed: ${answer.code}`
    case 'timed-out':
      return 'silence'
    case 'listening':
    case 'released':
      return `failed: ${answer.kind}`
  }
}

const failures: Readonly<Record<string, OutcomeLine>> = {
  ECONNREFUSED: 'refused',
  EPERM: 'not permitted',
  'Operation not permitted': 'not permitted',
  ENETUNREACH: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  EINVAL: 'unreachable',
  'Invalid argument': 'unreachable',
  'Network is unreachable': 'unreachable',
  'Destination Port Unreachable': 'refused',
  'Destination Net Unreachable': 'unreachable',
  'Destination Host Unreachable': 'unreachable',
}

function isTaken(hop: Hop): boolean {
  return /^hop\.(syn-ack|udp-taken|echo-reply)\.title$/.test(hop.title.id)
}

/** A REJECT in OUTPUT makes the sending of a datagram fail, before the ICMP error is heard (kernel.md 6); ping tells of both. */
function isRejectedAtHome(trace: Trace, heard: Hop): boolean {
  const refused = trace.hops.find((hop) => hop.kind === 'refuse')?.place
  return (
    refused?.host === heard.place.host &&
    refused.hook === 'filter OUTPUT' &&
    trace.request.url.startsWith('udp')
  )
}

function takenLine(trace: Trace, taken: Hop): OutcomeLine {
  if (taken.title.id === 'hop.echo-reply.title') return 'answered'
  const sent = trace.hops.find((hop) => hop.kind === 'send' && hop.exchange === taken.exchange)?.before
  const seen = taken.before
  if (sent === undefined || !hasPorts(seen) || !hasPorts(sent))
    throw new Error('a taken packet without ports')
  // A SYN-ACK goes to whom the server saw.
  const [source, port] = taken.direction === 'reply' ? [seen.dst, seen.dstPort] : [seen.src, seen.srcPort]
  return seenLine({ name: taken.place.host, source, port }, sent.srcPort)
}

function localPort(answer: Answer): number | undefined {
  return 'localPort' in answer ? answer.localPort : undefined
}

function seenLine(
  seen: { readonly name?: string; readonly source?: string; readonly port?: number },
  sent: number | undefined,
): OutcomeLine {
  return `${seen.name} saw ${seen.source}, ${seen.port === sent ? 'port kept' : 'another port'}`
}
