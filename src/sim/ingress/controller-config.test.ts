import { describe, expect, test } from 'vitest'
import { locationHead } from './tell-locations.ts'
import { aConfig, anIngress, aService, aSlice, nginxClass } from './objects.fixture.ts'
import type { ControllerConfig } from './controller-config.ts'

/** `location "/" → default-nginx-80 (web01)`, in the order of nginx.conf. */
function locationsOf(config: ControllerConfig, host: string): readonly string[] | undefined {
  const server = config.servers.find(({ hostname }) => hostname === host)
  return server?.locations.map((location) => {
    const to = location.handler.kind === 'proxy' ? location.handler.upstream : location.handler.kind
    return `${locationHead(location)} → ${to} (${location.ingress?.name ?? ''})`
  })
}

describe('the controller takes an Ingress', () => {
  const otherClass = {
    ...nginxClass,
    ref: { ...nginxClass.ref, name: 'other' },
    controller: 'example.com/other',
  }
  const annotation = (value: string) => ({ 'kubernetes.io/ingress.class': value })
  test.each([
    { title: 'of its class', options: {}, reason: undefined },
    { title: 'without class', options: { className: null }, reason: 'no-class' },
    { title: 'of a class that is not there', options: { className: 'none' }, reason: 'class-missing' },
    { title: "of another controller's class", options: { className: 'other' }, reason: 'class-of-another' },
    {
      title: 'by annotation',
      options: { className: null, annotations: annotation('nginx') },
      reason: undefined,
    },
    {
      title: "with another's annotation",
      options: { className: null, annotations: annotation('other') },
      reason: 'annotation-of-another',
    },
    {
      title: 'whose class field does not fit though its annotation does',
      options: { className: 'other', annotations: annotation('nginx') },
      reason: 'class-of-another',
    },
  ])('$title: left because $reason', ({ options, reason }) => {
    const config = aConfig({
      ingresses: [anIngress('web01', ['web01 / nginx:80'], options)],
      ingressClasses: [nginxClass, otherClass],
    })
    expect(config.left.map((each) => each.reason.kind)).toEqual(reason === undefined ? [] : [reason])
    expect(locationsOf(config, 'web01') !== undefined).toBe(reason === undefined)
  })

  test('without class if it is told to', () => {
    const ingresses = [anIngress('web01', ['web01 / nginx:80'], { className: null })]
    expect(aConfig({ ingresses }, { 'watch-ingress-without-class': 'true' }).left).toEqual([])
  })
})

describe('Ingresses of one host', () => {
  const older = anIngress('older', ['web / a:80', 'web /x a:80'], { second: 1 })
  const newer = anIngress('newer', ['web / b:80', 'web =/x b:80', 'web /y b:80'], { second: 2 })
  const config = aConfig({ ingresses: [newer, older] })

  test('are merged: the older keeps path and type, other paths are added', () => {
    expect(locationsOf(config, 'web')).toEqual([
      'location "/y/" → default-b-80 (newer)',
      'location = "/y" → default-b-80 (newer)',
      'location "/x/" → default-a-80 (older)',
      'location = "/x" → default-b-80 (newer)',
      'location "/" → default-a-80 (older)',
    ])
  })
  test('of the same second are taken by descending name', () => {
    const both = ['alpha', 'zeta'].map((name) => anIngress(name, [`web / ${name}:80`]))
    expect(locationsOf(aConfig({ ingresses: both }), 'web')).toEqual([
      'location "/" → default-zeta-80 (zeta)',
    ])
  })
  test('keep the defaultBackend of the one that made the host, until a path claims "/"', () => {
    const first = anIngress('first', ['web /a a:80'], { second: 1, defaultBackend: 'd:80' })
    const second = anIngress('second', ['web / b:80'], { second: 2 })
    expect(locationsOf(aConfig({ ingresses: [first] }), 'web')?.at(-1)).toBe(
      'location "/" → default-d-80 (first)',
    )
    expect(locationsOf(aConfig({ ingresses: [first, second] }), 'web')?.at(-1)).toBe(
      'location "/" → default-b-80 (second)',
    )
  })
})

describe('a path', () => {
  test.each([
    { rule: 'h /foo a:80', heads: ['"/foo/"', '= "/foo"'] },
    { rule: 'h /foo/ a:80', heads: ['"/foo/"', '= "/foo/"'] },
    { rule: 'h =/foo a:80', heads: ['= "/foo"'] },
    { rule: 'h =/ a:80', heads: ['"/"', '= "/"'] },
  ])('$rule becomes $heads', ({ rule, heads }) => {
    const config = aConfig({ ingresses: [anIngress('h', [rule])] })
    const own = locationsOf(config, 'h')?.map((line) => line.replace(/^location (.*) → .*$/, '$1'))
    expect(own?.filter((head) => head !== '"/"' || heads.includes(head)).toSorted()).toEqual(heads.toSorted())
  })

  test('with a rewrite makes the whole host regular expressions, longest first', () => {
    const rewriting = anIngress('r', ['h /foo.* a:80'], { annotations: { 'rewrite-target': '/' } })
    const plain = anIngress('p', ['h /bar b:80', 'h / c:80'])
    expect(locationsOf(aConfig({ ingresses: [rewriting, plain] }), 'h')).toEqual([
      'location ~* "^/foo.*" → default-a-80 (r)',
      'location ~* "^/bar/" → default-b-80 (p)',
      'location ~* "^/bar" → default-b-80 (p)',
      'location ~* "^/" → default-c-80 (p)',
    ])
  })
  test('whose rewrite-target is itself rewrites nothing, where it is not doubled', () => {
    const ingresses = [anIngress('r', ['h / a:80'], { annotations: { 'rewrite-target': '/' } })]
    expect(locationsOf(aConfig({ ingresses }), 'h')).toEqual(['location "/" → default-a-80 (r)'])
  })
  test('that doubles into one already there makes nginx refuse the file', () => {
    const { problems } = aConfig({ ingresses: [anIngress('h', ['h /foo a:80', 'h /foo/ b:80'])] })
    expect(problems).toMatchObject([{ kind: 'duplicate-location', server: 'h', path: '/foo/' }])
  })
  test.each([
    {
      rule: 'h /foo(',
      annotations: { 'use-regex': 'true' },
      problem: { kind: 'invalid-pattern', path: '/foo(' },
    },
    {
      rule: '*.h /',
      annotations: { 'from-to-www-redirect': 'true' },
      problem: { kind: 'invalid-server-name', server: 'www.*.h' },
    },
  ])('$rule with $annotations makes nginx refuse the file', ({ rule, annotations, problem }) => {
    const given: Record<string, string> = { ...annotations }
    const { problems } = aConfig({ ingresses: [anIngress('h', [`${rule} a:80`], { annotations: given })] })
    expect(problems).toMatchObject([problem])
  })
})

describe('the catch-all', () => {
  const rules = anIngress('rules', ['* / a:80'], { second: 1 })
  const bare = anIngress('bare', [], {
    second: 2,
    defaultBackend: 'b:80',
    annotations: { 'rewrite-target': '/x' },
  })
  test.each([
    { ingresses: [], first: 'location "/" → upstream-default-backend ()' },
    { ingresses: [rules], first: 'location "/" → default-a-80 (rules)' },
    { ingresses: [bare], first: 'location "/" → default-b-80 (bare)' },
    { ingresses: [rules, bare], first: 'location "/" → default-b-80 (bare)' },
  ])('leads to $first', ({ ingresses, first }) => {
    expect(locationsOf(aConfig({ ingresses }), '_')?.[0]).toBe(first)
  })
  test('without rules is dropped by --disable-catch-all', () => {
    const config = aConfig({ ingresses: [bare] }, { 'disable-catch-all': 'true' })
    expect(config.left.map(({ reason }) => reason.kind)).toEqual(['catch-all-disabled'])
  })
})

describe('an upstream', () => {
  const slice = aSlice('nginx', 'http 8080', ['172.31.1.2', '!172.31.1.3'])
  const endpoint = { address: '172.31.1.2', port: 8080 }
  test.each([
    { port: '80', members: { kind: 'endpoints', endpoints: [endpoint] } },
    { port: 'http', members: { kind: 'endpoints', endpoints: [endpoint] } },
    { port: '8080', members: { kind: 'endpoints', endpoints: [endpoint] } }, // a targetPort does as well
    { port: '81', members: { kind: 'none', reason: { kind: 'no-such-port', port: 81 } } },
    { port: 'https', members: { kind: 'none', reason: { kind: 'no-such-port', port: 'https' } } },
  ])('of port $port has $members.kind', ({ port, members }) => {
    const config = aConfig({
      ingresses: [anIngress('h', [`h / nginx:${port}`])],
      services: [aService('nginx', 'http 80:8080')],
      endpointSlices: [slice],
    })
    expect(config.upstreams[0]).toMatchObject({ name: `default-nginx-${port}`, members })
  })
  test('with nobody ready is empty, and says how many are not', () => {
    const config = aConfig({
      ingresses: [anIngress('h', ['h / nginx:80'])],
      services: [aService('nginx', '80:80')],
      endpointSlices: [aSlice('nginx', '80', ['!172.31.1.3'])],
    })
    expect(config.upstreams[0]?.members).toEqual({ kind: 'none', reason: { kind: 'none-ready', total: 1 } })
  })
  test.each([
    { externalName: 'example.com', members: { kind: 'external-name', hostname: 'example.com', port: 80 } },
    {
      externalName: '192.0.2.1',
      members: { kind: 'endpoints', endpoints: [{ address: '192.0.2.1', port: 80 }] },
    },
    { externalName: 'localhost', members: { kind: 'none' } },
    { externalName: '127.0.0.1', members: { kind: 'none' } },
    { externalName: 'No_Name', members: { kind: 'none' } },
  ])('of ExternalName $externalName has $members.kind', ({ externalName, members }) => {
    const service = { ...aService('nginx'), type: 'ExternalName' as const, clusterIps: [], externalName }
    const config = aConfig({ ingresses: [anIngress('h', ['h / nginx:80'])], services: [service] })
    expect(config.upstreams[0]?.members).toMatchObject(members)
  })
  test('keeps the service-upstream of the first Ingress that names it', () => {
    const annotations = { 'service-upstream': 'true' }
    const ingresses = [
      anIngress('first', ['a / nginx:80'], { second: 1, annotations }),
      anIngress('second', ['b / nginx:80'], { second: 2 }),
    ]
    const config = aConfig({ ingresses, services: [aService('nginx', '80:80')] })
    expect(config.upstreams[0]?.members).toMatchObject({ kind: 'cluster-ip', endpoint: { port: 80 } })
  })
})

describe('an alias', () => {
  const ingresses = [
    anIngress('a', ['a / nginx:80'], { annotations: { 'server-alias': 'z, b ,y' } }),
    anIngress('b', ['b / nginx:80']),
  ]
  test('that is another host is dropped', () => {
    expect(aConfig({ ingresses }).servers.find(({ hostname }) => hostname === 'a')?.aliases).toEqual([
      'y',
      'z',
    ])
  })
})
