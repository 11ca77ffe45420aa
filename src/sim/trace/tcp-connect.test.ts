import { describe, expect, test } from 'vitest'
import { ip } from '../network/address.ts'
import { phrase } from '../phrase.ts'
import { fivePods, kernelLab, openRun, partyAt } from './kernel-lab.fixture.ts'
import { connect } from './tcp-connect.ts'
import type { Patience } from './tcp-connection.ts'

function connectTo(address: string, patience: Patience = {}) {
  const { cluster } = kernelLab(...fivePods)
  const run = openRun(cluster)
  const exchange = run.recorder.open('connect', 'client', phrase('exchange.connect'))
  const to = { address: ip(address), port: 80 }
  return { run, outcome: connect(run, exchange, partyAt(cluster, 'pod/default/near'), to, patience) }
}

describe('a SYN that nobody answers', () => {
  test('is sent for 127 seconds, and told once more', () => {
    const { run, outcome } = connectTo('172.31.2.99')
    expect(outcome).toMatchObject({ kind: 'failed', error: 'timed-out' })
    expect(outcome.kind === 'failed' && Math.round(outcome.afterMs / 1000)).toBe(127)
    const kinds = run.recorder.hops.map((hop) => hop.kind)
    expect(kinds.filter((kind) => kind === 'retransmit')).toHaveLength(1)
    expect(kinds.at(-1)).toBe('silence')
  })
  test.each([
    { connectMs: 500, sent: 1 },
    { connectMs: 1000, sent: 2 },
    { connectMs: 5000, sent: 3 },
  ])('is given up when the program waits $connectMs ms, sent $sent times', ({ connectMs, sent }) => {
    const { run, outcome } = connectTo('172.31.2.99', { connectMs })
    expect(outcome.kind === 'failed' && Math.round(outcome.afterMs)).toBe(connectMs)
    expect(run.recorder.hops.at(-1)?.title.id).toBe('hop.gave-up-early.title')
    const counters = Object.values(run.world.netfilter('host01').counters)
    expect(Math.max(...counters.map((each) => each.packets))).toBeGreaterThanOrEqual(sent)
  })
})

test('an open connection knows both of its ends', () => {
  const { outcome } = connectTo('172.31.2.14')
  expect(outcome).toMatchObject({
    kind: 'connected',
    connection: {
      local: { address: '172.31.1.2' },
      remote: { address: '172.31.2.14', port: 80 },
      server: { host: 'default/web-4', peer: { address: '172.31.1.2' } },
    },
  })
})
