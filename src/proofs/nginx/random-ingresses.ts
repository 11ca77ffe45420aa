/** Random Ingresses: hosts and paths that meet each other, every annotation that decides a route. The same draws give the same set. */
import type { Ingress, IngressPath } from '../../sim/cluster/objects.ts'
import { drawBelow, type Draw } from '../../sim/draw.ts'
import type { ControllerConfig } from '../../sim/ingress/controller-config.ts'
import { buildControllerConfig } from '../../sim/ingress/controller-config.ts'
import { readControllerSettings } from '../../sim/ingress/controller-settings.ts'
import { aService, aSlice } from '../../sim/ingress/objects.fixture.ts'
import { pick, sometimes } from './draws.ts'

const hosts = ['a.example', 'b.example', 'www.a.example', 'x.sub.example', '*.example', '*.sub.example', '']
const paths = [
  '/',
  '/foo',
  '/foo/',
  '/Foo',
  '/foo/bar',
  '/foobar',
  '/foo-bar',
  '/foo.bar',
  '/foo/bar/baz',
  '/bar',
  '/bar/',
  '/b',
  '/f',
  '/foo/b',
  '/%41',
  '/a b',
  '/fö',
  '/$x',
  '/x;y',
  '/.well-known/acme-challenge',
  '/healthz',
]
/** Where one of the Ingress's locations is a regular expression, or all of a host are. */
const patterns = [
  '/foo(/|$)(.*)',
  '/foo/(.*)',
  '/.*',
  '/[a-z]+',
  '/[a-z]{3}',
  '/foo/[a-z]{3}',
  '/(foo|bar)/?$',
  '/foo.bar',
  '/foo/\\d+',
  '/foo$',
  '/(?:foo|b)(ar)?/(.+)',
  '/(?!foo).+',
  '/f+o*',
  '/fo{2}/b',
  '/\\w+/b(.?)',
  '/a b',
  '/(f)(o)(o)?(/)?(.*)',
  '/(?i)foo/[[:alpha:]]+',
  '/[^/]+/bar/?',
  '/foo/(?=bar).*',
  '/(foo|bar|b)+/?(.*)$',
  '/.+?/(b.*)',
  '/\\.well-known/(.*)',
  '/[-.\\w]+$',
  '/foo\\.bar',
  '/(a| |%|ö)*',
  '/x{0,2}(.)\\1',
  '^/foo',
  '/foo(',
  '/a**',
]
const targets = [
  '/',
  '/$3',
  '/$1?z=$2',
  '/$1?',
  '/ö/$1',
  '/$1',
  '/$2',
  '/new/$1',
  '/new',
  '/foo',
  '/bar',
  '/x?y=$1',
  '/$1/$2',
  '/q?',
]

/** A controller's configuration over one to six random Ingresses; all Services are there, an endpoint each. */
export function randomConfig(draw: Draw): ControllerConfig {
  const ingresses = Array.from({ length: 1 + drawBelow(draw, 6) }, (_, index) => randomIngress(draw, index))
  return configOf(ingresses, sometimes(draw, 6) ? { 'http-redirect-code': pick(draw, ['301', '307']) } : {})
}

/** A controller's configuration over these Ingresses. */
export function configOf(
  ingresses: readonly Ingress[],
  configMap: Readonly<Record<string, string>> = {},
): ControllerConfig {
  return buildControllerConfig({
    ingresses,
    ingressClasses: [],
    services: [aService('web', 'http 80:80')],
    endpointSlices: [aSlice('web', 'http 80', ['172.31.1.2'])],
    controller: readControllerSettings({ 'watch-ingress-without-class': 'true' }, configMap),
  })
}

/** An Ingress with these rules; all paths lead to one Service. */
export function ingressOf(
  name: string,
  rules: Ingress['rules'],
  annotations: Readonly<Record<string, string>> = {},
  more: Partial<Ingress> = {},
): Ingress {
  const prefixed = Object.entries(annotations).map(([key, value]) => [
    `nginx.ingress.kubernetes.io/${key}`,
    value,
  ])
  return {
    ref: { kind: 'Ingress', namespace: 'default', name },
    labels: {},
    createdAtMs: 0,
    annotations: Object.fromEntries(prefixed),
    rules,
    tls: [],
    addresses: [],
    ...more,
  }
}

/** One path to the one Service. */
export function pathOf(path: string, pathType: IngressPath['pathType']): IngressPath {
  return { path, pathType, backend }
}

const backend = { service: { name: 'web', port: 80 } }

function randomIngress(draw: Draw, index: number): Ingress {
  const isRegex = sometimes(draw, 4)
  const rules = Array.from({ length: 1 + drawBelow(draw, 2) }, () => ({
    host: pick(draw, hosts),
    ...(sometimes(draw, 15)
      ? {}
      : { paths: Array.from({ length: 1 + drawBelow(draw, 4) }, () => randomPath(draw, isRegex)) }),
  }))
  const named = rules.map(({ host }) => host).filter((host) => host !== '')
  return ingressOf(`i${index}`, sometimes(draw, 20) ? [] : rules, randomAnnotations(draw, isRegex), {
    createdAtMs: 1000 * drawBelow(draw, 4),
    ...(sometimes(draw, 8) ? { defaultBackend: backend } : {}),
    ...(sometimes(draw, 6) ? { tls: [{ hosts: named }] } : {}),
  })
}

function randomPath(draw: Draw, isRegex: boolean): IngressPath {
  if (isRegex && sometimes(draw, 2)) return pathOf(pick(draw, patterns), 'ImplementationSpecific')
  return pathOf(pick(draw, paths), pick(draw, ['Prefix', 'Prefix', 'Exact', 'ImplementationSpecific']))
}

function randomAnnotations(draw: Draw, isRegex: boolean): Readonly<Record<string, string>> {
  const code = () => pick(draw, ['301', '302', '303', '307', '308'])
  const maybe = (oneIn: number, name: string, value: () => string) =>
    sometimes(draw, oneIn) ? { [name]: value() } : {}
  const isTrue = () => 'true'
  return {
    ...(isRegex && sometimes(draw, 2) ? { 'use-regex': 'true' } : {}),
    ...(isRegex && sometimes(draw, 2) ? { 'rewrite-target': pick(draw, targets) } : {}),
    ...maybe(30, 'rewrite-target', () => pick(draw, targets)),
    ...maybe(12, 'app-root', () => pick(draw, ['/app', '/foo/bar'])),
    ...maybe(15, 'permanent-redirect', () => pick(draw, ['/elsewhere', 'https://other.example/x'])),
    ...maybe(15, 'permanent-redirect-code', code),
    ...maybe(15, 'temporal-redirect', () => pick(draw, ['/for-now', 'http://other.example'])),
    ...maybe(15, 'temporal-redirect-code', code),
    ...maybe(8, 'ssl-redirect', () => 'false'),
    ...maybe(12, 'force-ssl-redirect', isTrue),
    ...maybe(8, 'preserve-trailing-slash', isTrue),
    ...maybe(8, 'use-port-in-redirects', isTrue),
    ...maybe(12, 'relative-redirects', isTrue),
    ...maybe(12, 'from-to-www-redirect', isTrue),
    ...maybe(10, 'server-alias', () => pick(draw, ['alias.example', 'b.example', 'alias.example,c.example'])),
    ...maybe(10, 'upstream-vhost', () => 'inner.example'),
    ...maybe(10, 'x-forwarded-prefix', () => '/prefix'),
  }
}
