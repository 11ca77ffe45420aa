import { describe, expect, test } from 'vitest'
import { createLab, type Lab } from '../lab.ts'
import { hopOf, request } from './chapter-lab.fixture.ts'
import { fivePods, kernelLab, serviceYaml } from './kernel-lab.fixture.ts'
import type { Trace } from './trace.ts'

const near = 'pod/default/near'
const withoutEndpoints = () => kernelLab(...fivePods, serviceYaml('selector: { app: nobody }'))

/** So many requests at one moment, each giving up after 400 ms; then the lab as the last one left it. */
function burst(lab: Lab, from: string, url: string, count: number) {
  const { nowMs } = lab
  let after = lab
  const verdicts = Array.from({ length: count }, (_, seed) => {
    after = createLab({ ...after.state(), nowMs })
    return after.send({ ...request(from, url), seed, timeoutMs: 400 }).verdict.kind
  })
  return { after, refused: verdicts.filter((kind) => kind === 'refused').length, verdicts }
}

const titles = ({ hops }: Trace) => hops.map(({ title }) => title.id.slice(4, -6))

describe('fifty connections from one Pod to a Service without endpoints', () => {
  const { after, refused, verdicts } = burst(withoutEndpoints(), near, 'tcp://10.96.0.80:80', 50)

  test('end with six refused and the others hanging', () => {
    expect(refused).toBe(6)
    expect(new Set(verdicts.slice(6))).toEqual(new Set(['timed-out']))
  })
  test('leave nothing for a datagram of the same Pod', () => {
    expect(burst(after, near, 'udp://10.96.0.80:5353', 5).refused).toBe(0)
  })
  test('leave another Pod its own six', () => {
    expect(burst(after, 'pod/default/web-1', 'tcp://10.96.0.80:80', 50).refused).toBe(6)
  })
  test('leave one that waits to be refused when its SYN is sent again', () => {
    const trace = createLab(after.state()).send(request(near, 'tcp://10.96.0.80:80'))
    expect(trace.verdict.kind).toBe('refused')
    expect(trace.endedAtMs - trace.startedAtMs).toBeGreaterThan(1000)
    expect(trace.endedAtMs - trace.startedAtMs).toBeLessThan(1100)
    expect(titles(trace).slice(-6)).toEqual([
      'rejected',
      'held-back',
      'retransmit',
      'no-match',
      'rejected',
      'heard-refused',
    ])
  })
  test('are told what was left of the ration', () => {
    const trace = createLab(after.state()).send(request(near, 'tcp://10.96.0.80:80'))
    const { place, evidence } = hopOf(trace, 'silence')
    expect(place.host).toBe('host01')
    expect(evidence[0]?.candidates.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'net.ipv4.icmp_msgs_burst lost',
      'net.ipv4.icmp_ratelimit won',
    ])
    expect(evidence[0]?.candidates[1]?.reason).toMatchObject({
      id: 'reason.ration-short',
      values: { left: 0.4, cost: 1 },
    })
  })
  test('are forgotten six seconds later', () => {
    const later = createLab(after.state())
    later.advance(6000)
    expect(burst(later, near, 'tcp://10.96.0.80:80', 50).refused).toBe(6)
  })
})

test('a node to itself is refused far more often than six times', () => {
  const { refused } = burst(withoutEndpoints(), 'host01', 'tcp://10.96.0.80:80', 50)
  expect(refused).toBeGreaterThan(30)
})

test('a node’s own closed UDP port, by loopback, always refuses it', () => {
  expect(burst(withoutEndpoints(), 'host01', 'udp://192.168.61.11:81', 100).refused).toBe(100)
})

test('a Pod rations the refusals of its closed UDP port by itself', () => {
  const { refused, after } = burst(withoutEndpoints(), near, 'udp://172.31.2.14:81', 50)
  expect(refused).toBe(6)
  expect(Object.keys(after.state().rations)).toEqual(['default/web-4'])
})

test('a RST is rationed by nobody', () => {
  expect(burst(withoutEndpoints(), near, 'tcp://172.31.2.14:81', 50).refused).toBe(50)
})
