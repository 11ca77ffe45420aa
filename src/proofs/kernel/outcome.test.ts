import { describe, expect, test } from 'vitest'
import { simulate } from './compare.ts'
import { openProofLab } from './cluster-text.ts'
import { realOutcome } from './outcome.ts'

const tcp = { from: 'host01', url: 'tcp://10.96.0.80:80' }
const udp = { from: 'host01', url: 'udp://10.96.0.80:5353' }
const seen = { name: 'default/web-1', source: '172.31.1.2' }
const refused = { kind: 'failed' as const, code: 'ECONNREFUSED' }
const reset = { kind: 'reset' as const, source: '10.96.0.80', ttl: 62 }
const icmp = (code: number) => ({ kind: 'icmp' as const, code, source: '192.168.61.11', ttl: 64 })

describe('a real flow', () => {
  test.each([
    {
      line: 'default/web-1 saw 172.31.1.2, port kept',
      flow: tcp,
      answer: { kind: 'answered' as const, localPort: 5000, port: 5000, ...seen },
    },
    {
      line: 'default/web-1 saw 172.31.1.2, another port',
      flow: tcp,
      answer: { kind: 'answered' as const, localPort: 5000, port: 61_000, ...seen },
    },
    { line: 'reset, ttl 62', flow: tcp, answer: { ...refused, heard: reset } },
    {
      line: 'port-unreachable from 192.168.61.11, ttl 64',
      flow: tcp,
      answer: { ...refused, heard: icmp(3) },
    },
    {
      line: 'host-unreachable from 192.168.61.11, ttl 64',
      flow: tcp,
      answer: { ...refused, heard: icmp(1) },
    },
    {
      line: 'admin-prohibited from 192.168.61.11, ttl 64',
      flow: tcp,
      answer: { ...refused, heard: icmp(13) },
    },
    {
      line: 'net-unreachable from 192.168.61.11, ttl 64, which the program does not hear',
      flow: udp,
      answer: { kind: 'timed-out' as const, heard: icmp(0) },
    },
    { line: 'failed: ECONNREFUSED', flow: tcp, answer: refused },
    { line: 'unreachable', flow: tcp, answer: { kind: 'failed' as const, code: 'ENETUNREACH' } },
    { line: 'not permitted', flow: udp, answer: { kind: 'failed' as const, code: 'EPERM' } },
    {
      line: 'not permitted, port-unreachable from 192.168.61.11, ttl 64',
      flow: udp,
      answer: { kind: 'failed' as const, code: 'EPERM', heard: icmp(3) },
    },
    { line: 'failed: EMFILE', flow: tcp, answer: { kind: 'failed' as const, code: 'EMFILE' } },
    { line: 'silence', flow: udp, answer: { kind: 'timed-out' as const } },
  ])('is "$line"', ({ line, flow, answer }) => {
    expect(realOutcome(flow, answer, undefined)).toBe(line)
  })

  test('of UDP is its taker’s word, whatever its sender heard', () => {
    const datagram = { flow: 'flow-1', port: 5000, ...seen }
    expect(realOutcome(udp, { kind: 'timed-out', localPort: 5000 }, datagram)).toBe(
      'default/web-1 saw 172.31.1.2, port kept',
    )
  })
})

test('a simulated flow is told in the same words', () => {
  const lab = openProofLab(`apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: 10.96.0.80, selector: { app: client }, ports: [{ port: 80 }] }
`)
  const told = Array.from({ length: 20 }, (_, seed) =>
    simulate(lab.state(), { ...tcp, from: 'host03' }, seed),
  )
  expect(new Set(told)).toEqual(
    new Set(['near', 'far', 'alone'].map((pod) => `default/${pod} saw 192.168.61.13, another port`)),
  )
})
