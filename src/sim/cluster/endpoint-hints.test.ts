import { describe, expect, test } from 'vitest'
import { listAt, textAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { withHints } from './endpoint-hints.ts'
import type { Service } from './objects.ts'
import { plainService } from './plain-cluster.fixture.ts'

describe('topology-mode Auto', () => {
  test.each<{
    readonly why: string
    /** Milli-CPUs of zones a, b, c. */
    readonly cpus: Readonly<Record<string, number>>
    /** A letter an endpoint: its zone; `-`: none, capital: not ready. */
    readonly endpoints: string
    readonly hints: string
  }>([
    {
      why: 'keeps each endpoint in its zone where the shares fit',
      cpus: { a: 4, b: 4 },
      endpoints: 'aabb',
      hints: 'aabb',
    },
    {
      why: 'lends endpoints of a zone with too many',
      cpus: { a: 4, b: 4 },
      endpoints: 'aaab',
      hints: 'baab',
    },
    { why: 'shares by CPUs, not by zones', cpus: { a: 6, b: 2 }, endpoints: 'aabb', hints: 'aaab' },
    {
      why: 'hints nothing with fewer endpoints than zones',
      cpus: { a: 1, b: 1, c: 1 },
      endpoints: 'ab',
      hints: '..',
    },
    { why: 'hints nothing in a single zone', cpus: { a: 4 }, endpoints: 'aa', hints: '..' },
    {
      why: 'hints nothing where one endpoint has no zone',
      cpus: { a: 4, b: 4 },
      endpoints: 'ab-',
      hints: '...',
    },
    { why: 'passes over those that are not ready', cpus: { a: 4, b: 4 }, endpoints: 'abB', hints: 'ab.' },
    // 3 endpoints over 2 equal zones: each needs ⌈1.5 / 1.2⌉ = 2, four in all.
    {
      why: 'hints nothing where a zone would be overloaded by more than 20 %',
      cpus: { a: 4, b: 4 },
      endpoints: 'aab',
      hints: '...',
    },
  ])('$why', ({ cpus, endpoints, hints }) => {
    const auto = service({ annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } })
    expect(hintsOf(withHints(slice(endpoints), auto, new Map(Object.entries(cpus)), 34))).toBe(hints)
  })

  test('hints nothing where a node lacks zone or CPU', () => {
    const auto = service({ annotations: { 'service.kubernetes.io/topology-aware-hints': 'auto' } })
    expect(hintsOf(withHints(slice('ab'), auto, undefined, 34))).toBe('..')
  })
})

describe('trafficDistribution', () => {
  test.each(['PreferClose', 'PreferSameZone'])('%s hints every ready endpoint to its own zone', (value) => {
    const near = service({ trafficDistribution: value })
    expect(hintsOf(withHints(slice('aaB-'), near, undefined, 34))).toBe('aa..')
  })

  test('PreferSameNode hints to the node too', () => {
    const [first] = withHints(slice('a'), service({ trafficDistribution: 'PreferSameNode' }), undefined, 34)
    expect(listAt(first, 'endpoints')[0]).toMatchObject({
      hints: { forZones: [{ name: 'a' }], forNodes: [{ name: 'node-a' }] },
    })
  })

  test('of a later release hints nothing', () => {
    const near = service({ trafficDistribution: 'PreferSameNode' })
    expect(hintsOf(withHints(slice('a'), near, undefined, 33))).toBe('.')
  })
})

function service(more: Partial<Service>): Service {
  return {
    ref: { kind: 'Service', namespace: 'default', name: 'web' },
    labels: {},
    annotations: {},
    createdAtMs: 0,
    ...plainService,
    clusterIps: [],
    ports: [],
    ...more,
  }
}

function slice(endpoints: string): readonly JsonObject[] {
  const made = endpoints.split('').map((letter, index): JsonObject => ({
    addresses: [`10.0.0.${index}`],
    conditions: { ready: letter === letter.toLowerCase() },
    nodeName: `node-${letter.toLowerCase()}`,
    ...(letter === '-' ? {} : { zone: letter.toLowerCase() }),
  }))
  return [{ addressType: 'IPv4', endpoints: made, ports: [] }]
}

/** A letter an endpoint: the zone that it is hinted to, `.` where it has no hint. */
function hintsOf([first]: readonly JsonObject[]): string {
  return listAt(first, 'endpoints')
    .map((endpoint) => textAt(endpoint, 'hints', 'forZones', 0, 'name') ?? '.')
    .join('')
}
