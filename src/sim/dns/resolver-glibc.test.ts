import { describe, expect, test } from 'vitest'
import { parseHosts } from './hosts-file.ts'
import { makeReply, type DnsMessage } from './message.ts'
import { parseResolvConf } from './resolv-conf.ts'
import { runLookup, serverFrom } from './resolver.fixture.ts'
import type { ServerReply } from './resolver-step.ts'

/** Measured on glibc 2.36 by the proof of the resolvers. */
function ask(name: string, file: string, server: (query: DnsMessage) => ServerReply) {
  return runLookup({ name, flavour: 'glibc', conf: parseResolvConf(file, 'glibc') }, server)
}

test('a search domain that makes the name too long ends the list', () => {
  const name = `${'abcdefghi.'.repeat(23)}abc`
  const file = 'search default.svc.cluster.local test\nnameserver 10.0.0.1\noptions ndots:5\n'
  const { sent, resolution } = ask(name, file, serverFrom(''))
  expect(sent).toEqual([`${name}. A+AAAA`])
  expect(resolution.ladder[2]).toMatchObject({
    verdict: 'not-tried',
    reason: { kind: 'list-stopped', rung: 1 },
  })
})

test.each([
  { count: 25, times: 1 },
  { count: 26, times: 2 },
  { count: 51, times: 2 },
  { count: 52, times: 3 },
])('$count addresses are asked for $times times', ({ count, times }) => {
  const { sent } = ask('n26.', 'nameserver 10.0.0.1\n', (query) => {
    const { name, type } = query.question
    const addresses = Array.from({ length: type === 'A' ? count : 0 }, (_, index) => `10.1.1.${index + 1}`)
    const answer = addresses.map((data) => ({ name, ttlSeconds: 30, type, data }))
    return { kind: 'reply', message: makeReply(query, { rcode: 'NOERROR', aa: true, answer }), afterMs: 0 }
  })
  expect(sent).toEqual(Array<string>(times).fill('n26. A+AAAA'))
})

describe('a SERVFAIL', () => {
  const server = serverFrom('* * SERVFAIL')

  test('over TCP is not asked for again', () => {
    const { sent } = ask('web.', 'nameserver 10.0.0.1\nnameserver 10.0.0.2\noptions use-vc\n', server)
    expect(sent).toEqual(['web. A TCP', 'web. AAAA TCP'])
  })

  test('to A leaves AAAA unasked with single-request', () => {
    const { sent } = ask('web.', 'nameserver 10.0.0.1\noptions single-request attempts:1\n', server)
    expect(sent).toEqual(['web. A'])
  })
})

test('the reply to A speaks for both: REFUSED ends the search list though AAAA got SERVFAIL', () => {
  const server = serverFrom('* A REFUSED\n* AAAA SERVFAIL')
  const { sent } = ask('web', 'search a b\nnameserver 10.0.0.1\noptions attempts:1\n', server)
  expect(sent).toEqual(['web.a. A+AAAA', 'web. A+AAAA'])
})

test('after an error to one question the other, unanswered, is not asked for again', () => {
  const server = serverFrom('* A SERVFAIL\n* AAAA silence')
  const { sent } = ask('web.', 'nameserver 10.0.0.1\noptions attempts:1\n', server)
  expect(sent).toEqual(['web. A+AAAA'])
})

test('an address that /etc/hosts names is not asked for, and ::1 comes before 127.0.0.1', () => {
  const hosts = parseHosts('127.0.0.1 localhost\n::1 localhost\n')
  const conf = parseResolvConf('nameserver 10.0.0.1\n', 'glibc')
  const lookup = { conf, hosts, flavour: 'glibc' } as const
  const byAddress = runLookup({ ...lookup, name: '1.0.0.127.in-addr.arpa.', types: ['PTR'] }, serverFrom(''))
  expect(byAddress.sent).toEqual([])
  expect(runLookup({ ...lookup, name: 'localhost' }, serverFrom('')).resolution.outcome).toMatchObject({
    addresses: ['::1', '127.0.0.1'],
  })
})
