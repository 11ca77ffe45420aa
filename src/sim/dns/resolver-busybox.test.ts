import { expect, test } from 'vitest'
import type { DnsMessage } from './message.ts'
import { parseResolvConf } from './resolv-conf.ts'
import { runLookup, serverFrom } from './resolver.fixture.ts'
import type { ServerReply } from './resolver-step.ts'

/** Measured on BusyBox 1.35 by the proof of the resolvers. */
function ask(name: string, file: string, server: (query: DnsMessage) => ServerReply) {
  return runLookup(
    { name, flavour: 'busybox-nslookup', conf: parseResolvConf(file, 'busybox-nslookup') },
    server,
  )
}

const two = 'search one.test\nnameserver 10.0.0.1\nnameserver 10.0.0.2\n'

test('a nameserver whose port refuses leads to the next', () => {
  let sends = 0
  const { sent, resolution } = ask('web', two, (query) =>
    ++sends === 1 ? { kind: 'port-unreachable', afterMs: 0 } : serverFrom('')(query),
  )
  expect(sent).toEqual(['web.one.test. A', 'web.one.test. A', 'web.one.test. AAAA'])
  expect(resolution.outcome.kind).toBe('reply')
})

test('a silent nameserver leads to the next', () => {
  let sends = 0
  const { sent } = ask('web', two, (query) => (++sends <= 4 ? { kind: 'silence' } : serverFrom('')(query)))
  expect(sent).toHaveLength(6)
})

test('a name that fails is told behind those that did not', () => {
  const file = 'search one.test two.test\nnameserver 10.0.0.1\n'
  const { resolution } = ask('web', file, (query) => ({
    ...serverFrom('web.one.test. A SERVFAIL')(query),
    afterMs: 0,
  }))
  expect(resolution.outcome).toMatchObject({
    kind: 'reply',
    others: [
      { rcode: 'NXDOMAIN' },
      { rcode: 'NXDOMAIN' },
      { question: { name: 'web.one.test.', type: 'A' } },
    ],
  })
})

test('a search domain that is the root breaks the burst off', () => {
  const { sent, resolution } = ask('web', 'search one.test . two.test\nnameserver 10.0.0.1\n', serverFrom(''))
  expect(sent).toEqual(['web.one.test. A'])
  expect(resolution.outcome).toMatchObject({ kind: 'failed', error: 'illegal' })
})
