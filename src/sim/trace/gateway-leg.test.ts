import { describe, expect, test } from 'vitest'
import { hopOf, request } from './chapter-lab.fixture.ts'
import { gatewayLab } from './gateway-lab.fixture.ts'
import type { Trace } from './trace.ts'

const URL = 'http://web.example.com/'

/** `KIND SUBJECT` of every hop that changes who holds the packet. */
function way(trace: Trace): readonly string[] {
  return trace.hops
    .filter(({ kind }) => ['enter', 'dispatch', 'rewrite', 'match', 'answer'].includes(kind))
    .map(
      ({ kind, subject }) =>
        `${kind} ${'ref' in subject ? subject.ref.name.replace(/-[0-9a-f]+-\w+$/, '') : subject.kind}`,
    )
}

describe('a request from outside through a Gateway', () => {
  const trace = gatewayLab().send(request('laptop', URL))
  test('goes through a node, the Gateway’s Service and Pod, and then to a Pod’s own address', () => {
    expect(way(trace)).toEqual([
      'answer name',
      'enter node',
      'dispatch web-podpath',
      'rewrite web-podpath',
      'rewrite node',
      'answer web-podpath',
      'match web-podpath',
      'enter node',
      'answer nginx',
      'answer nginx',
    ])
    const upstream = trace.hops.filter((hop) => trace.exchanges[hop.exchange]?.leg === 'upstream')
    expect(upstream.some(({ kind }) => kind === 'dispatch')).toBe(false)
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 200 })
  })
  test('shows listener, rule, backend and Pod, and the lines behind them', () => {
    const match = hopOf(trace, 'match')
    expect(match.evidence.map(({ kind }) => kind)).toEqual([
      'listeners',
      'route-rules',
      'backends',
      'upstream',
    ])
    expect(match.because.map(({ file }) => file)).toEqual(['gateway.yaml', 'httproute.yaml', 'web.yaml'])
    expect(match.basis).toBe('computed')
  })
})

test.each([
  {
    of: 'a host that no listener takes',
    url: 'http://192.168.61.200/',
    status: 404,
    hop: 'gateway-no-listener',
  },
  { of: 'a host that no Route has', url: 'http://other.example.com/', status: 404, hop: 'gateway-no-route' },
  {
    of: 'a path that is sent elsewhere',
    url: 'http://web.example.com/old/page',
    status: 301,
    hop: 'gateway-redirect',
  },
])('$of is answered $status by the Gateway’s own Pod', ({ url, status, hop }) => {
  const trace = gatewayLab().send(request('laptop', url))
  expect(trace.verdict.status).toBe(status)
  expect(hopOf(trace, 'match').title.id).toBe(`hop.${hop}.title`)
  const { result } = trace
  expect(result.kind === 'http' && result.response.from).toMatchObject({ kind: 'ingress-controller' })
  expect(trace.exchanges.some(({ leg }) => leg === 'upstream')).toBe(false)
})

describe('the https listener', () => {
  const verdictOf = (url: string, headers: readonly (readonly [string, string])[] = []) =>
    gatewayLab().send(request('laptop', url, { headers, program: 'curl' }))
  test('shows the certificate of its Secret, and leads on', () => {
    const trace = verdictOf('https://web.example.com/')
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 200 })
    const shown = hopOf(trace, 'match')
    expect(shown.title.id).toBe('hop.tls-secret.title')
    expect(shown.evidence.map(({ kind }) => kind)).toEqual(['listeners'])
    expect(trace.result).toMatchObject({ tls: { alpn: 'h2', chainVerdict: { kind: 'trusted' } } })
  })
  test('closes where the ClientHello names a host of no listener', () => {
    const trace = verdictOf('https://192.168.61.200/')
    expect(trace.verdict.kind).toBe('reset')
    expect(hopOf(trace, 'refuse').title.id).toBe('hop.gateway-no-certificate.title')
  })
  test('answers 421 to a Host of another listener than the handshake’s', () => {
    const two = gatewayLab((text) =>
      text.replace(
        '---\n# The certificate of',
        '    - { name: other, protocol: HTTPS, port: 443, hostname: other.example.com, tls: { certificateRefs: [{ name: web-tls }] } }\n---\n# The certificate of',
      ),
    )
    const headers = [['Host', 'other.example.com']] as const
    const trace = two.send(request('laptop', 'https://web.example.com/', { headers, program: 'curl' }))
    expect(trace.verdict.status).toBe(421)
  })
  test('answers plain HTTP with 400', () => {
    expect(verdictOf('http://web.example.com:443/').verdict.status).toBe(400)
  })
})

test('a backend that is not there is 500, one without Pods 503', () => {
  const missing = gatewayLab((text) =>
    text
      .replace('{ name: nginx, port: 80, weight: 80 }', '{ name: nobody, port: 80, weight: 80 }')
      .replace('weight: 20', 'weight: 0'),
  )
  expect(missing.send(request('laptop', URL)).verdict.status).toBe(500)
  const empty = gatewayLab((text) =>
    text.replace('replicas: 3', 'replicas: 0').replace('weight: 20', 'weight: 0'),
  )
  expect(empty.send(request('laptop', URL)).verdict.status).toBe(503)
})

test('the header of the first rule leads to the next version, whatever is drawn', () => {
  const lab = gatewayLab()
  for (const seed of [1, 2, 3]) {
    const trace = lab.send(request('laptop', URL, { headers: [['x-canary', 'always']], seed }))
    expect(trace.result.kind === 'http' && trace.result.response.body).toBe('the next version\n')
  }
})

test('of many requests the weights’ share goes to each backend', () => {
  const lab = gatewayLab()
  const bodies = Array.from({ length: 60 }, (_, seed) => {
    const { result } = lab.send(request('laptop', URL, { seed }))
    return result.kind === 'http' ? result.response.body : ''
  })
  const next = bodies.filter((body) => body.startsWith('the next version')).length
  expect(next).toBeGreaterThan(5)
  expect(next).toBeLessThan(22)
})

test('a Pod that is slower than the rule allows is 504', () => {
  const lab = gatewayLab((text) =>
    text
      .replace('podpath.dev/http: "200 the next version"', 'podpath.dev/latency: 2s')
      .replace(
        '- { name: nginx-next, port: 80 }\n    - matches',
        '- { name: nginx-next, port: 80 }\n      timeouts: { request: 500ms }\n    - matches',
      ),
  )
  const trace = lab.send(request('laptop', URL, { headers: [['x-canary', 'always']] }))
  expect(trace.verdict.status).toBe(504)
})

test('a mirror gets a copy, and its answer goes nowhere', () => {
  const lab = gatewayLab((text) =>
    text.replace(
      '- { name: nginx-next, port: 80 }\n    - matches',
      '- { name: nginx-next, port: 80 }\n      filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: nginx, port: 80 } } }]\n    - matches',
    ),
  )
  const trace = lab.send(request('laptop', URL, { headers: [['x-canary', 'always']] }))
  expect(trace.result.kind === 'http' && trace.result.response.body).toBe('the next version\n')
  expect(trace.exchanges.map(({ title }) => title.id)).toContain('exchange.mirror-http')
})

test('a Gateway of another controller leads nowhere: nobody has its address', () => {
  const lab = gatewayLab((text) => text.replace('podpath.dev/gateway', 'istio.io/gateway-controller'))
  expect(lab.cluster.services.some(({ ref }) => ref.name.startsWith('web-'))).toBe(false)
  expect(lab.send(request('laptop', URL)).verdict.kind).not.toBe('answered')
})
