import { describe, expect, test } from 'vitest'
import { openStream } from '../draw.ts'
import { clusterFrom } from './cluster.fixture.ts'
import { parseCorefile } from './corefile.ts'
import { answerQuery, openCoreDns } from './coredns.ts'
import { makeQuery } from './message.ts'
import type { RecordType } from './message.ts'
import { parseResolvConf } from './resolv-conf.ts'
import { serverFrom } from './resolver.fixture.ts'

const kubeadm = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`

const cluster = clusterFrom(`
  Namespace default
  Namespace kube-system
  Service default/nginx 10.100.221.220 :80/TCP
  Service kube-system/metrics-server 10.105.140.176 https:443/TCP
  Service default/db None pg:5432/TCP
  Service default/out ExternalName www.example.com
  Service default/empty None :80/TCP
  Endpoints default/db 10.1.0.1=db-0 10.1.0.2=db-1 !10.1.0.3=db-2 pg:5432/TCP
  Endpoints default/empty !10.1.0.9 :80/TCP
`)

describe("the chapter's cluster, its upstream out of reach", () => {
  test('answers nginx with its ClusterIP, TTL 30 and aa', () => {
    const { reply, plugin } = ask('nginx.default.svc.cluster.local.')
    expect(reply.answer).toEqual([
      { name: 'nginx.default.svc.cluster.local.', ttlSeconds: 30, type: 'A', data: '10.100.221.220' },
    ])
    expect([plugin, reply.flags.aa, reply.flags.ra]).toEqual(['kubernetes', true, false])
  })

  test('names the Service and the lines of the Corefile that gave the record', () => {
    const { because, corefileLines } = ask('nginx.default.svc.cluster.local.')
    expect(because).toEqual([{ object: cluster.services[0]?.ref, paths: [['spec', 'clusterIP']] }])
    expect(corefileLines.map(({ line }) => line)).toEqual([7, 8, 9, 10, 11])
  })

  test('says SERVFAIL for a bare name, which it can only forward', () => {
    const { reply, plugin, steps } = ask('metrics-server.')
    expect([reply.rcode, plugin, reply.authority]).toEqual(['SERVFAIL', 'forward', []])
    expect(steps.at(-1)?.said).toEqual({ kind: 'forwarded', server: '192.168.61.1', got: 'unreachable' })
  })
})

describe('a name of the cluster zone', () => {
  test.each([
    { name: 'cluster.local.', rcode: 'NOERROR', finding: { kind: 'root' } },
    { name: 'default.svc.cluster.local.', rcode: 'NOERROR', finding: { kind: 'namespace' } },
    { name: 'metrics-server.svc.cluster.local.', rcode: 'NXDOMAIN', finding: { kind: 'no-namespace' } },
    {
      name: 'metrics-server.cluster.local.',
      rcode: 'NXDOMAIN',
      finding: { kind: 'not-svc-or-pod', label: 'metrics-server' },
    },
    { name: 'metrics-server.default.svc.cluster.local.', rcode: 'NXDOMAIN', finding: { kind: 'no-service' } },
    {
      name: 'metrics-server.kube-system.default.svc.cluster.local.',
      rcode: 'NXDOMAIN',
      finding: { kind: 'no-service', service: 'kube-system' },
    },
    {
      name: 'db-2.db.default.svc.cluster.local.',
      rcode: 'NXDOMAIN',
      finding: { kind: 'no-endpoint', endpoint: 'db-2' },
    },
    { name: 'empty.default.svc.cluster.local.', rcode: 'NXDOMAIN', finding: { kind: 'no-ready-endpoint' } },
    {
      name: '_x._tcp.db.default.svc.cluster.local.',
      rcode: 'NXDOMAIN',
      finding: { kind: 'no-port', port: 'x' },
    },
    { name: 'a.b.c.db.default.svc.cluster.local.', rcode: 'NXDOMAIN', finding: { kind: 'too-many-labels' } },
    { name: '10-1-0-1.default.pod.cluster.local.', rcode: 'NOERROR', finding: { kind: 'pod-address' } },
    { name: 'x.default.pod.cluster.local.', rcode: 'NXDOMAIN', finding: { kind: 'not-an-address' } },
  ])('$name is $rcode: $finding.kind', ({ name, rcode, finding }) => {
    const { reply, steps } = ask(name)
    expect(reply.rcode).toBe(rcode)
    const reading = steps.flatMap(({ said }) => (said.kind === 'read-name' ? [said.reading] : []))[0]
    expect(reading?.finding).toMatchObject(finding)
    expect(reading?.labels.map(({ text }) => text).join('.')).toBe(name.slice(0, -1))
  })

  test('is read label by label from the right', () => {
    const { steps } = ask('metrics-server.kube-system.default.svc.cluster.local.')
    const reading = steps.flatMap(({ said }) => (said.kind === 'read-name' ? [said.reading] : []))[0]
    expect(reading?.labels.map(({ as }) => as)).toEqual([
      'endpoint',
      'service',
      'namespace',
      'kind',
      'zone',
      'zone',
    ])
  })

  test('of a headless Service has its ready endpoints alone', () => {
    const data = ask('db.default.svc.cluster.local.').reply.answer.map((record) => record.data)
    expect(data.toSorted()).toEqual(['10.1.0.1', '10.1.0.2'])
  })

  test('without address of the family is NODATA with the zone’s SOA', () => {
    const { reply } = ask('nginx.default.svc.cluster.local.', 'AAAA')
    expect([reply.rcode, reply.answer, reply.authority[0]?.type]).toEqual(['NOERROR', [], 'SOA'])
  })

  test('of an ExternalName is its CNAME alone where the target cannot be looked up', () => {
    const { reply, steps } = ask('out.default.svc.cluster.local.')
    expect(reply.answer.map((record) => `${record.type} ${record.data}`)).toEqual(['CNAME www.example.com.'])
    expect(steps.some(({ said }) => said.kind === 'looked-up' && said.name === 'www.example.com.')).toBe(true)
  })
})

describe('a reply over UDP', () => {
  const many = Array.from({ length: 60 }, (_, at) => `10.1.0.${at}`).join(' ')
  const big = clusterFrom(
    `Namespace default\nService default/many None :80/TCP\nEndpoints default/many ${many} :80/TCP`,
  )

  test('too large for the asker is cut and has TC', () => {
    const { reply } = ask('many.default.svc.cluster.local.', 'A', { cluster: big })
    expect(reply.flags.tc).toBe(true)
    expect(reply.answer.length).toBeLessThan(60)
  })

  test('is whole over TCP', () => {
    const { reply } = ask('many.default.svc.cluster.local.', 'A', { cluster: big, transport: 'TCP' })
    expect([reply.flags.tc, reply.answer.length]).toEqual([false, 60])
  })
})

describe('a server', () => {
  test('refuses a name for which it has no block', () => {
    const { reply, plugin } = ask('example.com.', 'A', { corefile: 'cluster.local {\n  kubernetes\n}\n' })
    expect([reply.rcode, plugin, reply.flags.aa]).toEqual(['REFUSED', 'none', false])
  })

  test('says SERVFAIL where no plugin answers', () => {
    expect(ask('example.com.', 'A', { corefile: '. {\n  errors\n}\n' }).reply.rcode).toBe('SERVFAIL')
  })

  test('admits that it passed a plugin that is not modelled', () => {
    const answer = ask('example.com.', 'A', {
      corefile: '. {\n  template IN A\n  forward . 192.168.61.1\n}\n',
    })
    expect(answer.notModelled).toBe('template')
  })

  test('takes the block with the longest zone, and never falls through to another', () => {
    const corefile =
      '. {\n  forward . 192.168.61.1\n}\nexample.com {\n  hosts {\n    10.9.9.9 www.example.com\n  }\n}\n'
    expect(ask('www.example.com.', 'A', { corefile }).reply.answer[0]?.data).toBe('10.9.9.9')
    expect(ask('ftp.example.com.', 'A', { corefile }).reply.rcode).toBe('SERVFAIL')
  })

  test('puts back the owner of an exact rewrite, and leaves it with other rules', () => {
    const upstream = 'to.example. A 10.9.9.9'
    const owner = (rule: string) =>
      ask('from.example.', 'A', {
        corefile: `. {\n  rewrite name ${rule}\n  forward . 192.168.61.1\n}\n`,
        upstream,
      }).reply.answer[0]?.name
    expect([
      owner('from.example to.example'),
      owner('prefix from to'),
      owner('prefix from to answer auto'),
    ]).toEqual(['from.example.', 'to.example.', 'from.example.'])
  })
})

function ask(
  name: string,
  type: RecordType = 'A',
  over: {
    readonly cluster?: typeof cluster
    readonly corefile?: string
    readonly transport?: 'UDP' | 'TCP'
    readonly upstream?: string
  } = {},
) {
  const { config, problems } = parseCorefile(over.corefile ?? kubeadm)
  if (config === undefined) throw new Error(problems.map((problem) => problem.text).join())
  const server = openCoreDns({
    corefile: config,
    cluster: over.cluster ?? cluster,
    nodeResolvConf: parseResolvConf('nameserver 192.168.61.1\n', 'kubelet'),
    upstream: (_, query) => serverFrom(over.upstream ?? '* * unreachable')(query),
    draw: openStream(1, 'coredns'),
  })
  return answerQuery(server, makeQuery({ name, type }, 7), { now: 0, transport: over.transport ?? 'UDP' })
}
