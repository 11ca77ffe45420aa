import { describe, expect, test } from 'vitest'
import type { Endpoint, Service } from '../cluster/objects.ts'
import { chooseEndpoints } from './choose-endpoints.ts'
import { allEndpoints } from './endpoint-lists.ts'
import { serviceEndpoints } from './service-endpoints.ts'
import { servicePorts } from './service-ports.ts'
import { testService, testSlice } from './objects.fixture.ts'

const draining: Partial<Endpoint> = { ready: false, serving: true, terminating: true }
const failing: Partial<Endpoint> = { ready: false, serving: false }

describe('endpoints for the whole cluster are', () => {
  test.each([
    { what: 'the ready ones', of: { '10.0.0.2': failing }, cluster: ['10.0.0.1:80', '10.0.0.3:80'] },
    {
      what: 'the draining ones where none is ready',
      of: { '10.0.0.1': failing, '10.0.0.2': draining, '10.0.0.3': failing },
      cluster: ['10.0.0.2:80'],
    },
    {
      what: 'none where none serves',
      of: { '10.0.0.1': failing, '10.0.0.2': failing, '10.0.0.3': failing },
      cluster: [],
    },
    {
      what: 'those of this zone where every one has a hint',
      of: { '10.0.0.1': inZone('a'), '10.0.0.2': inZone('b'), '10.0.0.3': inZone('a', 'b') },
      cluster: ['10.0.0.1:80', '10.0.0.3:80'],
    },
    {
      what: 'all where one has no hint',
      of: { '10.0.0.1': inZone('a'), '10.0.0.2': inZone('b') },
      cluster: ['10.0.0.1:80', '10.0.0.2:80', '10.0.0.3:80'],
    },
    {
      what: 'all where no hint names this zone',
      of: { '10.0.0.1': inZone('b'), '10.0.0.2': inZone('b'), '10.0.0.3': inZone('c') },
      cluster: ['10.0.0.1:80', '10.0.0.2:80', '10.0.0.3:80'],
    },
    {
      what: 'those of this node where every one names nodes',
      of: { '10.0.0.1': onNode('host02'), '10.0.0.2': onNode('host01'), '10.0.0.3': onNode('host03') },
      cluster: ['10.0.0.2:80'],
    },
  ])('$what', ({ of, cluster }) => {
    expect(chosen({}, of).cluster).toEqual(cluster)
  })
})

describe('endpoints for local traffic are', () => {
  const local: Partial<Service> = { internalTrafficPolicy: 'Local' }

  test('the ready ones of this node, whatever hints say', () => {
    expect(chosen(local, { '10.0.0.1': inZone('b') })).toMatchObject({
      cluster: [],
      local: ['10.0.0.1:80', '10.0.0.2:80'],
      hasInternal: true,
    })
  })

  test('the draining ones of this node where none here is ready', () => {
    expect(chosen(local, { '10.0.0.1': failing, '10.0.0.2': draining }).local).toEqual(['10.0.0.2:80'])
  })

  test('none where all are elsewhere: traffic has endpoints, but not here', () => {
    expect(chosen(local, { '10.0.0.1': failing, '10.0.0.2': failing })).toMatchObject({
      local: [],
      has: true,
      hasInternal: false,
      hasExternal: true,
    })
  })
})

/** Two endpoints on host01 in zone a, where we are, and one on host02. */
function chosen(service: Partial<Service>, of: Readonly<Record<string, Partial<Endpoint>>>) {
  const slice = testSlice('default/nginx', ['10.0.0.1@host01', '10.0.0.2@host01', '10.0.0.3@host02'], { of })
  const [port] = servicePorts([testService('default/nginx', '10.96.0.10', service)], 4)
  const [endpoints = []] = allEndpoints(serviceEndpoints([slice], 'host01', 4)).values()
  if (!port) throw new Error('no port')
  const { cluster, local, all, ...flags } = chooseEndpoints(port, endpoints, { name: 'host01', zone: 'a' })
  const texts = (infos: typeof all) => infos.map(({ text }) => text)
  return { cluster: texts(cluster), local: texts(local), all: texts(all), ...flags }
}

function inZone(...hintZones: readonly string[]): Partial<Endpoint> {
  return { hintZones }
}

function onNode(...hintNodes: readonly string[]): Partial<Endpoint> {
  return { hintNodes }
}
