/**
 * IPVS's own connection table, which stands beside conntrack's. Models Linux net/netfilter/ipvs/ip_vs_conn.c and the states of
 * ip_vs_proto_tcp.c and ip_vs_proto_udp.c with their default timeouts.
 */
import type { Millis } from '../clock.ts'
import type { IpAddress } from '../network/address.ts'
import type { Packet } from '../network/packet.ts'
import type { IpvsProtocol } from './ipvs-server.ts'

/** IP_VS_TCP_S_*, as `ipvsadm -Lnc` prints them; UDP and SCTP have their one name. */
type IpvsTcpState =
  | 'NONE'
  | 'ESTABLISHED'
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'FIN_WAIT'
  | 'TIME_WAIT'
  | 'CLOSE'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'

/** One connection. A template (persistence) has client port 0 and binds every later connection of its client. */
export interface IpvsConnection {
  readonly protocol: IpvsProtocol
  readonly client: IpAddress
  readonly clientPort: number
  /** {@link serverKey} of the virtual server. */
  readonly server: string
  readonly address: IpAddress
  readonly port: number
  readonly realAddress: IpAddress
  readonly realPort: number
  readonly state: IpvsTcpState | 'UDP' | 'SCTP' | 'TEMPLATE'
  /** Made by a template, which outlives it. */
  readonly controlled?: true
  readonly timeoutSeconds: number
  readonly expiresAtMs: Millis
}

/** `ip_vs_proto_tcp.c`, tcp_timeouts: seconds after the last packet. */
const tcpTimeouts: Readonly<Record<IpvsTcpState, number>> = {
  NONE: 2,
  ESTABLISHED: 15 * 60,
  SYN_SENT: 120,
  SYN_RECV: 60,
  FIN_WAIT: 120,
  TIME_WAIT: 120,
  CLOSE: 10,
  CLOSE_WAIT: 60,
  LAST_ACK: 30,
}

const UDP_SECONDS = 300
/** SCTP's states are left out: an association counts as established (ip_vs_proto_sctp.c, sctp_timeouts). */
const SCTP_SECONDS = 15 * 60

/** Whether it counts as active (tcp_state_active_table); UDP never does. */
export function isActive({ state }: IpvsConnection): boolean {
  return state === 'ESTABLISHED' || state === 'SYN_SENT' || state === 'SYN_RECV' || state === 'SCTP'
}

/** The connection after a packet of either direction: its state, and its time anew. */
export function afterPacket(
  connection: IpvsConnection,
  direction: 'input' | 'output',
  packet: Packet,
  now: Millis,
): IpvsConnection {
  const state = nextState(connection.state, direction, packet)
  const timeoutSeconds = timeoutOf(state, connection.timeoutSeconds)
  return { ...connection, state, timeoutSeconds, expiresAtMs: now + 1000 * timeoutSeconds }
}

/** The state that a connection is made in. */
export function openingState(protocol: IpvsProtocol): IpvsConnection['state'] {
  return protocol === 'tcp' ? 'NONE' : protocol === 'udp' ? 'UDP' : 'SCTP'
}

function timeoutOf(state: IpvsConnection['state'], template: number): number {
  switch (state) {
    case 'UDP':
      return UDP_SECONDS
    case 'SCTP':
      return SCTP_SECONDS
    case 'TEMPLATE':
      return template
    case 'NONE':
    case 'ESTABLISHED':
    case 'SYN_SENT':
    case 'SYN_RECV':
    case 'FIN_WAIT':
    case 'TIME_WAIT':
    case 'CLOSE':
    case 'CLOSE_WAIT':
    case 'LAST_ACK':
      return tcpTimeouts[state]
  }
}

function nextState(
  state: IpvsConnection['state'],
  direction: 'input' | 'output',
  packet: Packet,
): IpvsConnection['state'] {
  if (packet.protocol !== 'tcp' || state === 'UDP' || state === 'SCTP' || state === 'TEMPLATE') return state
  const segment = segmentKind(packet.flags)
  return segment === undefined ? 'CLOSE' : (steps[direction][segment][columns.indexOf(state)] ?? 'CLOSE')
}

type Segment = 'syn' | 'fin' | 'ack' | 'rst'

/** tcp_state_idx: a segment counts as the first of these that it is. */
function segmentKind(flags: readonly string[]): Segment | undefined {
  if (flags.includes('RST')) return 'rst'
  if (flags.includes('SYN')) return 'syn'
  if (flags.includes('FIN')) return 'fin'
  return flags.includes('ACK') ? 'ack' : undefined
}

const columns: readonly IpvsTcpState[] = [
  'NONE',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
]

const abbreviations: Readonly<Record<string, IpvsTcpState>> = {
  NO: 'NONE',
  ES: 'ESTABLISHED',
  SS: 'SYN_SENT',
  SR: 'SYN_RECV',
  FW: 'FIN_WAIT',
  TW: 'TIME_WAIT',
  CL: 'CLOSE',
  CW: 'CLOSE_WAIT',
  LA: 'LAST_ACK',
}

/** `tcp_states`, rows INPUT and OUTPUT, without the columns LISTEN and SYNACK, which NAT never reaches. */
const steps: Readonly<Record<'input' | 'output', Readonly<Record<Segment, readonly IpvsTcpState[]>>>> = {
  input: {
    syn: row('SR ES ES SR SR SR SR SR SR'),
    fin: row('CL CW SS TW TW TW CL CW LA'),
    ack: row('ES ES SS ES FW TW CL CW CL'),
    rst: row('CL CL CL SR CL CL CL CL LA'),
  },
  output: {
    syn: row('SS ES SS SR SS SS SS SS SS'),
    fin: row('TW FW SS TW FW TW CL TW LA'),
    ack: row('ES ES SS ES FW TW CL CW LA'),
    rst: row('CL CL SS CL CL TW CL CL CL'),
  },
}

function row(text: string): readonly IpvsTcpState[] {
  return text.split(' ').map((short) => {
    const state = abbreviations[short]
    if (state === undefined) throw new Error(`no such state: ${short}`)
    return state
  })
}
