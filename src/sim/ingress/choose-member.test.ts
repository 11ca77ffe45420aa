import { describe, expect, test } from 'vitest'
import type { Draw } from '../draw.ts'
import { openStream } from '../draw.ts'
import { ip } from '../network/address.ts'
import type { RouteRequest } from './incoming-request.ts'
import { aConfig, anIngress, aService, aSlice } from './objects.fixture.ts'
import { routeRequest } from './route-request.ts'

const addresses = ['172.31.1.2', '172.31.2.3', '172.31.3.4', '172.31.4.5', '172.31.5.6']
const services = [aService('nginx', '80:80'), aService('canary', '80:80')]
const endpointSlices = [aSlice('nginx', '80', addresses), aSlice('canary', '80', ['172.31.9.9'])]

/** Where a request goes, by what, and which cookie the answer sets. */
function send(
  annotations: Readonly<Record<string, string>>,
  more: Partial<RouteRequest> & { readonly draw?: Draw; readonly host?: string } = {},
) {
  const ingresses = [
    anIngress('a', ['a / nginx:80'], { annotations }),
    anIngress('b', ['b / nginx:80'], { second: 1 }),
  ]
  const { draw = openStream(1, 'x'), ...rest } = more
  const { outcome } = routeRequest(
    aConfig({ ingresses, services, endpointSlices }),
    {
      scheme: 'http',
      host: 'a',
      target: '/',
      method: 'GET',
      headers: [],
      clientAddress: ip('192.168.61.11'),
      atMs: Date.UTC(2026, 10, 25, 1, 3, 57),
      ...rest,
    },
    draw,
  )
  if (outcome.kind !== 'proxy') throw new Error(outcome.kind)
  const cookie = outcome.addedHeaders.find(([name]) => name === 'Set-Cookie')?.[1]
  return { address: outcome.endpoint.address, by: outcome.balancing, cookie }
}

const sent = (cookie = ''): RouteRequest['headers'] => [['Cookie', cookie.replace(/;.*$/, '')]]

describe.each(['balanced', 'persistent'])('affinity by cookie, %s', (mode) => {
  const annotations = { affinity: 'cookie', 'affinity-mode': mode }
  const first = send(annotations)
  test('sets the cookie at the first answer, and then leads to the same Pod without setting it again', () => {
    expect(first.cookie).toMatch(/^INGRESSCOOKIE=[^|]+\|[0-9a-f]{32}; Path=\/; HttpOnly$/)
    for (let seed = 0; seed < 20; seed++)
      expect(send(annotations, { headers: sent(first.cookie), draw: openStream(seed, 'y') })).toMatchObject({
        address: first.address,
        by: { kind: 'cookie' },
        cookie: undefined,
      })
  })
  test('holds for every location of the Service port, though it sets no cookie there', () => {
    expect(send(annotations, { host: 'b' })).toMatchObject({ by: { kind: 'cookie-made' }, cookie: undefined })
    expect(send(annotations, { host: 'b', headers: sent(first.cookie) }).address).toBe(first.address)
  })
  test('asks a Pod that failed again, unless session-cookie-change-on-failure', () => {
    const retry = { upstream: 'default-nginx-80', failed: [`${first.address}:80`] }
    const headers = sent(first.cookie)
    expect(send(annotations, { headers, retry }).address).toBe(first.address)
    const other = send({ ...annotations, 'session-cookie-change-on-failure': 'true' }, { headers, retry })
    expect(other.address).not.toBe(first.address)
    expect(other.cookie).toBeDefined()
  })
  test('makes a new key where the old one leads nowhere', () => {
    const by = mode === 'persistent' ? 'cookie-made' : 'cookie'
    expect(send(annotations, { headers: sent('INGRESSCOOKIE=gone') }).by.kind).toBe(by)
  })
})

test('the cookie has what the annotations ask for, in the order of lua-resty-cookie', () => {
  const { cookie } = send({
    affinity: 'cookie',
    'session-cookie-name': 'route',
    'session-cookie-expires': '172800',
    'session-cookie-max-age': '172800',
    'session-cookie-domain': 'example.com',
    'session-cookie-path': '/x',
    'session-cookie-secure': 'true',
    'session-cookie-samesite': 'Lax',
  })
  expect(cookie?.replace(/=[^|;]*\|[0-9a-f]{32}/, '=…')).toBe(
    'route=…; Expires=Fri, 27-Nov-26 01:03:57 GMT; Max-Age=172800; Domain=example.com; Path=/x; Secure; HttpOnly; SameSite=Lax',
  )
})

describe('without a cookie', () => {
  test.each([
    { annotations: {}, kind: 'round-robin' },
    { annotations: { 'load-balance': 'ewma' }, kind: 'ewma' },
    { annotations: { 'load-balance': 'least_conn' }, kind: 'round-robin' },
    { annotations: { 'upstream-hash-by': '$request_uri' }, kind: 'hash' },
    { annotations: { 'upstream-hash-by': '$ssl_client_s_dn' }, kind: 'hash-not-modelled' },
  ])('$annotations is $kind', ({ annotations, kind }) => {
    expect(send(annotations).by.kind).toBe(kind)
  })
  test('upstream-hash-by leads one value to one Pod, and many values to all', () => {
    const annotations = { 'upstream-hash-by': '${request_uri}' }
    const to = (page: number, seed: number) =>
      send(annotations, { target: `/${page}`, draw: openStream(seed, 'z') }).address
    for (let page = 0; page < 50; page++) expect(to(page, 1)).toBe(to(page, 2))
    expect(new Set(Array.from({ length: 100 }, (_, page) => to(page, 1))).size).toBe(addresses.length)
  })
  test('upstream-hash-by-subset leads one value to the Pods of one group', () => {
    const annotations = {
      'upstream-hash-by': '$request_uri',
      'upstream-hash-by-subset': 'true',
      'upstream-hash-by-subset-size': '2',
    }
    const seen = new Set(
      Array.from({ length: 60 }, (_, seed) => send(annotations, { draw: openStream(seed, 'g') }).address),
    )
    expect(seen.size).toBe(2)
  })
})

describe('an upstream that two hosts share', () => {
  const canary = anIngress('c', ['a / canary:80'], {
    annotations: { canary: 'true', 'canary-weight': '100' },
    second: 1,
  })
  const route = (host: string, slices = endpointSlices) =>
    routeRequest(
      aConfig({
        ingresses: [anIngress('a', ['a / nginx:80']), anIngress('b', ['b / nginx:80']), canary],
        services,
        endpointSlices: slices,
      }),
      {
        scheme: 'http',
        host,
        target: '/',
        method: 'GET',
        headers: [],
        clientAddress: ip('192.168.61.11'),
        atMs: 0,
      },
      openStream(1, 'x'),
    ).outcome
  test('gives its canary the requests of both', () => {
    expect(route('a')).toMatchObject({ upstream: 'default-canary-80' })
    expect(route('b')).toMatchObject({ upstream: 'default-canary-80' })
  })
  test('gives a canary without endpoints nothing', () => {
    expect(route('a', [aSlice('nginx', '80', addresses)])).toMatchObject({ upstream: 'default-nginx-80' })
  })
  test('is 503 without endpoints of its own, whatever its canary has', () => {
    expect(route('a', [aSlice('canary', '80', ['172.31.9.9'])])).toMatchObject({
      kind: 'respond',
      response: { status: 503 },
    })
  })
})
