import { describe, expect, test } from 'vitest'
import { chapterLab, lines, request } from './chapter-lab.fixture.ts'
import { calicoPool, fivePods, kernelLab, outcome } from './kernel-lab.fixture.ts'

describe('a Pod that asks a machine outside the cluster', () => {
  const fromNear = (url: string) => request('pod/default/near', url)

  test('is answered where its IPPool says natOutgoing: its packet leaves with the node’s address', () => {
    const trace = chapterLab().send(request('pod/default/pod', 'ping 192.168.61.100'))
    expect(trace.verdict.kind).toBe('answered')
    expect(lines(trace)).toEqual([
      'send pod/default/pod · default/pod socket',
      'enter node · node',
      'route node · node routing',
      'filter node · node filter FORWARD',
      'rewrite node · node nat POSTROUTING',
      'answer laptop · laptop kernel',
      'repeat node · node conntrack',
      'receive pod/default/pod · default/pod socket',
    ])
  })
  test.each([
    { pools: [], why: 'no Calico' },
    { pools: [calicoPool(false)], why: 'an IPPool without natOutgoing' },
  ])('hears nothing with $why: the router knows no way to Pods', ({ pools }) => {
    const trace = kernelLab(...fivePods, ...pools).send(fromNear('ping 192.168.61.100'))
    expect(outcome(trace)).toBe('timed-out: silence in routing of 192.168.61.1')
  })
  test('is told that its connection goes on under the node’s address, and the answer is its own again', () => {
    const trace = kernelLab(...fivePods, calicoPool(true)).send(fromNear('ping 192.168.61.100'))
    const texts = trace.hops.map(({ title }) => title.id)
    expect(texts).toContain('hop.snat-outgoing.title')
    expect(texts).toContain('hop.restore-client.title')
  })
  test('has the IPPool’s natOutgoing as the line behind its new address', () => {
    const trace = chapterLab().send(request('pod/default/pod', 'ping 192.168.61.100'))
    const snat = trace.hops.find((hop) => hop.title.id === 'hop.snat-outgoing.title')
    expect(snat?.because).toMatchObject([
      { file: 'cluster.yaml', object: { kind: 'IPPool' }, range: { line: 27, endLine: 27 } },
    ])
    expect(snat?.evidence[0]?.texts.map(({ text }) => text)).toEqual([
      '-A cali-POSTROUTING -j cali-nat-outgoing',
      '-A cali-nat-outgoing -m set --match-set cali40masq-ipam-pools src -m set ! --match-set cali40all-ipam-pools dst -j MASQUERADE --random-fully',
    ])
  })
})
