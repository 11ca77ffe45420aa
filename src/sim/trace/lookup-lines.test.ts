import { describe, expect, test } from 'vitest'
import { chapterLab, request } from './chapter-lab.fixture.ts'

/** What the chapter's Pod, of Alpine, asks by a line of the request bar. */
function send(line: string) {
  const trace = chapterLab().send(request('pod/default/pod', line))
  const sent = trace.hops.filter(({ kind }) => kind === 'send')
  const asked = sent.flatMap(({ message }) =>
    message?.kind === 'dns' ? [`${message.message.question.name} ${message.message.question.type}`] : [],
  )
  return { trace, asked, first: trace.hops[0]?.title }
}

describe('a lookup in the request bar', () => {
  test('nslookup is BusyBox’s in an Alpine Pod: every search domain, never the name itself', () => {
    const { first, asked } = send('nslookup nginx')
    expect(first).toMatchObject({ id: 'hop.read-resolver-burst.title' })
    expect(asked).toEqual(
      ['A', 'AAAA'].flatMap((type) =>
        ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'].map(
          (domain) => `nginx.${domain}. ${type}`,
        ),
      ),
    )
  })

  test.each([
    { line: 'dig nginx', asked: ['nginx. A'] },
    { line: 'dig +search nginx AAAA', asked: ['nginx.default.svc.cluster.local. AAAA'] },
    { line: 'dig -x 10.96.0.10', asked: ['10.0.96.10.in-addr.arpa. PTR'] },
    {
      line: 'host nginx',
      asked: ['A', 'AAAA', 'MX'].map((type) => `nginx.default.svc.cluster.local. ${type}`),
    },
    {
      line: 'getent hosts nginx',
      asked: ['AAAA', 'A'].map((type) => `nginx.default.svc.cluster.local. ${type}`),
    },
  ])('$line asks as its program does', ({ line, asked }) => {
    const result = send(line)
    expect(result.asked).toEqual(asked)
    expect(result.trace.result.kind).toBe('dns')
  })
})
