import { describe, expect, test } from 'vitest'
import { chapter9 } from '../scenarios/chapter-9/chapter-9.ts'
import { proxyModes } from '../scenarios/proxy-modes/proxy-modes.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { scenarioState } from '../scenarios/scenario-state.ts'
import { createLab } from '../sim/lab.ts'
import { examplesIn } from './examples.ts'

const offered = (scenario: Scenario) =>
  examplesIn(createLab(scenarioState(scenario)).snapshot()).map(
    ({ id, request }) => `${id}: ${request.url?.replace(/10\.\d+\.\d+\.\d+/, 'VIP')} from ${request.from}`,
  )

describe('the examples of a cluster', () => {
  test('ask for each thing in which the modes differ', () => {
    expect(offered(proxyModes)).toEqual([
      'cluster-ip: http://VIP/ from pod/default/client',
      'undeclared-port: http://VIP:81/ from pod/default/client',
      'ping: ping VIP from pod/default/client',
      'node-port-localhost: http://127.0.0.1:30080/ from host01',
      'no-endpoints: http://VIP/ from pod/default/client',
    ])
  })

  test('are only those that it has the objects for', () => {
    const ids = offered(chapter9).map((line) => line.split(':')[0])
    expect(ids).toEqual(['cluster-ip', 'undeclared-port', 'ping', 'node-port-localhost'])
  })

  test('are none where nothing runs', () => {
    const snapshot = createLab(scenarioState(chapter9)).snapshot()
    expect(examplesIn({ ...snapshot, services: [], pods: [], vantages: [] })).toEqual([])
  })
})
