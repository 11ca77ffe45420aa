import { describe, expect, test } from 'vitest'
import type { DnsEndpoint } from '../cluster/objects.ts'
import { makeQuery } from './message.ts'
import type { RecordType } from './message.ts'
import { answerOutside } from './outside-names.ts'

const endpoints = [
  endpoint('*.cluster.example.com', 'A', '192.168.61.10', '192.168.61.11'),
  endpoint('own.cluster.example.com', 'TXT', 'heritage'),
  endpoint('a.b.cluster.example.com', 'A', '10.0.0.1'),
  endpoint('www.example.com', 'CNAME', 'web01.cluster.example.com'),
]

describe("the laptop's resolver", () => {
  test.each([
    { name: 'web01.cluster.example.com.', rcode: 'NOERROR', data: ['192.168.61.10', '192.168.61.11'] },
    { name: 'x.y.cluster.example.com.', rcode: 'NOERROR', data: ['192.168.61.10', '192.168.61.11'] },
    { name: 'own.cluster.example.com.', rcode: 'NOERROR', data: [] }, // exists, so no wildcard (RFC 4592 §2.2.1)
    { name: 'b.cluster.example.com.', rcode: 'NOERROR', data: [] }, // an empty non-terminal exists too
    { name: 'c.b.cluster.example.com.', rcode: 'NXDOMAIN', data: [] }, // and it is the closest encloser
    {
      name: 'www.example.com.',
      rcode: 'NOERROR',
      data: ['web01.cluster.example.com.', '192.168.61.10', '192.168.61.11'],
    },
    { name: 'web01.', rcode: 'NXDOMAIN', data: [] },
    { name: 'nginx.default.svc.cluster.local.', rcode: 'NXDOMAIN', data: [] },
  ])('answers $name with $rcode $data', ({ name, rcode, data }) => {
    const { reply } = ask(name)
    expect([reply.rcode, reply.answer.map((record) => record.data)]).toEqual([rcode, data])
  })

  test.each([
    { turn: 0, data: ['192.168.61.10', '192.168.61.11'] },
    { turn: 1, data: ['192.168.61.11', '192.168.61.10'] },
    { turn: 2, data: ['192.168.61.10', '192.168.61.11'] },
  ])('lets several addresses take turns: $turn', ({ turn, data }) => {
    const { reply } = answerOutside(endpoints, makeQuery({ name: 'www.example.com.', type: 'A' }, 1), turn)
    expect(reply.answer.map((record) => record.data)).toEqual(['web01.cluster.example.com.', ...data])
  })

  test('names the DNSEndpoint behind the answer', () => {
    expect(ask('web01.cluster.example.com.').because).toEqual([
      { object: endpoints[0]?.ref, paths: [['spec', 'endpoints', 0]] },
    ])
  })
})

function ask(name: string, type: RecordType = 'A') {
  return answerOutside(endpoints, makeQuery({ name, type }, 1))
}

function endpoint(dnsName: string, recordType: string, ...targets: readonly string[]): DnsEndpoint {
  return {
    ref: { kind: 'DNSEndpoint', namespace: 'default', name: dnsName },
    labels: {},
    annotations: {},
    createdAtMs: 0,
    endpoints: [{ dnsName, recordType, recordTtlSeconds: 300, targets }],
  }
}
