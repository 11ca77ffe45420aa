import { describe, expect, test } from 'vitest'
import { chapterLab, request } from './chapter-lab.fixture.ts'
import { fivePods, kernelLab, outcome } from './kernel-lab.fixture.ts'

describe('a Pod that asks a machine outside the cluster', () => {
  test.each(['ping 192.168.61.1', 'ping 192.168.61.100', 'tcp://192.168.61.100:80'])(
    'by %s ends unknown where its IPPool says natOutgoing',
    (url) => {
      const trace = chapterLab().send(request('pod/default/pod', url))
      expect(trace.verdict.kind).toBe('unknown')
      expect(trace.hops.some((hop) => hop.title.id === 'hop.nat-outgoing-not-modelled.title')).toBe(true)
    },
  )
  test('hears nothing where nobody masquerades: the router knows no way to Pods', () => {
    const trace = kernelLab(...fivePods).send(request('pod/default/near', 'ping 192.168.61.100'))
    expect(outcome(trace)).toBe('timed-out: silence in routing of 192.168.61.1')
  })
  test('is answered by a node, which knows the way to Pods', () => {
    const trace = chapterLab().send(request('pod/default/pod', 'ping 192.168.61.13'))
    expect(trace.verdict.kind).toBe('answered')
  })
})
