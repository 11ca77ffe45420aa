import { describe, expect, test } from 'vitest'
import { ip } from '../network/address.ts'
import type { RouteRequest } from './incoming-request.ts'
import { aConfig, anIngress, aService, aSlice } from './objects.fixture.ts'
import { routeRequest } from './route-request.ts'

const services = [aService('nginx', '80:80')]
const endpointSlices = [aSlice('nginx', '80', ['172.31.1.2', '172.31.2.3', '172.31.3.4'])]
const web01 = anIngress('web01', ['web01 / nginx:80'])
const chapter = aConfig({ ingresses: [web01], services, endpointSlices })

function get(url: string, more: Partial<RouteRequest> = {}): RouteRequest {
  const [, scheme, host = '', target = ''] = /^(https?):\/\/([^/]*)(.*)$/.exec(url) ?? []
  return {
    scheme: scheme === 'https' ? 'https' : 'http',
    host,
    target,
    method: 'GET',
    headers: [
      ['User-Agent', 'curl/7.88.1'],
      ['Accept', '*/*'],
    ],
    clientAddress: ip('192.168.61.11'),
    atMs: Date.UTC(2026, 10, 25, 1, 3, 57),
    ...more,
  }
}

const first = () => 0

describe("the chapter's Ingress web01", () => {
  const decision = routeRequest(chapter, get('http://web01/'), first)

  test('goes to a Pod address directly', () => {
    expect(decision.outcome).toMatchObject({
      kind: 'proxy',
      upstream: 'default-nginx-80',
      endpoint: { address: '172.31.1.2', port: 80, pod: { kind: 'Pod' } },
    })
  })
  test('says which server and which location took it', () => {
    expect(decision.server.candidates).toEqual([
      { name: 'web01', verdict: 'won', reason: { kind: 'host-equal', host: 'web01' }, ingress: web01.ref },
      { name: '_', verdict: 'not-tried', reason: { kind: 'earlier-won' } },
    ])
    expect(decision.location.candidates).toEqual([
      {
        name: 'location "/"',
        verdict: 'won',
        reason: { kind: 'prefix-fits', path: '/' },
        ingress: web01.ref,
        backend: { namespace: 'default', name: 'nginx', port: 80 },
      },
    ])
    expect(decision.ingress).toEqual(web01.ref)
  })
  test('gives the Pod the Host as typed and the peer as the client', () => {
    expect(decision.outcome).toMatchObject({
      request: {
        method: 'GET',
        target: '/',
        headers: [
          ['Host', 'web01'],
          ['X-Request-ID', '00000000000000000000000000000000'],
          ['X-Real-IP', '192.168.61.11'],
          ['X-Forwarded-For', '192.168.61.11'],
          ['X-Forwarded-Host', 'web01'],
          ['X-Forwarded-Port', '80'],
          ['X-Forwarded-Proto', 'http'],
          ['X-Forwarded-Scheme', 'http'],
          ['X-Scheme', 'http'],
          ['User-Agent', 'curl/7.88.1'],
          ['Accept', '*/*'],
        ],
      },
    })
  })
  test('points at the rule, the path, the Service and its EndpointSlice', () => {
    expect(decision.because.map(({ object, paths }) => `${object.kind} ${paths.join()}`)).toEqual([
      'Ingress spec,rules,0,host',
      'Ingress spec,rules,0,http,paths,0',
      'Service ',
      'EndpointSlice ',
    ])
  })
  test('takes the next Pod of the ring at each turn', () => {
    const addresses = [0, 1, 2, 3].map((turn) => {
      const { outcome } = routeRequest(chapter, get('http://web01/', { turn }), first)
      return outcome.kind === 'proxy' ? outcome.endpoint.address : outcome.kind
    })
    expect(addresses).toEqual(['172.31.1.2', '172.31.2.3', '172.31.3.4', '172.31.1.2'])
  })
})

describe('nginx answers itself', () => {
  const tls = [{ hosts: ['tls.example'] }]
  const config = aConfig({
    services,
    endpointSlices,
    ingresses: [
      web01,
      anIngress('tls', ['tls.example / nginx:80'], { tls }),
      anIngress('slash', ['slash /a/b/ nginx:80']),
      anIngress('relative', ['relative /a/b/ nginx:80'], { annotations: { 'relative-redirects': 'true' } }),
      anIngress('broken', ['no-service / missing:80', 'no-port / nginx:81']),
      anIngress('root', ['root / nginx:80'], { annotations: { 'app-root': '/app' } }),
      anIngress('gone', ['gone / nginx:80'], { annotations: { 'permanent-redirect': '/new' } }),
    ],
  })
  test.each([
    { url: 'http://web02/', status: 404, because: { kind: 'no-ingress', host: 'web02' } },
    { url: 'http://slash/x', status: 404, because: { kind: 'no-path', host: 'slash', path: '/x' } },
    {
      url: 'http://no-service/',
      status: 503,
      because: { kind: 'no-endpoints', empty: { kind: 'no-service' } },
    },
    { url: 'http://no-port/', status: 503, because: { empty: { kind: 'no-such-port', port: 81 } } },
    { url: 'http://tls.example/', status: 308, because: { kind: 'redirect-https', entry: 'tls.example' } },
    { url: 'http://slash/a/b?c', status: 301, because: { kind: 'redirect-slash', path: '/a/b/' } },
    { url: 'http://root/', status: 302, because: { kind: 'app-root', path: '/app' } },
    { url: 'http://gone/x', status: 301, because: { kind: 'redirect-annotation', url: 'http://gone/new' } },
    { url: 'http:///', status: 400, because: { kind: 'bad-host', why: 'empty' } },
    { url: 'http://a..b/', status: 400, because: { kind: 'bad-host', why: 'double-dot' } },
    { url: 'http://web01/../x', status: 400, because: { kind: 'bad-target', why: 'above-root' } },
    { url: 'http://elsewhere/healthz', status: 200, because: { kind: 'healthz' } },
  ])('$status to $url', ({ url, status, because }) => {
    expect(routeRequest(config, get(url), first).outcome).toMatchObject({
      kind: 'respond',
      response: { status },
      because,
    })
  })
  test.each([
    ['http://tls.example/', 'https://tls.example'],
    ['http://tls.example:8080/a/?b', 'https://tls.example/a/?b'],
    ['http://SLASH:30080/a/b?c=d', 'http://slash/a/b/?c=d'],
    ['http://relative/a/b?c=d', '/a/b/?c=d'],
    ['http://root:81/', 'http://root:81/app'],
  ])('%s leads to %s', (url, location) => {
    const { outcome } = routeRequest(config, get(url), first)
    expect(outcome.kind === 'respond' && Object.fromEntries(outcome.response.headers)).toMatchObject({
      Location: location,
    })
  })
  test('adds HSTS to its own pages over https, never over http', () => {
    const headers = (url: string) => {
      const { outcome } = routeRequest(config, get(url), first)
      return outcome.kind === 'respond' ? outcome.response.headers.map(([name]) => name) : []
    }
    expect(headers('https://web02/')).toContain('Strict-Transport-Security')
    expect(headers('http://web02/')).not.toContain('Strict-Transport-Security')
  })
})
