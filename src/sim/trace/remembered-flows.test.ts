/** What a kernel remembers of Service traffic from packet to packet: conntrack, `recent`, and whom nat is asked for. */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../lab.ts'
import { ip } from '../network/address.ts'
import { hopOf } from './chapter-lab.fixture.ts'
import { datagram, sendDatagram } from './datagram.ts'
import {
  applyText,
  connectToWeb,
  fivePods,
  kernelLab,
  onlyNear,
  openRun,
  openToWeb,
  partyAt,
  sendTo,
  serviceYaml,
} from './kernel-lab.fixture.ts'
import type { Run } from './run.ts'
import { flightOf } from './tcp-connection.ts'
import { sendRequest } from './tcp-data.ts'

const near = 'pod/default/near'

/** The lab with its one Service. */
function labWith(spec: string): Lab {
  return kernelLab(...fivePods, onlyNear, serviceYaml(spec))
}

describe('five Pods behind a Service', () => {
  test('have equal shares', () => {
    const run = openRun(labWith('').cluster)
    const counts = new Map<string, number>()
    for (let count = 0; count < 1000; count++) {
      const opened = openToWeb(run, near)
      counts.set(opened.server.host, (counts.get(opened.server.host) ?? 0) + 1)
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0)
    expect(counts.size).toBe(5)
    expect(chiSquare).toBeLessThan(18.5) // p = 0.001 at 4 degrees of freedom; the seed is fixed
  })
  test('show the nat table the first packet of a connection alone, and FORWARD all of them', () => {
    const lab = labWith('')
    sendTo(lab, near, 'http://10.96.0.80/')
    const rules = lab.iptablesSave('host01', { counters: true })
    expect(rules).toMatch(/^\[1:\d+\] -A KUBE-SERVICES .*web:tcp cluster IP/m)
    expect(Number(/^\[(\d+):\d+\] -A FORWARD .*-j KUBE-FORWARD/m.exec(rules)?.[1])).toBeGreaterThan(4)
  })
  test('are reached on the other node without a second rewrite', () => {
    const lab = labWith('')
    const trace = [1, 2, 3].map((seed) => sendTo(lab, near, 'http://10.96.0.80/', seed))
    const rewrites = trace.flatMap((each) => each.hops).filter((hop) => hop.before !== hop.after)
    expect(new Set(rewrites.map((hop) => hop.place.host))).toEqual(new Set(['host01']))
  })
})

describe('a Service without endpoints', () => {
  test.each(['pod/default/near', 'host01'])('refuses %s within a millisecond and leaves no entry', (from) => {
    const lab = labWith('selector: { app: nobody }')
    const trace = sendTo(lab, from, 'tcp://10.96.0.80:80')
    expect(trace.endedAtMs - trace.startedAtMs).toBeLessThan(1)
    expect(lab.conntrack('host01')).toBe('')
  })
})

describe('UDP', () => {
  const { cluster } = labWith('')

  test('stays with its Pod as long as it comes from one port', () => {
    const run = openRun(cluster)
    expect(new Set(Array.from({ length: 12 }, () => sendFrom(run, 40000))).size).toBe(1)
  })
  test('draws anew from every new port', () => {
    const run = openRun(cluster)
    expect(new Set(Array.from({ length: 40 }, (_, port) => sendFrom(run, 40000 + port))).size).toBe(5)
  })
  test('draws anew from the same port after 30 seconds of silence', () => {
    const run = openRun(cluster)
    const hosts = Array.from({ length: 40 }, () => {
      const host = sendFrom(run, 40000)
      run.world.passed(31_000)
      return host
    })
    expect(new Set(hosts).size).toBe(5)
  })
})

describe('sessionAffinity ClientIP', () => {
  const affinity = 'sessionAffinity: ClientIP\nsessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }'

  test('keeps a client with its Pod, each new connection renewing it', () => {
    const run = openRun(labWith(affinity).cluster)
    const hosts = Array.from({ length: 12 }, () => {
      const { host } = openToWeb(run, near).server
      run.world.passed(50_000)
      return host
    })
    expect(new Set(hosts).size).toBe(1)
  })
  test('forgets the client when its time is over', () => {
    const run = openRun(labWith(affinity).cluster)
    const hosts = Array.from({ length: 40 }, () => {
      const { host } = openToWeb(run, near).server
      run.world.passed(61_000)
      return host
    })
    expect(new Set(hosts).size).toBe(5)
  })
  test('shows the recent list as what decided', () => {
    const lab = labWith(affinity)
    sendTo(lab, near, 'tcp://10.96.0.80:80')
    const { evidence } = hopOf(sendTo(lab, near, 'tcp://10.96.0.80:80', 2), 'choose')
    const texts = evidence.flatMap((each) => each.texts.map(({ text }) => text))
    expect(texts.join('\n')).toContain('-m recent --rcheck')
  })
})

describe('an endpoint that is out of the rules', () => {
  const lab = labWith('')
  const before = openRun(lab.cluster)
  const connection = openToWeb(before, near)
  applyText(lab, 'web.yaml', serviceYaml('selector: { app: nobody }'))
  const after = openRun(lab.cluster, { kernels: before.world.kernels() })

  test('goes on serving the connections that stand, even when no endpoint is left', () => {
    const payload = { protocol: 'data', summary: 'more', bytes: 4 } as const
    const exchange = after.recorder.open('connect', 'client', { id: 'exchange.connect', values: {} })
    expect(sendRequest(after, exchange, connection, payload)).toBe('arrived')
  })
  test('gets no new connection', () => {
    expect(connectToWeb(after, near)).toMatchObject({ kind: 'failed', error: 'refused' })
  })
})

/** Sends one datagram from this port of the Pod `near`; the host that took it. */
function sendFrom(run: Run, port: number): string {
  const exchange = run.recorder.open('udp', 'client', { id: 'exchange.udp', values: {} })
  const here = { address: ip('172.31.1.2'), port }
  const there = { address: ip('10.96.0.80'), port: 5353 }
  const packet = datagram(here, there, { protocol: 'data', summary: 'UDP', bytes: 1 })
  const flight = flightOf(run, exchange, 'request', 'UDP', 'silent')
  const sent = sendDatagram(run, flight, partyAt(run.world.cluster(), near), packet)
  return sent.kind === 'taken' ? sent.taken.host : sent.kind
}
