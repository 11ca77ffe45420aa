import { describe, expect, test } from 'vitest'
import { makeReply, type DnsMessage } from './message.ts'
import { parseResolvConf } from './resolv-conf.ts'
import { runLookup, serverFrom } from './resolver.fixture.ts'
import type { ServerReply } from './resolver-step.ts'

/** Measured on BIND 9.18.49 by the proof of the resolvers. */
const two = 'search one.test two.test\nnameserver 10.0.0.1\nnameserver 10.0.0.2\n'

function ask(name: string, flavour: 'dig-search' | 'host' | 'nslookup', file: string, server: Server) {
  return runLookup({ name, flavour, conf: parseResolvConf(file, flavour) }, server)
}

type Server = (query: DnsMessage) => ServerReply

describe('host and nslookup', () => {
  test('go on to the next nameserver where one offers no recursion or fails, dig does not', () => {
    const server = serverFrom('web.one.test. A 10.9.0.1')
    const a = 'web.one.test. A'
    expect(ask('web', 'nslookup', two, server).sent.slice(0, 3)).toEqual([a, a, 'web.one.test. AAAA'])
    expect(ask('web', 'dig-search', two, server).sent).toEqual([a])
  })

  test('ask the other types of the name to which CNAMEs lead', () => {
    const server: Server = (query) => {
      const { name } = query.question
      const alias = { name, ttlSeconds: 30, type: 'CNAME', data: 'edge.test.' } as const
      const address = { name: 'edge.test.', ttlSeconds: 30, type: 'A', data: '10.9.0.1' } as const
      const answer = name === 'www.test.' ? [alias, address] : []
      return { kind: 'reply', message: makeReply(query, { rcode: 'NOERROR', answer }), afterMs: 0 }
    }
    expect(ask('www.test.', 'host', 'nameserver 10.0.0.1\n', server).sent).toEqual([
      'www.test. A',
      'edge.test. AAAA',
      'edge.test. MX',
    ])
  })

  test('stay with TCP once an answer was truncated', () => {
    let isFirst = true
    const server: Server = (query) => {
      const answer = [{ name: 'web.', ttlSeconds: 30, type: 'A', data: '10.9.0.1' } as const]
      const message = makeReply(query, { rcode: 'NOERROR', tc: isFirst, answer })
      isFirst = false
      return { kind: 'reply', message, afterMs: 0 }
    }
    const { sent } = ask('web.', 'nslookup', 'nameserver 10.0.0.1\n', server)
    expect(sent).toEqual(['web. A', 'web. A TCP', 'web. AAAA TCP'])
  })
})

describe('with two nameservers of which one is silent', () => {
  const silent: Server = () => ({ kind: 'silence' })

  test('all tries but the last are the first one’s', () => {
    const { sent } = ask('web', 'dig-search', `${two}options attempts:3\n`, silent)
    expect(sent).toHaveLength(4)
  })

  test('host tries at least twice', () => {
    const file = 'nameserver 10.0.0.1\noptions attempts:1\n'
    expect(ask('web.', 'host', file, silent).sent).toHaveLength(2)
    expect(ask('web.', 'nslookup', file, silent).sent).toHaveLength(1)
  })

  test('what one name of the list used up the next has not', () => {
    let sends = 0
    const server: Server = (query) => (++sends === 2 ? serverFrom('')(query) : { kind: 'silence' })
    const { sent } = ask(
      'web',
      'dig-search',
      `${two.replace(/nameserver 10.0.0.2\n/, '')}options attempts:2\n`,
      server,
    )
    expect(sent.map((line) => line.split(' ')[0])).toEqual([
      'web.one.test.',
      'web.one.test.',
      'web.two.test.',
    ])
  })
})

test('no more than eight search domains are read', () => {
  const domains = Array.from({ length: 10 }, (_, index) => `d${index}.test`).join(' ')
  const { sent } = ask('web', 'dig-search', `search ${domains}\n`, serverFrom(''))
  expect(sent).toHaveLength(9)
  expect(sent.at(-2)).toBe('web.d7.test. A')
})
