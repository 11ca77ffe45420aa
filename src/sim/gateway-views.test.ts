import { describe, expect, test } from 'vitest'
import { gatewayLab } from './trace/gateway-lab.fixture.ts'

describe('the Gateway and the Route of the scenario', () => {
  const { gateways, routes } = gatewayLab().snapshot()
  test('show address, listeners and conditions', () => {
    expect(gateways[0]).toMatchObject({ className: 'podpath', addresses: ['192.168.61.200'] })
    expect(gateways[0]?.listeners.map(({ name, attachedRoutes }) => [name, attachedRoutes])).toEqual([
      ['http', 1],
      ['https', 1],
    ])
    expect(gateways[0]?.conditions.map(({ type, status }) => `${type}=${status}`)).toEqual([
      'Accepted=True',
      'Programmed=True',
    ])
  })
  test('show each rule in a few words, and what the parent says', () => {
    expect(
      routes[0]?.rules.map(({ matches, filters, backends }) => [matches, filters, backends.length]),
    ).toEqual([
      [['PathPrefix / x-canary: always'], [], 1],
      [['PathPrefix /'], [], 2],
      [['PathPrefix /old'], ['RequestRedirect'], 0],
    ])
    expect(routes[0]?.parents[0]?.conditions.map(({ reason }) => reason)).toEqual([
      'Accepted',
      'ResolvedRefs',
    ])
  })
})

test('a Route that no controller has looked at has no conditions', () => {
  const { routes } = gatewayLab((text) => text.replace('podpath.dev/gateway', 'other.dev/gateway')).snapshot()
  expect(routes[0]?.parents[0]?.conditions).toEqual([])
})
