import { describe, expect, test } from 'vitest'
import { openStream } from '../draw.ts'
import { ip } from '../network/address.ts'
import { aConfig, anIngress, aService, aSlice } from './objects.fixture.ts'
import { routeRequest } from './route-request.ts'

const objects = {
  services: [aService('nginx', '80:80')],
  endpointSlices: [aSlice('nginx', '80', ['172.31.1.2'])],
}

/** What the Pod gets: request line's target and headers by name. */
function received(
  annotations: Record<string, string>,
  sent: Record<string, string>,
  configMap: Record<string, string> = {},
  { path = '/', target = '/', scheme = 'http' as 'http' | 'https' } = {},
) {
  const ingresses = [anIngress('h', [`h ${path} nginx:80`], { annotations })]
  const { outcome } = routeRequest(
    aConfig({ ...objects, ingresses }, {}, configMap),
    {
      scheme,
      host: 'h:30080',
      target,
      method: 'GET',
      headers: Object.entries(sent),
      clientAddress: ip('192.168.61.11'),
      atMs: 0,
    },
    openStream(1, 'test'),
  )
  if (outcome.kind !== 'proxy') return { kind: outcome.kind }
  return { target: outcome.request.target, ...Object.fromEntries(outcome.request.headers) }
}

describe('the Pod gets', () => {
  const claimed = {
    'X-Forwarded-For': '1.2.3.4',
    'X-Forwarded-Host': 'claimed',
    'X-Forwarded-Port': '1234',
    'X-Forwarded-Proto': 'myproto',
  }
  test('Host with its port, and the peer alone as the client', () => {
    expect(received({}, claimed)).toMatchObject({
      Host: 'h:30080',
      'X-Forwarded-For': '192.168.61.11',
      'X-Forwarded-Host': 'h:30080',
      'X-Forwarded-Port': '80',
      'X-Forwarded-Proto': 'http',
      'X-Original-Forwarded-For': '1.2.3.4',
      'X-Original-Forwarded-Host': 'claimed',
    })
  })
  test('what the client claims, with use-forwarded-headers', () => {
    expect(received({}, claimed, { 'use-forwarded-headers': 'true' })).toMatchObject({
      Host: 'claimed',
      'X-Real-IP': '1.2.3.4',
      'X-Forwarded-Port': '1234',
      'X-Scheme': 'myproto',
    })
  })
  test('the whole list, with compute-full-forwarded-for', () => {
    const configMap = { 'compute-full-forwarded-for': 'true' }
    expect(received({}, claimed, configMap)).toMatchObject({ 'X-Forwarded-For': '1.2.3.4, 192.168.61.11' })
  })
  test('an id of 32 hex digits, or the one that the client sent', () => {
    expect(received({}, {})).toMatchObject({ 'X-Request-ID': expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(received({}, { 'x-request-id': 'mine' })).toMatchObject({ 'X-Request-ID': 'mine' })
  })
  test('neither Proxy nor the hop-by-hop headers', () => {
    const sent = { Proxy: 'x', Connection: 'close', 'Keep-Alive': 'y', TE: 'z', Accept: '*/*' }
    const got = received({}, sent)
    expect(Object.keys(got)).toEqual(expect.not.arrayContaining(['Proxy', 'Connection', 'Keep-Alive', 'TE']))
    expect(got).toMatchObject({ Accept: '*/*' })
  })
  test('Connection: upgrade for a WebSocket', () => {
    const sent = { Upgrade: 'websocket', Connection: 'Upgrade' }
    expect(received({}, sent)).toMatchObject({ Upgrade: 'websocket', Connection: 'upgrade' })
  })
  test('443 as the port over https, whatever its number', () => {
    expect(received({}, {}, {}, { scheme: 'https' })).toMatchObject({ 'X-Forwarded-Port': '443' })
  })
  test('the Host of upstream-vhost', () => {
    expect(received({ 'upstream-vhost': 'other' }, {})).toMatchObject({
      Host: 'other',
      'X-Forwarded-Host': 'h:30080',
    })
  })
})

describe('the target', () => {
  test.each([
    { path: '/', target: '/a/../b%20c?d', annotation: undefined, gets: '/a/../b%20c?d' }, // as sent
    { path: '/something(/|$)(.*)', target: '/something/new?q', annotation: '/$2', gets: '/new?q' },
    { path: '/something(/|$)(.*)', target: '/something', annotation: '/$2', gets: '/' },
    { path: '/(.*)', target: '/a%20b', annotation: '/$1', gets: '/a%20b' }, // decoded, then encoded again
    { path: '/(.*)', target: '/x?y', annotation: '/new?z=$1', gets: '/new?z=x&y' },
    { path: '/(.*)', target: '/x?y', annotation: '/new?', gets: '/new' }, // a final ? drops the query
    { path: '/(.*)', target: '/a<b>\\^`{|}~', annotation: '/$1', gets: '/a%3Cb%3E%5C%5E%60%7B%7C%7D~' },
    { path: '/IP', target: '/ip', annotation: '/uuid', gets: '/uuid' },
    { path: '/', target: '/', annotation: '/', gets: '/' },
  ])('$target at $path with rewrite-target $annotation is $gets', ({ path, target, annotation, gets }) => {
    const annotations: Record<string, string> =
      annotation === undefined ? {} : { 'rewrite-target': annotation }
    expect(received(annotations, {}, {}, { path, target })).toMatchObject({ target: gets })
  })
  test('is unknown where the pattern is beyond this model', () => {
    const pattern = { path: '/(?>a)', target: '/a' }
    expect(received({ 'rewrite-target': '/b' }, {}, {}, pattern)).toEqual({ kind: 'not-modelled' })
  })
})
