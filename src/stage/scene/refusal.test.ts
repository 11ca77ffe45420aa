import { describe, expect, test } from 'vitest'
import { answeredTrace, refusedTrace } from '../chapter.fixture.ts'
import { refusalOf } from './refusal.ts'

const inPod = { host: 'default/nginx-x', hostKind: 'pod' as const, node: 'host02', hook: 'socket' }

describe('a refusal', () => {
  test('by a REJECT is the node’s, told by its ICMP error', () => {
    expect(refusalOf(refusedTrace)).toMatchObject({
      by: 'node',
      name: 'host01',
      address: '192.168.61.11',
      how: 'icmp',
    })
  })
  test('by a socket that is not there is the Pod’s', () => {
    const hops = refusedTrace.hops.map((hop) => (hop.kind === 'refuse' ? { ...hop, place: inPod } : hop))
    expect(refusalOf({ ...refusedTrace, hops })).toMatchObject({ by: 'pod', name: 'nginx-x' })
  })
  test('is nobody’s where the request was answered, or nothing was sent', () => {
    expect([refusalOf(answeredTrace), refusalOf(undefined)]).toEqual([undefined, undefined])
  })
})
