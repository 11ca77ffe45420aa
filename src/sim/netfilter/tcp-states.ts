/**
 * How a TCP segment moves a tracked connection from state to state. Models Linux net/netfilter/nf_conntrack_proto_tcp.c,
 * `tcp_conntracks` and its timeouts; without simultaneous open, sequence windows and retransmission counts.
 */
import type { TcpPacket } from '../network/packet.ts'
import type { TcpState } from './conntrack.ts'
import type { Direction } from './tuple.ts'

/** The next state; `ignored`: the segment passes and changes nothing; `invalid`: it belongs to no connection. */
export type TcpStep = TcpState | 'ignored' | 'invalid'

/** Seconds that an entry lives after its last segment (`tcp_timeouts`), those aside that kube-proxy sets. */
export const tcpTimeoutSeconds: Readonly<Record<Exclude<TcpState, 'ESTABLISHED' | 'CLOSE_WAIT'>, number>> = {
  SYN_SENT: 120,
  SYN_RECV: 60,
  FIN_WAIT: 120,
  LAST_ACK: 30,
  TIME_WAIT: 120,
  CLOSE: 10,
}

/** Instead of ESTABLISHED's five days, where no reply was ever seen (`TCP_CONNTRACK_UNACK`). */
export const TCP_UNACKNOWLEDGED_SECONDS = 300

/**
 * The state of a connection that this segment opens. A bare ACK takes up a connection whose start was not seen
 * (`nf_conntrack_tcp_loose`, on by default).
 */
export function openingState(segment: TcpPacket): TcpState | 'invalid' {
  switch (segmentKind(segment)) {
    case 'syn':
      return 'SYN_SENT'
    case 'ack':
      return 'ESTABLISHED'
    case 'synack':
    case 'fin':
    case 'rst':
    case 'none':
      return 'invalid'
  }
}

/** The state after a segment of a known connection. */
export function nextState(state: TcpState, direction: Direction, segment: TcpPacket): TcpStep {
  return steps[direction][segmentKind(segment)][columns.indexOf(state)] ?? 'invalid'
}

/** A segment counts as the first of these that it is (`get_conntrack_index`). */
type SegmentKind = 'syn' | 'synack' | 'fin' | 'ack' | 'rst' | 'none'

function segmentKind({ flags }: TcpPacket): SegmentKind {
  if (flags.includes('RST')) return 'rst'
  if (flags.includes('SYN')) return flags.includes('ACK') ? 'synack' : 'syn'
  if (flags.includes('FIN')) return 'fin'
  return flags.includes('ACK') ? 'ack' : 'none'
}

const columns: readonly TcpState[] = [
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
]

const abbreviations: Readonly<Record<string, TcpStep>> = {
  SS: 'SYN_SENT',
  SR: 'SYN_RECV',
  ES: 'ESTABLISHED',
  FW: 'FIN_WAIT',
  CW: 'CLOSE_WAIT',
  LA: 'LAST_ACK',
  TW: 'TIME_WAIT',
  CL: 'CLOSE',
  IG: 'ignored',
  IV: 'invalid',
}

/** The kernel's table in the kernel's abbreviations, a column a state as in `columns`. */
const steps: Readonly<Record<Direction, Readonly<Record<SegmentKind, readonly TcpStep[]>>>> = {
  original: {
    syn: row('SS IG IG IG IG IG SS SS'),
    synack: row('IV SR IV IV IV IV IV IV'),
    fin: row('IV FW FW LA LA LA TW CL'),
    ack: row('IV ES ES CW CW TW TW CL'),
    rst: row('CL CL CL CL CL CL CL CL'),
    none: row('IV IV IV IV IV IV IV IV'),
  },
  reply: {
    syn: row('IV IV IV IV IV IV SS IV'),
    synack: row('SR IG IG IG IG IG IG IG'),
    fin: row('IV FW FW LA LA LA TW CL'),
    ack: row('IG SR ES CW CW TW TW CL'),
    rst: row('CL CL CL CL CL CL CL CL'),
    none: row('IV IV IV IV IV IV IV IV'),
  },
}

function row(text: string): TcpStep[] {
  return text.split(' ').map((short) => {
    const step = abbreviations[short]
    if (step === undefined) throw new Error(`no such state: ${short}`)
    return step
  })
}
