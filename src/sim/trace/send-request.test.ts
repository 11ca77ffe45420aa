import { describe, expect, test } from 'vitest'
import { applyChapterFile, chapterLab, request } from './chapter-lab.fixture.ts'
import type { Trace } from './trace.ts'

const requests = [
  request('pod/default/pod', 'http://nginx/'),
  request('pod/default/pod', 'ping nginx'),
  request('pod/default/pod', 'dig +search metrics-server'),
  request('pod/default/pod', 'http://metrics-server/'),
  request('pod/default/pod', 'tcp://nginx:81'),
  request('pod/default/pod', 'udp://kube-dns.kube-system:53'),
  request('pod/default/pod', 'https://kubernetes/'),
  request('host01', 'http://nginx/'),
  request('host02', 'http://host02/'),
  request('laptop', 'http://192.168.61.10/', { headers: [['Host', 'web01']] }),
  request('laptop', 'http://10.96.0.1/'),
  request('nowhere', 'http://nginx/'),
  request('pod/default/pod', 'http://<script>/'),
]

const modes = ['iptables', 'nftables', 'ipvs'] as const

const laboratory = (mode: (typeof modes)[number]) => {
  const lab = chapterLab()
  applyChapterFile(lab, 'nginx-ingress.yaml')
  if (mode !== 'iptables')
    applyChapterFile(lab, 'cluster.yaml', (text) => text.replace('mode: iptables', `mode: ${mode}`))
  return lab
}

const inEachMode = modes.flatMap((mode) => requests.map((asked) => ({ mode, asked, ...asked })))

describe.each(inEachMode)('$url from $from in mode $mode', ({ mode, asked }) => {
  const trace = laboratory(mode).send(asked)

  test('gives the same trace twice, byte for byte', () => {
    expect(JSON.stringify(laboratory(mode).send(asked))).toBe(JSON.stringify(trace))
  })
  test('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace)
  })
  test('holds the laws of every trace', () => {
    expect(brokenLaws(trace)).toEqual([])
  })
})

describe('another seed', () => {
  test('changes who answers and not what is asked', () => {
    const answers = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
      const trace = chapterLab().send({ ...request('pod/default/pod', 'http://nginx/'), seed })
      expect(trace.verdict.kind).toBe('answered')
      return trace.hops.find((hop) => hop.kind === 'rewrite' && hop.phase === 'nat')?.after.dst
    })
    expect(new Set(answers).size).toBeGreaterThan(2)
  })
})

describe('the bare name metrics-server', () => {
  test('ends in SERVFAIL for dig +search, by four names', () => {
    const trace = chapterLab().send(request('pod/default/pod', 'dig +search metrics-server'))
    expect(trace.result).toMatchObject({
      kind: 'dns',
      reply: { rcode: 'SERVFAIL', question: { name: 'metrics-server.' } },
    })
    expect(trace.hops.filter((hop) => hop.kind === 'answer')).toHaveLength(4)
  })
  test('keeps musl waiting for five seconds', () => {
    const trace = chapterLab().send(request('pod/default/pod', 'http://metrics-server/'))
    expect(trace.result).toMatchObject({ kind: 'name-failed', error: 'try-again' })
    expect(Math.round((trace.endedAtMs - trace.startedAtMs) / 1000)).toBe(5)
  })
  test('is found with its namespace, at the second name', () => {
    const trace = chapterLab().send(request('pod/default/pod', 'dig +search metrics-server.kube-system'))
    expect(trace.result).toMatchObject({
      kind: 'dns',
      reply: { rcode: 'NOERROR', answer: [{ data: '10.105.140.176' }] },
    })
  })
})

describe('what is not modelled', () => {
  test('never ends green', () => {
    const trace = chapterLab().send(request('pod/default/pod', 'https://kubernetes/'))
    expect(trace.verdict.kind).toBe('unknown')
    expect(trace.hops.at(-1)?.basis).toBe('not-modelled')
  })
})

function brokenLaws(trace: Trace): readonly string[] {
  return trace.hops.flatMap((hop, index) => {
    const broken: string[] = []
    const previous = trace.hops[index - 1]
    if (hop.index !== index) broken.push(`hop ${index} is numbered ${hop.index}`)
    if (trace.exchanges[hop.exchange] === undefined) broken.push(`hop ${index} has no exchange`)
    if (previous !== undefined && hop.atMs < previous.atMs)
      broken.push(`hop ${index} is before its predecessor`)
    if (hop.kind === 'rewrite' && JSON.stringify(hop.before) === JSON.stringify(hop.after))
      broken.push(`hop ${index} rewrites nothing`)
    for (const { candidates } of hop.evidence) {
      const ids = candidates.map((each) => each.id)
      if (new Set(ids).size !== ids.length) broken.push(`hop ${index} has a candidate twice`)
    }
    return broken
  })
}

describe('a cluster that is set up in a way that is not modelled', () => {
  test('does not guess what an overlay does', () => {
    const lab = chapterLab()
    applyChapterFile(lab, 'cluster.yaml', (text) =>
      text.replace('vxlanMode: CrossSubnet', 'ipipMode: Always'),
    )
    const trace = lab.send(request('pod/default/pod', 'http://nginx/'))
    expect(trace.verdict.kind).toBe('unknown')
    expect(trace.hops.find((hop) => hop.basis === 'not-modelled')?.title.id).toBe(
      'hop.overlay-not-modelled.title',
    )
  })
})
