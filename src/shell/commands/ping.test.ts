import { describe, expect, test } from 'vitest'
import { ip } from '../../sim/network/address.ts'
import { openTerminal } from '../terminal.fixture.ts'
import { printBusyboxPing } from './busybox-ping.ts'
import { printPing } from './ping.ts'

const answered = {
  kind: 'ping',
  name: 'nginx.default.svc.cluster.local',
  address: ip('172.31.239.231'),
  echoes: [
    { sequence: 0, rttMs: 0.081, ttl: 63 },
    { sequence: 1, rttMs: 0.099, ttl: 63 },
  ],
} as const
const options = { host: 'nginx', count: 2, quiet: false, payloadBytes: 56 }

describe('ping', () => {
  test('of BusyBox counts from 0 and names what was typed', () => {
    expect(printBusyboxPing(answered, options)).toBe(`PING nginx (172.31.239.231): 56 data bytes
64 bytes from 172.31.239.231: seq=0 ttl=63 time=0.081 ms
64 bytes from 172.31.239.231: seq=1 ttl=63 time=0.099 ms

--- nginx ping statistics ---
2 packets transmitted, 2 packets received, 0% packet loss
round-trip min/avg/max = 0.081/0.090/0.099 ms
`)
  })

  test('of iputils counts from 1 and names what the resolver found', () => {
    expect(printPing(answered, options))
      .toBe(`PING nginx.default.svc.cluster.local (172.31.239.231) 56(84) bytes of data.
64 bytes from 172.31.239.231: icmp_seq=1 ttl=63 time=0.081 ms
64 bytes from 172.31.239.231: icmp_seq=2 ttl=63 time=0.099 ms

--- nginx.default.svc.cluster.local ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time 1000ms
rtt min/avg/max/mdev = 0.081/0.090/0.099/0.009 ms
`)
  })

  test('of iputils tells an ICMP error and its sender', () => {
    const error = { from: ip('192.168.61.1'), text: 'Destination Host Unreachable' }
    const text = printPing({ ...answered, echoes: [{ sequence: 0, error }] }, { ...options, count: 1 })
    expect(text).toContain('From 192.168.61.1 icmp_seq=1 Destination Host Unreachable\n')
    expect(text).toContain('1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n\n')
  })

  test('to a Service address waits 12 seconds for nothing', () => {
    const { stdout, exitCode, traces } = openTerminal('pod/default/pod')('ping -c 3 nginx')
    expect(stdout).toBe(
      'PING nginx (10.100.221.220): 56 data bytes\n\n--- nginx ping statistics ---\n3 packets transmitted, 0 packets received, 100% packet loss\n',
    )
    expect([
      exitCode,
      Math.round(((traces[0]?.endedAtMs ?? 0) - (traces[0]?.startedAtMs ?? 0)) / 1000),
    ]).toEqual([1, 12])
  })

  test.each([
    { at: 'pod/default/pod', line: 'ping -c 1 nope', stderr: "ping: bad address 'nope'\n", exitCode: 1 },
    {
      at: 'host01',
      line: 'ping -c 1 bücher.example',
      stderr: 'ping: bücher.example: Parameter string not correctly encoded\n',
      exitCode: 2,
    },
    { at: 'host01', line: 'ping', stderr: 'ping: usage error: Destination address required\n', exitCode: 1 },
    // The node's own range is a blackhole where no Pod is.
    {
      at: 'host01',
      line: 'ping -c 1 10.244.1.250',
      stderr: 'ping: connect: Invalid argument\n',
      exitCode: 2,
    },
    { at: 'host01', line: 'ping -c 0 x', stderr: "ping: invalid argument: '0'\n", exitCode: 1 },
  ])('$line at $at ends with $exitCode', ({ at, line, stderr, exitCode }) => {
    expect(openTerminal(at)(line)).toMatchObject({ stdout: '', stderr, exitCode })
  })
})
