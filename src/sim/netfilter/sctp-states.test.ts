import { describe, expect, test } from 'vitest'
import { printConntrackEntry } from './conntrack.ts'
import type { SctpChunk } from '../network/packet.ts'
import { packetOf } from './packet-notation.ts'
import { testHost, ways } from './test-host.ts'

const there = 'sctp 10.0.0.1:4000 > 192.168.61.11:3868'
const back = 'sctp 192.168.61.11:3868 > 10.0.0.1:4000'

function hostAfter(chunks: readonly (readonly [typeof there | typeof back, SctpChunk])[]) {
  const host = testHost('', () => 0)
  for (const [line, chunk] of chunks)
    host.send(Object.assign(packetOf(line), { chunk }), line === there ? ways.in : ways.out)
  return host
}

const handshake = [
  [there, 'INIT'],
  [back, 'INIT-ACK'],
  [there, 'COOKIE-ECHO'],
  [back, 'COOKIE-ACK'],
] as const

describe('an SCTP association', () => {
  test.each([
    { packets: 1, line: /^sctp {5}132 10 CLOSED src=10\.0\.0\.1 .*\[UNREPLIED\]/ },
    { packets: 2, line: /^sctp {5}132 3 COOKIE_WAIT / },
    { packets: 3, line: /^sctp {5}132 3 COOKIE_ECHOED / },
    { packets: 4, line: /^sctp {5}132 210 ESTABLISHED .*\[ASSURED\]/ },
  ])('is printed after $packets packets of its handshake as $line', ({ packets, line }) => {
    const [entry] = hostAfter(handshake.slice(0, packets)).state().conntrack.entries
    expect(entry && printConntrackEntry(entry, 0)).toMatch(line)
  })

  test('is shut down by three packets, and forgotten ten seconds after', () => {
    const host = hostAfter([
      ...handshake,
      [there, 'SHUTDOWN'],
      [back, 'SHUTDOWN-ACK'],
      [there, 'SHUTDOWN-COMPLETE'],
    ])
    const [entry] = host.state().conntrack.entries
    expect(entry?.sctpState).toBe('CLOSED')
    expect(entry?.expiresAtMs).toBe(10_000)
  })

  test('is not opened by data', () => {
    const host = hostAfter([[there, 'DATA']])
    expect(host.state().conntrack.entries).toEqual([])
    expect(host.state().statistics).toEqual({ invalid: 1 })
  })

  test('is over at once where it is aborted', () => {
    expect(hostAfter([...handshake, [back, 'ABORT']]).state().conntrack.entries[0]?.sctpState).toBe('CLOSED')
  })
})
