import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseHosts } from './hosts-file.ts'
import { isWaiting } from './ladder.ts'
import { parseResolvConf } from './resolv-conf.ts'
import { runLookup, serverFrom } from './resolver.fixture.ts'

const conf = parseResolvConf(
  'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
  'glibc',
)
const flavours = ['musl', 'glibc', 'busybox-nslookup', 'dig', 'dig-search', 'host', 'nslookup'] as const

/** The chapter's cluster: an upstream that does not answer makes CoreDNS say SERVFAIL for every name outside. */
const chapter = serverFrom(`
  nginx.default.svc.cluster.local. A 10.100.221.220
  nginx.default.svc.cluster.local. * NODATA
  metrics-server.kube-system.svc.cluster.local. A 10.105.140.176
  metrics-server.kube-system.svc.cluster.local. * NODATA
  metrics-server. * SERVFAIL
  metrics-server.kube-system. * SERVFAIL
`)

describe("the chapter's lookups", () => {
  test.each(['musl', 'glibc', 'dig-search', 'host', 'nslookup'] as const)(
    '%s finds nginx at the first rung',
    (flavour) => {
      const { resolution } = runLookup({ name: 'nginx', conf, flavour }, chapter)
      expect(resolution.ladder.map((rung) => rung.verdict)).toEqual([
        'won',
        'not-tried',
        'not-tried',
        'not-tried',
      ])
      expect(resolution.ladder[1]?.reason).toEqual({ kind: 'list-ended', rung: 0 })
    },
  )

  test('dig +search ends on SERVFAIL for a Service of another namespace', () => {
    const { sent, resolution } = runLookup({ name: 'metrics-server', conf, flavour: 'dig-search' }, chapter)
    expect(sent).toEqual([
      'metrics-server.default.svc.cluster.local. A',
      'metrics-server.svc.cluster.local. A',
      'metrics-server.cluster.local. A',
      'metrics-server. A',
    ])
    expect(resolution.outcome).toMatchObject({ kind: 'reply', message: { rcode: 'SERVFAIL' } })
  })

  test('musl waits five seconds for it and fails', () => {
    const { resolution } = runLookup({ name: 'metrics-server', conf, flavour: 'musl' }, chapter)
    expect(resolution.outcome).toMatchObject({ kind: 'failed', error: 'try-again', code: -3 })
    expect(Math.round(resolution.tookMs / 1000)).toBe(5)
    expect(resolution.ladder.at(-1)).toMatchObject({ verdict: 'lost', reason: { kind: 'servfail' } })
  })

  test('SERVICE.NAMESPACE is found at the second rung', () => {
    const { sent, resolution } = runLookup(
      { name: 'metrics-server.kube-system', conf, flavour: 'musl' },
      chapter,
    )
    expect(sent).toHaveLength(2)
    expect(resolution.outcome).toMatchObject({ kind: 'found', addresses: ['10.105.140.176'] })
  })

  test('SERVICE.NAMESPACE is not found by BusyBox nslookup, which never searches for a name with a dot', () => {
    const { sent } = runLookup(
      { name: 'metrics-server.kube-system', conf, flavour: 'busybox-nslookup' },
      chapter,
    )
    expect(new Set(sent.map((line) => line.split(' ')[0]))).toEqual(new Set(['metrics-server.kube-system.']))
  })
})

describe('a name that exists without address', () => {
  const server = serverFrom('x.a. * NODATA\nx.b. A 10.1.2.3\nx.b. AAAA NODATA')
  const ab = parseResolvConf('search a b\nnameserver 10.96.0.10\noptions ndots:5\n', 'glibc')

  test('stops musl', () => {
    const { sent, resolution } = runLookup({ name: 'x', conf: ab, flavour: 'musl' }, server)
    expect(sent).toEqual(['x.a. A+AAAA'])
    expect(resolution.outcome).toMatchObject({ error: 'no-data' })
    expect(resolution.ladder[1]?.reason).toEqual({ kind: 'list-stopped', by: 'no-data', rung: 0 })
  })

  test('does not stop glibc', () => {
    const { resolution } = runLookup({ name: 'x', conf: ab, flavour: 'glibc' }, server)
    expect(resolution.outcome).toMatchObject({ kind: 'found', name: 'x.b.' })
  })
})

describe('a DNS Service without endpoints', () => {
  const closed = serverFrom('* * unreachable')
  test.each([
    { flavour: 'glibc' as const, sends: 2, seconds: 0 },
    { flavour: 'musl' as const, sends: 2, seconds: 5 }, // its socket does not see the ICMP error
    { flavour: 'dig' as const, sends: 3, seconds: 0 },
    { flavour: 'host' as const, sends: 2, seconds: 0 },
    { flavour: 'busybox-nslookup' as const, sends: 1, seconds: 0 },
  ])('makes $flavour send $sends times in $seconds s', ({ flavour, sends, seconds }) => {
    const { sent, resolution } = runLookup({ name: 'nginx', conf, flavour }, closed)
    expect([sent.length, resolution.tookMs / 1000]).toEqual([sends, seconds])
    expect(resolution.outcome).toMatchObject({ kind: 'failed', error: 'try-again' })
  })
})

describe('a nameserver that keeps silent', () => {
  test('costs glibc 20 s: the first rung and the absolute name, twice five seconds each', () => {
    const { sent, resolution } = runLookup(
      { name: 'nginx', conf, flavour: 'glibc' },
      serverFrom('* * silence'),
    )
    expect(sent).toEqual([
      'nginx.default.svc.cluster.local. A+AAAA',
      'nginx.default.svc.cluster.local. A+AAAA @5',
      'nginx. A+AAAA @10',
      'nginx. A+AAAA @15',
    ])
    expect(resolution.tookMs).toBe(20000)
    expect(resolution.ladder[1]?.reason).toEqual({ kind: 'list-stopped', by: 'timed-out', rung: 0 })
  })

  test('for AAAA alone makes glibc ask one at a time, then each from a port of its own', () => {
    const server = serverFrom('* AAAA silence\nnginx.default.svc.cluster.local. A 10.100.221.220')
    const { sent, resolution } = runLookup({ name: 'nginx', conf, flavour: 'glibc' }, server)
    expect(sent.map((line) => line.replace('nginx.default.svc.cluster.local. ', ''))).toEqual([
      'A+AAAA',
      'A @5',
      'AAAA @5',
      'A @10',
      'AAAA @10',
    ])
    expect(resolution.outcome).toMatchObject({ kind: 'found', addresses: ['10.100.221.220'] })
  })
})

describe('without any question', () => {
  test.each(['glibc', 'musl'] as const)('%s finds a name of /etc/hosts', (flavour) => {
    const hosts = parseHosts('10.1.2.3 foo\n')
    const { sent, resolution } = runLookup({ name: 'foo', conf, flavour, hosts }, chapter)
    expect(sent).toEqual([])
    expect(resolution.outcome).toMatchObject({ kind: 'found', addresses: ['10.1.2.3'] })
    expect(resolution.ladder.every((rung) => rung.reason.kind === 'hosts-file')).toBe(true)
  })

  test.each([
    { flavour: 'glibc' as const, name: 'a..b', code: -2, flaw: 'empty-label' },
    { flavour: 'glibc' as const, name: 'bücher.example', code: -2, flaw: 'not-ascii' },
    { flavour: 'musl' as const, name: 'a'.repeat(64), code: -2, flaw: 'label-too-long' },
    { flavour: 'dig' as const, name: 'a..b', code: 10, flaw: 'empty-label' },
  ])('$flavour refuses $name', ({ flavour, name, code, flaw }) => {
    const { sent, resolution } = runLookup({ name, conf, flavour }, chapter)
    expect(sent).toEqual([])
    expect(resolution.outcome).toEqual({ kind: 'failed', error: 'illegal', code, flaw })
  })
})

describe('every lookup', () => {
  const answer = fc.constantFrom(
    '10.1.2.3',
    'NODATA',
    'NXDOMAIN',
    'SERVFAIL',
    'REFUSED',
    'silence',
    'unreachable',
  )
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-', '_', 'é'), maxLength: 12 })

  test('ends, decides every rung, and takes less than two minutes', () => {
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...flavours),
        fc.array(answer, { minLength: 1, maxLength: 8 }),
        (name, flavour, answers) => {
          let at = 0
          const server = (query: Parameters<typeof chapter>[0]) =>
            serverFrom(`* * ${answers[at++ % answers.length]}`)(query)
          const { sent, resolution } = runLookup({ name, conf, flavour }, server)
          expect(resolution.ladder.filter(isWaiting)).toEqual([])
          expect(resolution.tookMs).toBeLessThan(120_000)
          expect(sent.length).toBeLessThan(200)
        },
      ),
      { seed: 53, numRuns: 400 },
    )
  })

  test('asks only names of its ladder', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...flavours), answer, (name, flavour, each) => {
        const { sent, resolution } = runLookup({ name, conf, flavour }, serverFrom(`* * ${each}`))
        const names = resolution.ladder.map((rung) => rung.name)
        expect(sent.every((line) => names.includes(line.split(' ')[0] ?? ''))).toBe(true)
      }),
      { seed: 53, numRuns: 200 },
    )
  })
})
