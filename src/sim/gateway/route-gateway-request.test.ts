import { describe, expect, test } from 'vitest'
import type { GatewayDecision } from './gateway-decision.ts'
import { aBackend, aGateway, aRoute, decide, gatewayCluster, outcomeText } from './gateway-lab.fixture.ts'

const web = '[{ backendRefs: [{ name: web, port: 80 }] }]'

describe('a Gateway with one Route', () => {
  const cluster = gatewayCluster(
    aBackend('web'),
    aGateway('[{ name: http, port: 80, protocol: HTTP, hostname: "*.example.com" }]'),
    aRoute('web', web),
  )
  test.each([
    { url: 'http://a.example.com/', comes: '200 default/web:80 /' },
    { url: 'http://a.b.example.com/', comes: '200 default/web:80 /' },
    { url: 'http://A.Example.com:8080/', comes: '200 default/web:80 /' },
    { url: 'http://example.com/', comes: '404 no-listener' },
    { url: 'http://other.org/', comes: '404 no-listener' },
  ])('answers $url with $comes', ({ url, comes }) => {
    expect(outcomeText(decide(cluster, url))).toBe(comes)
  })
})

describe('rules of several Routes', () => {
  const cluster = gatewayCluster(
    ...['a', 'b', 'c', 'd'].map(aBackend),
    aGateway(),
    aRoute(
      'one',
      `[{ matches: [{ path: { value: /v1 } }], backendRefs: [{ name: a, port: 80 }] },
        { matches: [{ path: { value: /v1 }, headers: [{ name: x-env, value: canary }] }], backendRefs: [{ name: b, port: 80 }] },
        { matches: [{ path: { type: Exact, value: /v1 }, method: POST }], backendRefs: [{ name: c, port: 80 }] }]`,
    ),
    aRoute(
      'two',
      `[{ matches: [{ path: { value: /v1/long } }], backendRefs: [{ name: d, port: 80 }] },
        { matches: [{ path: { type: RegularExpression, value: "(?i)/re/[a-z]+" } }], backendRefs: [{ name: d, port: 80 }] },
        { matches: [{ path: { value: /old } }], filters: [{ type: RequestRedirect,
            requestRedirect: { scheme: https, path: { type: ReplacePrefixMatch, replacePrefixMatch: /new } } }] },
        { matches: [{ path: { value: /gone } }], backendRefs: [{ name: nobody, port: 80 }] },
        { matches: [{ path: { value: /nothing } }] },
        { matches: [{ path: { value: /cut } }], backendRefs: [{ name: a, port: 80 }], filters: [{ type: URLRewrite,
            urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }] }]`,
    ),
  )
  const from = (url: string, more: Parameters<typeof decide>[2] = {}) =>
    outcomeText(decide(cluster, url, more))
  test.each([
    { url: 'http://x/v1', comes: '200 default/a:80 /v1' },
    { url: 'http://x/v1/', comes: '200 default/a:80 /v1/' },
    { url: 'http://x/v1beta', comes: '404 no-route' },
    { url: 'http://x/V1', comes: '404 no-route' },
    { url: 'http://x/v1/long/er', comes: '200 default/d:80 /v1/long/er' },
    { url: 'http://x/RE/abc', comes: '200 default/d:80 /RE/abc' },
    { url: 'http://x/re/abc/d', comes: '404 no-route' },
    { url: 'http://x/old/1?q=2', comes: '302 redirect https://x/new/1?q=2' },
    { url: 'http://x/gone', comes: '500 unresolved-backend' },
    { url: 'http://x/nothing', comes: '500 no-backend' },
    { url: 'http://x/cut', comes: '200 default/a:80 /' },
    { url: 'http://x/cut/off?q=1', comes: '200 default/a:80 /off?q=1' },
  ])('lead $url to $comes', ({ url, comes }) => {
    expect(from(url)).toBe(comes)
  })
  test('prefer an Exact path with a method, and more headers', () => {
    expect(from('http://x/v1', { method: 'POST' })).toBe('200 default/c:80 /v1')
    expect(from('http://x/v1', { headers: [['X-Env', 'canary']] })).toBe('200 default/b:80 /v1')
    expect(from('http://x/v1', { headers: [['X-Env', 'Canary']] })).toBe('200 default/a:80 /v1')
  })
  test('say of every match why it is not the one', () => {
    const { rule } = decide(cluster, 'http://x/v1', { headers: [['X-Env', 'canary']] })
    expect(reasons({ rule })).toEqual([
      'default/one rules[2].matches[0]: method-differs',
      'default/two rules[1].matches[0]: path-differs',
      'default/two rules[0].matches[0]: path-differs',
      'default/two rules[4].matches[0]: path-differs',
      'default/two rules[3].matches[0]: path-differs',
      'default/two rules[2].matches[0]: path-differs',
      'default/two rules[5].matches[0]: path-differs',
      'default/one rules[1].matches[0]: fits',
      'default/one rules[0].matches[0]: after-headers',
    ])
  })
})

test('a host name that fits more closely hides the rules of others, whatever their paths', () => {
  const cluster = gatewayCluster(
    ...['a', 'b'].map(aBackend),
    aGateway(),
    aRoute('wild', '[{ backendRefs: [{ name: a, port: 80 }] }]', ', hostnames: ["*.example.com"]'),
    aRoute(
      'exact',
      '[{ matches: [{ path: { value: /only } }], backendRefs: [{ name: b, port: 80 }] }]',
      ', hostnames: [x.example.com]',
    ),
  )
  expect(outcomeText(decide(cluster, 'http://x.example.com/only'))).toBe('200 default/b:80 /only')
  const missed = decide(cluster, 'http://x.example.com/other')
  expect(outcomeText(missed)).toBe('404 no-route')
  expect(reasons(missed)).toEqual([
    'default/exact rules[0].matches[0]: path-differs',
    'default/wild rules[0].matches[0]: host-less-specific',
  ])
})

test('a header’s pattern fits the whole value; one beyond our regular expressions is not guessed', () => {
  const cluster = (pattern: string) =>
    gatewayCluster(
      aBackend('web'),
      aGateway(),
      aRoute(
        'web',
        `[{ matches: [{ headers: [{ name: x-a, type: RegularExpression, value: '${pattern}' }] }], backendRefs: [{ name: web, port: 80 }] }]`,
      ),
    )
  const withValue = (pattern: string, value: string) =>
    outcomeText(decide(cluster(pattern), 'http://x/', { headers: [['X-A', value]] }))
  expect(withValue('v[0-9]+', 'v12')).toBe('200 default/web:80 /')
  expect(withValue('v[0-9]+', 'v12b')).toBe('404 no-route')
  expect(withValue('(?<=a)b', 'b')).toBe('not-modelled')
})

test('a Service without ready Pods is 503', () => {
  const empty =
    'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: no }, ports: [{ port: 80 }] }\n---'
  expect(outcomeText(decide(gatewayCluster(empty, aGateway(), aRoute('web', web)), 'http://x/'))).toBe(
    '503 no-endpoints',
  )
})

test('a backend of weight 0 gets nothing, and all at 0 are 500', () => {
  const weighted = (a: number, b: number) =>
    gatewayCluster(
      ...['a', 'b'].map(aBackend),
      aGateway(),
      aRoute(
        'web',
        `[{ backendRefs: [{ name: a, port: 80, weight: ${a} }, { name: b, port: 80, weight: ${b} }] }]`,
      ),
    )
  expect(outcomeText(decide(weighted(0, 1), 'http://x/'))).toBe('200 default/b:80 /')
  expect(outcomeText(decide(weighted(0, 0), 'http://x/'))).toBe('500 no-backend')
})

test('the Pod gets the changed header fields, the client’s address among them', () => {
  const cluster = gatewayCluster(
    aBackend('web'),
    aGateway(),
    aRoute(
      'web',
      `[{ backendRefs: [{ name: web, port: 80 }], filters: [
          { type: RequestHeaderModifier, requestHeaderModifier:
            { set: [{ name: x-a, value: new }], add: [{ name: x-b, value: more }], remove: [X-C] } }] }]`,
    ),
  )
  const { outcome } = decide(cluster, 'http://x/', {
    headers: [
      ['X-A', 'old'],
      ['X-B', 'first'],
      ['x-c', 'gone'],
      ['X-Forwarded-For', '10.0.0.1'],
    ],
  })
  expect(outcome.kind === 'proxy' && outcome.request.headers).toEqual([
    ['Host', 'x'],
    ['X-B', 'first'],
    ['X-Forwarded-For', '10.0.0.1, 192.168.61.1'],
    ['X-Forwarded-Proto', 'http'],
    ['x-a', 'new'],
    ['x-b', 'more'],
  ])
})

function reasons({ rule }: Pick<GatewayDecision, 'rule'>): readonly string[] {
  return rule.candidates.map(({ name, reason }) => `${name}: ${reason.kind}`)
}
