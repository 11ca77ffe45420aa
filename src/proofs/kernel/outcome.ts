/** How a flow came out, in what sockets can tell on a real machine and hops in a simulated one. */
import { hasPorts } from '../../sim/network/packet.ts'
import type { Hop, Trace } from '../../sim/trace/trace.ts'
import type { Answer, Datagram, Heard } from './agent.ts'

/** A flow: who sends, and what. `url`: `tcp://ADDRESS:PORT`, `udp://…`, `ping ADDRESS`; IPv6 in brackets before a port. */
export interface Flow {
  readonly from: string
  readonly url: string
}

/** The host of a vantage: a Pod's own, by namespace and name. */
export function hostOf(vantage: string): string {
  return vantage.replace(/^pod\//, '')
}

/**
 * One line that both worlds can give:
 *
 *     default/web-4 saw 172.31.1.2, port kept
 *     reset, ttl 62
 *     port-unreachable from 192.168.61.11, ttl 64
 *     net-unreachable from 192.168.61.1, ttl 63, which the program does not hear
 *     not permitted, port-unreachable from 192.168.61.11, ttl 64
 *     not permitted
 *     unreachable
 *     silence
 *
 * A RST speaks for whom was asked, whoever sends it: its ttl tells how far away it was sent. Not permitted: a rule of the sender's own
 * host takes the packet, and sending it fails. Unreachable: the system call fails for want of a way, and nobody has said anything.
 */
export type OutcomeLine = string

/** How long a real flow waits for an answer, in milliseconds: far longer than one takes between namespaces. */
export const PATIENCE_MS = 400

/** Of a trace. What the simulator would tell only after the real flow's patience is silence, as it is for the real flow. */
export function simulatedOutcome(
  trace: Pick<Trace, 'hops' | 'verdict' | 'request' | 'startedAtMs'>,
  patienceMs = PATIENCE_MS,
): OutcomeLine {
  const taken = trace.hops.findLast(isTaken)
  if (taken !== undefined && ['answered', 'unknown'].includes(trace.verdict.kind))
    return takenLine(trace, taken)
  const heard = trace.hops.find((hop) => hop.kind === 'receive' && hop.phase === 'drop')
  if (heard === undefined || heard.atMs - trace.startedAtMs > patienceMs) return 'silence'
  if (heard.title.id === 'hop.not-sent.title') return 'unreachable'
  if (heard.title.id === 'hop.not-permitted.title') return 'not permitted'
  const { before } = heard
  const said = refusalText(
    hasPorts(before)
      ? { kind: 'reset', source: before.src, ttl: before.ttl }
      : { kind: 'icmp', code: before.code, source: before.src, ttl: before.ttl },
  )
  if (isRejectedAtHome(trace, heard)) return `not permitted, ${said}`
  return trace.verdict.kind === 'timed-out' ? `${said}${UNHEARD}` : said
}

/** Of real sockets. A datagram's taker tells of itself; its sender may hear nothing. */
export function realOutcome(flow: Flow, answer: Answer, datagram: Datagram | undefined): OutcomeLine {
  if (datagram !== undefined)
    return seenLine(datagram, answer.kind === 'failed' ? undefined : localPort(answer))
  switch (answer.kind) {
    case 'answered':
      return flow.url.startsWith('ping') ? 'answered' : seenLine(answer, answer.localPort)
    case 'failed':
      return failureLine(answer.code, answer.heard)
    case 'timed-out':
      return answer.heard === undefined ? 'silence' : `${refusalText(answer.heard)}${UNHEARD}`
    case 'listening':
    case 'released':
      return `failed: ${answer.kind}`
  }
}

/** What follows an error that reaches the sender's host, and not the program. */
export const UNHEARD = ', which the program does not hear'

/** What a program learns from errno(3), or ping prints, and who has said so. */
function failureLine(code: string, heard: Heard | undefined): OutcomeLine {
  const said = heard === undefined ? undefined : refusalText(heard)
  if (['EPERM', 'Operation not permitted'].includes(code))
    return ['not permitted', ...(said === undefined ? [] : [said])].join(', ')
  if (said !== undefined) return said
  return withoutWay.includes(code) ? 'unreachable' : `failed: ${code}`
}

const withoutWay = [
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EINVAL',
  'Invalid argument',
  'Network is unreachable',
  // Of the sender's own kernel, which asked its LAN in vain.
  'Destination Host Unreachable',
  'Destination unreachable: Address unreachable',
]

function refusalText(heard: Heard): string {
  if (heard.kind === 'reset') return `reset, ttl ${heard.ttl}`
  const [type, names] = heard.source.includes(':') ? [1, unreachableNamesIpv6] : [3, unreachableNames]
  return `${names[heard.code] ?? `ICMP ${type}/${heard.code}`} from ${heard.source}, ttl ${heard.ttl}`
}

/** ICMP type 3 by its code (RFC 792, RFC 1812 §5.2.7.1). */
const unreachableNames: Readonly<Record<number, string>> = {
  0: 'net-unreachable',
  1: 'host-unreachable',
  3: 'port-unreachable',
  13: 'admin-prohibited',
}

/** ICMPv6 type 1 by its code (RFC 4443 §3.1). */
const unreachableNamesIpv6: Readonly<Record<number, string>> = {
  0: 'no-route',
  1: 'admin-prohibited',
  3: 'address-unreachable',
  4: 'port-unreachable',
}

function isTaken(hop: Hop): boolean {
  return /^hop\.(syn-ack|udp-taken|echo-reply)\.title$/.test(hop.title.id)
}

/** A REJECT in OUTPUT makes the sending of a datagram fail, before the ICMP error is heard; ping tells of the error. */
function isRejectedAtHome(trace: Pick<Trace, 'hops' | 'request'>, heard: Hop): boolean {
  const refused = trace.hops.find((hop) => hop.kind === 'refuse')?.place
  return (
    refused?.host === heard.place.host &&
    refused.hook === 'filter OUTPUT' &&
    trace.request.url.startsWith('udp')
  )
}

function takenLine(trace: Pick<Trace, 'hops'>, taken: Hop): OutcomeLine {
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

/** Who took a flow, whom it saw, and whether that is the port from which it was `sent`. */
export function seenLine(
  seen: { readonly name?: string; readonly source?: string; readonly port?: number },
  sent: number | undefined,
): OutcomeLine {
  return `${seen.name} saw ${seen.source}, ${seen.port === sent ? 'port kept' : 'another port'}`
}
