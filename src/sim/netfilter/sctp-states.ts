/**
 * How an SCTP packet moves a tracked association from state to state. Models Linux 6.3 and later,
 * net/netfilter/nf_conntrack_proto_sctp.c: `sctp_conntracks` and `sctp_timeouts` (net.netfilter.nf_conntrack_sctp_timeout_*); without
 * verification tags, of which no packet here has any.
 */
import type { SctpChunk } from '../network/packet.ts'
import type { Direction } from './tuple.ts'

/** As `conntrack -L` prints them. */
export type SctpState = (typeof columns)[number]

/** Seconds that an entry lives after its last packet. */
export const sctpTimeoutSeconds: Readonly<Record<SctpState, number>> = {
  CLOSED: 10,
  COOKIE_WAIT: 3,
  COOKIE_ECHOED: 3,
  ESTABLISHED: 210,
  SHUTDOWN_SENT: 3,
  SHUTDOWN_RECD: 3,
  SHUTDOWN_ACK_SENT: 3,
  HEARTBEAT_SENT: 30,
}

/** The state of an association whose first packet this is; `invalid`: such a chunk opens none. */
export function openingSctpState(chunk: SctpChunk): SctpState | 'invalid' {
  switch (chunk) {
    case 'SHUTDOWN-ACK':
      return 'SHUTDOWN_ACK_SENT'
    case 'HEARTBEAT':
      return 'HEARTBEAT_SENT'
    case 'DATA':
      return 'invalid'
    case 'INIT':
    case 'INIT-ACK':
    case 'ABORT':
    case 'SHUTDOWN':
    case 'ERROR':
    case 'COOKIE-ECHO':
    case 'COOKIE-ACK':
    case 'SHUTDOWN-COMPLETE':
    case 'HEARTBEAT-ACK':
      return 'CLOSED'
  }
}

/** The state after a packet of a known association. Data changes none. */
export function nextSctpState(
  state: SctpState,
  direction: Direction,
  chunk: SctpChunk,
): SctpState | 'invalid' {
  if (chunk === 'DATA') return state
  const step = steps[direction][chunk].split(' ')[columns.indexOf(state)] ?? 'IV'
  return abbreviations[step] ?? 'invalid'
}

const columns = [
  'CLOSED',
  'COOKIE_WAIT',
  'COOKIE_ECHOED',
  'ESTABLISHED',
  'SHUTDOWN_SENT',
  'SHUTDOWN_RECD',
  'SHUTDOWN_ACK_SENT',
  'HEARTBEAT_SENT',
] as const

const abbreviations: Readonly<Record<string, SctpState>> = {
  CL: 'CLOSED',
  CW: 'COOKIE_WAIT',
  CE: 'COOKIE_ECHOED',
  ES: 'ESTABLISHED',
  SS: 'SHUTDOWN_SENT',
  SR: 'SHUTDOWN_RECD',
  SA: 'SHUTDOWN_ACK_SENT',
  HS: 'HEARTBEAT_SENT',
}

/** The kernel's table in the kernel's abbreviations, a column a state as in `columns`. */
const steps: Readonly<Record<Direction, Readonly<Record<Exclude<SctpChunk, 'DATA'>, string>>>> = {
  original: {
    INIT: 'CL CW CE ES SS SR SA CW',
    'INIT-ACK': 'CL CW CE ES SS SR SA CL',
    ABORT: 'CL CL CL CL CL CL CL CL',
    SHUTDOWN: 'CL CW CE SS SS SR SA CL',
    'SHUTDOWN-ACK': 'CL CW CE ES SA SA SA SA',
    ERROR: 'CL CW CE ES SS SR SA CL',
    'COOKIE-ECHO': 'CL CE CE ES SS SR SA CL',
    'COOKIE-ACK': 'CL CW ES ES SS SR SA CL',
    'SHUTDOWN-COMPLETE': 'CL CW CE ES SS SR CL CL',
    HEARTBEAT: 'CL CW CE ES SS SR SA HS',
    'HEARTBEAT-ACK': 'CL CW CE ES SS SR SA HS',
  },
  reply: {
    INIT: 'CL CW CE ES SS SR SA IV',
    'INIT-ACK': 'CW CW CE ES SS SR SA IV',
    ABORT: 'CL CL CL CL CL CL CL IV',
    SHUTDOWN: 'CL CW CE SR SS SR SA IV',
    'SHUTDOWN-ACK': 'CL CW CE ES SA SA SA IV',
    ERROR: 'CL CW CL ES SS SR SA IV',
    'COOKIE-ECHO': 'CL CW CE ES SS SR SA IV',
    'COOKIE-ACK': 'CL CW ES ES SS SR SA IV',
    'SHUTDOWN-COMPLETE': 'CL CW CE ES SS SR CL IV',
    HEARTBEAT: 'CL CW CE ES SS SR SA HS',
    'HEARTBEAT-ACK': 'CL CW CE ES SS SR SA ES',
  },
}
