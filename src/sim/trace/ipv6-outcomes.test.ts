/** Requests to IPv6 addresses in a dual-stack cluster: the IPv6 rules, connections and errors of the nodes. */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../lab.ts'
import { request } from './chapter-lab.fixture.ts'
import { dualStackLab } from './dual-stack-lab.fixture.ts'
import { outcome } from './kernel-lab.fixture.ts'
import type { Trace } from './trace.ts'

function outcomes(lab: Lab, from: string, url: string): readonly string[] {
  const seen = Array.from({ length: 12 }, (_, seed) => outcome(lab.send({ ...request(from, url), seed })))
  return [...new Set(seen)].toSorted()
}

const near = 'pod/default/near'

describe.each(['iptables', 'nftables', 'ipvs'])('over IPv6 in %s mode', (mode) => {
  const lab = dualStackLab(mode)
  test.each([
    {
      claim: 'a Pod reaches every endpoint of a ClusterIP with its own address',
      from: near,
      url: 'tcp://[fd00:10:96::80]:80',
      seen: ['web-1 saw fd00:10:244:1::2, port kept', 'web-2 saw fd00:10:244:1::2, port kept'],
    },
    {
      claim: 'a node is masqueraded with its IPv6 address',
      from: 'host02',
      url: 'tcp://[fd00:10:96::80]:80',
      seen: ['web-1 saw fd00:61::12, another port', 'web-2 saw fd00:61::12, another port'],
    },
    {
      claim: 'the laptop reaches a node port',
      from: 'laptop',
      url: 'tcp://[fd00:61::11]:30080',
      seen: ['web-1 saw fd00:61::11, another port', 'web-2 saw fd00:61::11, another port'],
    },
    {
      claim: 'a Pod reaches another by its address',
      from: near,
      url: 'tcp://[fd00:10:244:2::12]:80',
      seen: ['web-2 saw fd00:10:244:1::2, port kept'],
    },
    {
      claim: 'a Service without endpoints is rejected with ICMPv6 port unreachable',
      from: near,
      url: 'tcp://[fd00:10:96::81]:80',
      // In IPVS mode the node has the address itself.
      seen: [`refused: ICMP 1/4 of ${mode === 'ipvs' ? 'fd00:10:96::81' : 'fd00:61::11'}`],
    },
  ])('$claim', ({ from, url, seen }) => {
    expect(outcomes(lab, from, url)).toEqual(seen)
  })

  test.each([
    { whose: 'its own node', from: near, url: 'tcp://[fd00:10:96::81]:80', isAtOnce: false },
    { whose: 'its own host', from: 'host02', url: 'tcp://[fd00:10:96::81]:80', isAtOnce: false },
    { whose: 'another machine', from: 'laptop', url: 'tcp://[fd00:61::12]:30081', isAtOnce: true },
  ])('an error of $whose ends connect(2) at once: $isAtOnce', ({ from, url, isAtOnce }) => {
    const { result, hops } = dualStackLab(mode).send(request(from, url))
    expect(result).toMatchObject({ kind: 'connect-failed', error: 'refused' })
    const waited = result.kind === 'connect-failed' ? result.afterMs : 0
    expect(Math.round(waited / 1000)).toBe(isAtOnce ? 0 : 1)
    expect(hops.some(({ title }) => title.id === 'hop.heard-too-early.title')).toBe(!isAtOnce)
  })

  test('a datagram to a ClusterIP arrives', () => {
    expect(lab.send(request(near, 'udp://[fd00:10:96::80]:5353')).result.kind).toBe('delivered')
  })

  test('a ping of a Pod is answered', () => {
    const { result } = lab.send(request(near, 'ping fd00:10:244:2::12'))
    expect(result.kind === 'ping' && result.echoes[0]?.rttMs !== undefined).toBe(true)
  })

  test('conntrack lists the connections of both families, and of one', () => {
    const fresh = dualStackLab(mode)
    fresh.send(request(near, 'tcp://[fd00:10:96::80]:80'))
    fresh.send(request(near, 'tcp://10.96.0.80:80'))
    expect(fresh.conntrack('host01', 6)).toMatch(
      /^tcp {6}6 \d+ TIME_WAIT src=fd00:10:244:1::2 dst=fd00:10:96::80 sport=\d+ dport=80 src=fd00:10:244:\d::1\d dst=fd00:10:244:1::2 sport=80 dport=\d+ \[ASSURED\] mark=0 use=1\n$/,
    )
    expect(fresh.conntrack('host01').trim().split('\n')).toHaveLength(2)
  })
})

test('nft lists the tables of both families', () => {
  const listed = dualStackLab('nftables').nft('host01', { kind: 'tables' })
  expect(listed).toEqual({ kind: 'text', text: 'table ip kube-proxy\ntable ip6 kube-proxy\n' })
})

describe('over IPv6 a hop', () => {
  const lab = dualStackLab('iptables')
  const ruleOf = (trace: Trace) => trace.hops.find(({ kind }) => kind === 'dispatch')

  test('shows the rule of ip6tables and the Service behind it', () => {
    const hop = ruleOf(lab.send(request(near, 'http://[fd00:10:96::80]/')))
    expect(hop?.evidence[0]?.texts[0]?.text).toContain('-A KUBE-SERVICES -d fd00:10:96::80/128')
    expect(hop?.subject).toMatchObject({ kind: 'service', ref: { name: 'web' } })
    expect(hop?.because.length).toBeGreaterThan(0)
    expect(hop?.evidence[0]?.candidates.some(({ owner }) => owner === 'kube-proxy')).toBe(true)
  })

  test('counts in ip6tables-save -c alone', () => {
    const fresh = dualStackLab('iptables')
    fresh.send(request(near, 'http://[fd00:10:96::80]/'))
    expect(fresh.ip6tablesSave('host01', { counters: true })).toMatch(
      /\[1:\d+\] -A KUBE-SERVICES -d fd00:10:96::80/,
    )
    expect(fresh.iptablesSave('host01', { counters: true })).not.toMatch(/\[[1-9]\d*:\d+\] -A KUBE-SERVICES/)
  })
})
