import { describe, expect, test } from 'vitest'
import { answeredTrace, clusterIp, endpoint, refusedTrace } from '../chapter.fixture.ts'
import { labelsOf } from './packet-label.ts'
import { packetLook } from './packet-look.ts'

const speech = {
  locale: 'en',
  say: ({ id }: { readonly id: string }) => (id === 'hop.dns-found.label' ? 'NOERROR' : id),
  rewritten: (field: string) => `${field} rewritten`,
}
const answered = labelsOf(answeredTrace, speech)
const stepOf = (kind: string, from: number) =>
  answeredTrace.hops.findIndex((hop) => hop.kind === kind && hop.index >= from)

describe('a packet’s label', () => {
  test.each([
    {
      what: 'the name asked, in a lookup',
      step: 1,
      label: { head: 'hop.ask.label', value: 'nginx.default.svc.cluster.local.' },
    },
    {
      what: 'the answer, once',
      step: 3,
      label: { head: 'NOERROR', value: clusterIp.split(':')[0] },
    },
    {
      what: 'the destination, before a DNAT',
      step: 9,
      label: { headBefore: 'hop.send.label', head: 'hop.send.label · hop.choose.label', value: clusterIp },
    },
    {
      what: 'old and new, at the rewrite',
      step: 10,
      label: { head: 'hop.send.label · dst rewritten', was: clusterIp, now: endpoint },
    },
    {
      what: 'the source, where a reply’s is put back',
      step: stepOf('repeat', 11),
      label: { was: endpoint, now: clusterIp },
    },
  ])('says $what', ({ step, label }) => {
    expect(answered[step]).toMatchObject(label)
  })
  test('says the rule at a REJECT, and sender and receiver of its error', () => {
    const labels = labelsOf(refusedTrace, speech)
    expect(labels.slice(-2)).toMatchObject([
      { value: 'KUBE-SERVICES' },
      { value: '192.168.61.11', rest: '→ 172.31.239.196' },
    ])
  })
})

describe('a packet’s shape', () => {
  test.each([
    { kind: 'send', phase: 'dns', direction: 'request', shape: 'diamond' },
    { kind: 'rewrite', phase: 'nat', direction: 'request', shape: 'circle' },
    { kind: 'send', phase: 'edge', direction: 'request', shape: 'hexagon' },
    { kind: 'answer', phase: 'pod', direction: 'reply', shape: 'square' },
    { kind: 'answer', phase: 'dns', direction: 'reply', shape: 'ring' },
    { kind: 'receive', phase: 'reply', direction: 'reply', shape: 'ring' },
    { kind: 'refuse', phase: 'drop', direction: 'request', shape: 'octagon' },
    { kind: 'receive', phase: 'drop', direction: 'reply', shape: 'octagon' },
    { kind: 'silence', phase: 'drop', direction: 'reply', shape: 'silence' },
  ] as const)('is a $shape for $kind, $phase, $direction', ({ shape, ...hop }) => {
    expect(packetLook(hop).shape).toBe(shape)
  })
})
