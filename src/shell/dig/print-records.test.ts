import { describe, expect, test } from 'vitest'
import type { RecordType } from '../../sim/dns/message.ts'
import { printQuestion, printRecord } from './print-records.ts'

const soa = 'ns.dns.cluster.local. hostmaster.cluster.local. 1700000000 7200 1800 86400 30'

describe('a question of dig 9.18', () => {
  test.each<{ name: string; type: RecordType; line: string }>([
    { name: 'nginx.', type: 'A', line: ';nginx.\t\t\t\tIN\tA' },
    { name: 'metrics-server.', type: 'A', line: ';metrics-server.\t\t\tIN\tA' },
    { name: 'nope.default.svc.cluster.local.', type: 'A', line: ';nope.default.svc.cluster.local.\tIN\tA' },
    {
      name: 'nginx.default.svc.cluster.local.',
      type: 'AAAA',
      line: ';nginx.default.svc.cluster.local. IN\tAAAA',
    },
    {
      name: 'metrics-server.kube-system.svc.cluster.local.',
      type: 'A',
      line: ';metrics-server.kube-system.svc.cluster.local. IN A',
    },
    { name: 'bücher.example.', type: 'A', line: ';b\\195\\188cher.example.\t\tIN\tA' },
    { name: '1.0.96.10.in-addr.arpa.', type: 'PTR', line: ';1.0.96.10.in-addr.arpa.\t\tIN\tPTR' },
  ])('for $name', ({ name, type, line }) => {
    expect(printQuestion({ name, type })).toBe(line)
  })
})

describe('a record of dig 9.18', () => {
  test.each<{ name: string; type: RecordType; data: string; line: string }>([
    {
      name: 'nginx.default.svc.cluster.local.',
      type: 'A',
      data: '10.100.221.220',
      line: 'nginx.default.svc.cluster.local. 30 IN\tA\t10.100.221.220',
    },
    { name: 'cluster.local.', type: 'SOA', data: soa, line: `cluster.local.\t\t30\tIN\tSOA\t${soa}` },
    {
      name: '_https._tcp.kubernetes.default.svc.cluster.local.',
      type: 'SRV',
      data: '0 100 443 kubernetes.default.svc.cluster.local.',
      line: '_https._tcp.kubernetes.default.svc.cluster.local. 30 IN\tSRV 0 100 443 kubernetes.default.svc.cluster.local.',
    },
    {
      name: 'kubernetes.default.svc.cluster.local.',
      type: 'A',
      data: '10.96.0.1',
      line: 'kubernetes.default.svc.cluster.local. 30 IN A\t10.96.0.1',
    },
  ])('of $name', ({ name, type, data, line }) => {
    expect(printRecord({ name, type, data, ttlSeconds: 30 })).toBe(line)
  })
})
