import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openStream } from '../draw.ts'
import { ip } from '../network/address.ts'
import { aConfig, anIngress, aService, aSlice } from './objects.fixture.ts'
import { routeRequest } from './route-request.ts'

const text = fc.string({ unit: 'binary', maxLength: 12 })
const path = fc
  .oneof(text, fc.string({ unit: fc.constantFrom(...'/ab.*+?()[]{}|\\^$%20'.split('')) }))
  .map((each) => `/${each}`)
const annotations = fc.record({
  'rewrite-target': fc.oneof(text, fc.constant('/$1')),
  'use-regex': fc.constantFrom('true', 'false', 'maybe'),
  'server-alias': text,
  'app-root': text,
  'permanent-redirect': fc.constantFrom('', '/x', 'https://elsewhere'),
})

test('whatever is typed, a request is passed on, answered, or said to be beyond the model; the same twice', () => {
  fc.assert(
    fc.property(path, path, text, annotations, (rulePath, target, host, given) => {
      const config = aConfig({
        ingresses: [
          {
            ...anIngress('h', [], { annotations: given }),
            rules: [
              {
                host,
                paths: [
                  { path: rulePath, pathType: 'Prefix', backend: { service: { name: 'nginx', port: 80 } } },
                ],
              },
            ],
          },
        ],
        services: [aService('nginx', '80:80')],
        endpointSlices: [aSlice('nginx', '80', ['172.31.1.2'])],
      })
      const request = { host, target, clientAddress: ip('192.168.61.11'), atMs: 0 }
      const route = () =>
        routeRequest(config, { ...request, scheme: 'http', method: 'GET', headers: [] }, openStream(1, 'x'))
      const decision = route()
      expect(['proxy', 'respond', 'not-modelled']).toContain(decision.outcome.kind)
      expect(structuredClone(decision)).toEqual(route())
    }),
    { seed: 11, numRuns: 300 },
  )
})
