import { describe, expect, test } from 'vitest'
import type { Cluster } from '../cluster/cluster.ts'
import { parseFile } from '../manifest/parse-file.ts'
import { listAt, textAt, valueAt } from '../manifest/json-fields.ts'
import { conversionOf } from './from-ingress.ts'
import { aBackend, gatewayCluster, overCluster, refusals } from './gateway-lab.fixture.ts'

const CLASS =
  'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: nginx }\nspec: { controller: k8s.io/ingress-nginx }\n---'

/** An Ingress of the class; a rule is `HOST TYPE PATH SERVICE`, annotations by their short names. */
function anIngress(
  name: string,
  rules: readonly string[],
  more: { readonly annotations?: Readonly<Record<string, string>>; readonly tls?: string } = {},
): string {
  const annotations = Object.entries(more.annotations ?? {}).map(
    ([key, value]) => `nginx.ingress.kubernetes.io/${key}: "${value}"`,
  )
  const rule = (text: string) => {
    const [host = '', pathType = '', path = '', service = ''] = text.split(' ')
    return `{ host: "${host}", http: { paths: [{ path: "${path}", pathType: ${pathType}, backend: { service: { name: ${service}, port: { number: 80 } } } }] } }`
  }
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${annotations.join(', ')} } }
spec: { ingressClassName: nginx, rules: [${rules.map(rule).join(', ')}]${more.tls === undefined ? '' : `, tls: ${more.tls}`} }
---`
}

function clusterOf(...ingresses: readonly string[]): Cluster {
  return ingresses.reduce(
    (cluster, ingress) => overCluster(cluster, ingress),
    gatewayCluster(CLASS, ...['a', 'b', 'c'].map(aBackend)),
  )
}

/** `KIND TOPIC ABOUT`, and where there is an example `URL: INGRESS | GATEWAY`. */
function said(cluster: Cluster): readonly string[] {
  return conversionOf(cluster).differences.map(({ kind, topic, about, example }) => {
    const text = (answer: NonNullable<typeof example>['ingress']) =>
      answer.kind === 'none'
        ? answer.why
        : [answer.status, answer.location ?? answer.backend ?? ''].join(' ').trim()
    return `${kind} ${topic} ${about}${example === undefined ? '' : ` ${example.url}: ${text(example.ingress)} | ${text(example.gateway)}`}`
  })
}

describe('an Ingress without annotations', () => {
  const cluster = clusterOf(anIngress('web', ['web.org Prefix /api a', 'web.org Exact /one b']))
  test('becomes a Gateway named like the class and a Route a host', () => {
    const { objects } = conversionOf(cluster)
    expect(objects.map((each) => `${textAt(each, 'kind')} ${textAt(each, 'metadata', 'name')}`)).toEqual([
      'Gateway nginx',
      'HTTPRoute web-web-org',
    ])
    expect(listAt(objects[1], 'spec', 'rules').map((rule) => valueAt(rule, 'matches', 0, 'path'))).toEqual([
      { type: 'PathPrefix', value: '/api' },
      { type: 'Exact', value: '/one' },
    ])
  })
  test('answers alike but over https, which nginx serves without any tls', () => {
    expect(said(cluster)).toEqual([
      'differs https-without-tls web.org https://web.org/api: 200 a | no-listener',
    ])
  })
})

test('what becomes of an Ingress is taken by the server', () => {
  const cluster = clusterOf(
    anIngress('web', ['*.web.org Prefix /api a', 'web.org Exact /one/ b'], {
      annotations: { 'use-regex': 'true', 'app-root': '/start', 'proxy-read-timeout': '30' },
    }),
    anIngress('old', ['old.org Prefix / a'], {
      annotations: { 'permanent-redirect': 'https://new.org/start' },
    }),
  )
  const text = conversionOf(cluster)
    .objects.map((each) => JSON.stringify(each))
    .join('\n---\n')
  expect(parseFile('x.yaml', text).diagnostics).toEqual([])
  expect(refusals(text)).toEqual([])
})

test('regex of one Ingress spreads over the host, and is written out', () => {
  const cluster = clusterOf(
    anIngress('pattern', ['web.org Prefix /v1 a'], { annotations: { 'use-regex': 'true' } }),
    anIngress('plain', ['web.org Exact /one b']),
  )
  expect(said(cluster)).toContain('written-out regex-letter-case use-regex http://web.org/ONE: 200 b | 404')
  expect(said(cluster)).toContain('written-out regex-exact use-regex http://web.org/onex: 200 b | 404')
  expect(said(cluster)).toContain('written-out regex-prefix use-regex http://web.org/v1x: 200 a | 404')
  const spread = conversionOf(cluster).differences.find(({ ingress }) => ingress.name === 'plain')
  expect(spread?.because[0]?.object.name).toBe('pattern')
})

test('a slash that is missing is answered 301 by nginx, and written out', () => {
  expect(said(clusterOf(anIngress('web', ['web.org Exact /one/ a'])))).toContain(
    'written-out slash-redirect /one/ http://web.org/one: 301 http://web.org/one/ | 404',
  )
})

test('a wildcard host of several labels has an HTTPRoute alone', () => {
  expect(said(clusterOf(anIngress('web', ['*.web.org Prefix / a'])))).toContain(
    'differs wildcard-labels *.web.org http://a.a.web.org/: 404 | 200 a',
  )
})

test('TLS brings the 308 of nginx along, and a Secret that is missing closes the listener', () => {
  const cluster = clusterOf(
    anIngress('web', ['web.org Prefix / a'], { tls: '[{ hosts: [web.org], secretName: none }]' }),
  )
  expect(said(cluster)).toContain(
    'written-out tls-redirect web.org http://web.org/: 308 https://web.org | 200 a',
  )
  expect(said(cluster)).toContain('differs certificate web.org https://web.org/: 200 a | no-certificate')
})

test('annotations without a counterpart are named with their line, and groups in a rewrite', () => {
  const cluster = clusterOf(
    anIngress(
      'web',
      ['web.org Prefix /api(/|$)(.*) a'].map((text) => text.replace('Prefix', 'ImplementationSpecific')),
      {
        annotations: { affinity: 'cookie', 'rewrite-target': '/$2' },
      },
    ),
  )
  const found = conversionOf(cluster).differences
  expect(
    found.filter(({ kind }) => kind === 'not-converted').map(({ topic, about }) => `${topic} ${about}`),
  ).toEqual(['annotation affinity', 'rewrite-groups /$2'])
  expect(found.find(({ topic }) => topic === 'rewrite' || topic === 'regex-order')?.kind).toBe('differs')
  expect(found.every(({ because }) => because[0]?.file === 'test.yaml')).toBe(true)
})

test('a canary’s weight and header value become weights and a rule of their own', () => {
  const cluster = clusterOf(
    anIngress('web', ['web.org Prefix / a']),
    anIngress('next', ['web.org Prefix / b'], {
      annotations: {
        canary: 'true',
        'canary-weight': '20',
        'canary-by-header': 'x-next',
        'canary-by-header-value': 'yes',
      },
    }),
  )
  const [, route] = conversionOf(cluster).objects
  expect(listAt(route, 'spec', 'rules').map((rule) => valueAt(rule, 'backendRefs'))).toEqual([
    [{ name: 'b', port: 80 }],
    [
      { name: 'b', port: 80, weight: 20 },
      { name: 'a', port: 80, weight: 80 },
    ],
  ])
})

test('without an Ingress of ingress-nginx there is nothing to convert', () => {
  expect(conversionOf(gatewayCluster())).toEqual({ objects: [], differences: [], ingresses: [] })
})
