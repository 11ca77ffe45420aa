import { describe, expect, test } from 'vitest'
import { packetOf } from '../netfilter/packet-notation.ts'
import { phrase } from '../phrase.ts'
import { chapterLab } from './chapter-lab.fixture.ts'
import { openRun } from './kernel-lab.fixture.ts'
import { becauseOfAll, type HopDraft } from './recorder.ts'

const { cluster } = chapterLab()
const nginx = { kind: 'Service', namespace: 'default', name: 'nginx' }

const draft: HopDraft = {
  exchange: 0,
  kind: 'send',
  phase: 'nat',
  packetId: 0,
  direction: 'request',
  place: { host: 'laptop', hostKind: 'outside' },
  subject: { kind: 'client', vantage: 'laptop' },
  title: phrase('hop.send.title'),
  caption: phrase('hop.send.caption'),
  label: phrase('hop.send.label'),
  before: packetOf('tcp 10.0.0.1:40000 > 10.0.0.2:80'),
}

describe('a recorder', () => {
  test('numbers hops, exchanges and packets from 0', () => {
    const { recorder } = openRun(cluster)
    expect([recorder.open('connect', 'client', phrase('exchange.connect')), recorder.newPacket()]).toEqual([
      0, 0,
    ])
    expect([recorder.open('http', 'client', phrase('exchange.http')), recorder.newPacket()]).toEqual([1, 1])
    recorder.hop(draft)
    recorder.hop(draft)
    expect(recorder.hops.map((hop) => hop.index)).toEqual([0, 1])
  })
  test('stamps a hop with the world’s time', () => {
    const { recorder, world } = openRun(cluster, { nowMs: 1000 })
    world.passed(0.25)
    recorder.hop(draft)
    expect(recorder.hops[0]?.atMs).toBe(1000.25)
  })
  test('fills in that nothing was rewritten, that all was computed, and that nothing is behind it', () => {
    const { recorder } = openRun(cluster)
    recorder.hop(draft)
    expect(recorder.hops[0]).toMatchObject({ basis: 'computed', evidence: [], because: [], differences: [] })
    expect(recorder.hops[0]?.after).toBe(draft.before)
  })
})

describe('the lines behind a hop', () => {
  const lines = (...paths: readonly (readonly (string | number)[])[]) =>
    becauseOfAll(cluster, [{ object: nginx, paths }]).map(({ range }) => `${range?.line}–${range?.endLine}`)

  test('stand in the order given, each once', () => {
    expect(lines(['spec', 'ports', 0], ['spec', 'selector'], ['spec', 'ports', 0])).toEqual(['9–11', '6–7'])
  })
  test('become one range where they touch', () => {
    expect(lines(['spec', 'selector'], ['spec', 'ports'])).toEqual(['6–11'])
  })
  test('are the object alone where no file is behind it', () => {
    const made = { kind: 'Service', namespace: 'default', name: 'nobody' }
    expect(becauseOfAll(cluster, [{ object: made, paths: [['spec']] }])).toEqual([{ object: made }])
  })
})
