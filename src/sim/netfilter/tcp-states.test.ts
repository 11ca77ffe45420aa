import { describe, expect, test } from 'vitest'
import type { TcpPacket } from '../network/packet.ts'
import { packetOf } from './packet-notation.ts'
import { nextState, openingState } from './tcp-states.ts'

describe('a TCP connection', () => {
  test.each([
    ['SYN', 'SYN_SENT'],
    ['ACK', 'ESTABLISHED'], // picked up in the middle
    ['SYN ACK', 'invalid'],
    ['FIN ACK', 'invalid'],
    ['RST', 'invalid'],
  ])('that begins with %s is %s', (flags, state) => {
    expect(openingState(segment(flags))).toBe(state)
  })

  test.each([
    { state: 'SYN_SENT', direction: 'reply', flags: 'SYN ACK', next: 'SYN_RECV' },
    { state: 'SYN_RECV', direction: 'original', flags: 'ACK', next: 'ESTABLISHED' },
    { state: 'ESTABLISHED', direction: 'reply', flags: 'ACK PSH', next: 'ESTABLISHED' },
    { state: 'ESTABLISHED', direction: 'original', flags: 'FIN ACK', next: 'FIN_WAIT' },
    { state: 'FIN_WAIT', direction: 'reply', flags: 'ACK', next: 'CLOSE_WAIT' },
    { state: 'CLOSE_WAIT', direction: 'reply', flags: 'FIN ACK', next: 'LAST_ACK' },
    { state: 'LAST_ACK', direction: 'original', flags: 'ACK', next: 'TIME_WAIT' },
    { state: 'ESTABLISHED', direction: 'original', flags: 'SYN', next: 'ignored' },
    { state: 'SYN_SENT', direction: 'original', flags: 'ACK', next: 'invalid' },
    { state: 'ESTABLISHED', direction: 'reply', flags: 'RST', next: 'CLOSE' },
    { state: 'TIME_WAIT', direction: 'original', flags: 'SYN', next: 'SYN_SENT' },
  ] as const)('in $state is $next after $flags in $direction direction', (row) => {
    expect(nextState(row.state, row.direction, segment(row.flags))).toBe(row.next)
  })
})

function segment(flags: string): TcpPacket {
  const packet = packetOf(`tcp 10.0.0.1:1 > 10.0.0.2:2 ${flags}`)
  if (packet.protocol !== 'tcp') throw new Error(flags)
  return packet
}
