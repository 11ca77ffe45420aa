import { describe, expect, test } from 'vitest'
import { ip } from '../network/address.ts'
import { phrase } from '../phrase.ts'
import { fivePods, kernelLab, openRun, partyAt, podYaml } from './kernel-lab.fixture.ts'
import type { Run } from './run.ts'
import { connect } from './tcp-connect.ts'
import type { Connection, Patience } from './tcp-connection.ts'
import { close, sendReply, sendRequest, waitInVain } from './tcp-data.ts'

const onHost = podYaml('on-host', 'host02', '192.168.61.12', 'host').replace(
  'nodeName: host02,',
  'nodeName: host02, hostNetwork: true,',
)
const { cluster } = kernelLab(...fivePods, onHost)
const without = kernelLab(...fivePods.filter((each) => !each.includes('web-4'))).cluster
const data = { protocol: 'data', summary: 'data', bytes: 4 } as const

function opened(address: string, patience: Patience = {}): { run: Run; connection: Connection } {
  const run = openRun(cluster)
  const exchange = run.recorder.open('connect', 'client', phrase('exchange.connect'))
  const to = { address: ip(address), port: 80 }
  const made = connect(run, exchange, partyAt(cluster, 'pod/default/near'), to, patience)
  if (made.kind === 'failed') throw new Error(made.error)
  return { run, connection: made.connection }
}

/** The same moment in a cluster without one Pod. */
function later({ world }: Run, changed: typeof cluster): Run {
  return openRun(changed, { kernels: world.kernels(), nowMs: world.now() })
}

describe('data', () => {
  test('arrive, and their answer too', () => {
    const { run, connection } = opened('172.31.2.14')
    expect(sendRequest(run, 0, connection, data)).toBe('arrived')
    expect(sendReply(run, 0, connection, data)).toBe(true)
  })
  test('for a Pod that is gone are sent for a quarter of an hour', () => {
    const { run, connection } = opened('172.31.2.14')
    const gone = later(run, without)
    expect(sendRequest(gone, 0, connection, data)).toBe('silence')
    expect(Math.round((gone.world.now() - run.world.now()) / 1000)).toBe(925)
  })
  test('are waited for no longer than the program does', () => {
    const { run, connection } = opened('172.31.2.14', { answerMs: 2000 })
    const gone = later(run, without)
    sendRequest(gone, 0, connection, data)
    expect(Math.round(gone.world.now() - run.world.now())).toBe(2000)
  })
  test('for a process that is gone from a node’s network are answered with RST', () => {
    const { run, connection } = opened('192.168.61.12')
    const gone = later(run, kernelLab(...fivePods).cluster)
    expect(sendRequest(gone, 0, connection, data)).toBe('reset')
    expect(gone.recorder.hops.slice(-2).map((hop) => hop.kind)).toEqual(['refuse', 'receive'])
  })
})

test.each([
  { patience: {}, seconds: 600 },
  { patience: { answerMs: 60_000 }, seconds: 60 },
])('an answer that never comes is waited for $seconds s under $patience', ({ patience, seconds }) => {
  const { run, connection } = opened('172.31.2.14', patience)
  const since = run.world.now()
  waitInVain(run, 0, connection, 'GET /')
  expect((run.world.now() - since) / 1000).toBeCloseTo(seconds)
  expect(run.recorder.hops.at(-1)?.title.id).toBe('hop.answer-lost.title')
})

test('a connection that closes is TIME_WAIT on both nodes, told as one hop', () => {
  const { run, connection } = opened('172.31.2.14')
  const before = run.recorder.hops.length
  close(run, 0, connection)
  expect(run.recorder.hops).toHaveLength(before + 1)
  const states = ['host01', 'host02'].map((node) => run.world.netfilter(node).conntrack.entries[0]?.state)
  expect(states).toEqual(['TIME_WAIT', 'TIME_WAIT'])
})
