import { describe, expect, test } from 'vitest'
import { findServer } from './find-server.ts'
import { tellServers } from './tell-servers.ts'
import { aConfig, anIngress } from './objects.fixture.ts'

const { servers } = aConfig({
  ingresses: ['a.foo.com', '*.foo.com', 'web01', '*.bar.org'].map((host) =>
    anIngress(host.replaceAll(/[*.]/g, '-'), [`${host} / nginx:80`]),
  ),
})

/** `a.foo.com:host-differs`, the winner in capitals. */
function candidates(host: string): readonly string[] {
  return tellServers(servers, findServer(servers, host), host).map(({ name, verdict, reason }) =>
    verdict === 'won' ? `${name} WON ${reason.kind}` : `${name} ${verdict} ${reason.kind}`,
  )
}

describe('nginx takes', () => {
  test('an exact name before any wildcard', () => {
    expect(candidates('a.foo.com')).toEqual([
      'a.foo.com WON host-equal',
      'web01 lost host-differs',
      '*.bar.org not-tried earlier-won',
      '*.foo.com not-tried earlier-won',
      '_ not-tried earlier-won',
    ])
  })
  test('a wildcard for one label', () => {
    expect(candidates('b.foo.com')).toEqual([
      'a.foo.com lost host-differs',
      'web01 lost host-differs',
      '*.bar.org lost wildcard-differs',
      '*.foo.com WON wildcard-fits',
      '_ not-tried earlier-won',
    ])
  })
  test('the catch-all for two labels under a wildcard', () => {
    expect(candidates('c.b.foo.com').slice(2)).toEqual([
      '*.bar.org lost wildcard-differs',
      '*.foo.com lost wildcard-labels',
      '_ WON catch-all',
    ])
  })
  test.each(['foo.com', '.foo.com', 'ä.foo.com', '*.foo.com', ''])('the catch-all for "%s"', (host) => {
    expect(findServer(servers, host).hostname).toBe('_')
  })
})
