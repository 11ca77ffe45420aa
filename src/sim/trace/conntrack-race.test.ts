/** The five seconds of Kubernetes issue 56903, switched on, and what cures them. */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../lab.ts'
import { parseFile } from '../manifest/parse-file.ts'
import { chapterLab, hopOf, request } from './chapter-lab.fixture.ts'
import type { Trace } from './trace.ts'

/** A chapter's lab with a Pod `asker` of an image, whose resolv.conf has these options besides ndots:5. */
function labWith(image: string, options: readonly string[] = []): Lab {
  const lab = chapterLab()
  const text = `
apiVersion: v1
kind: Pod
metadata: { name: asker }
spec:
  nodeName: host01
  containers: [{ name: main, image: "${image}" }]
  dnsConfig: { options: [${options.map((name) => `{ name: ${name} }`).join(', ')}] }
`
  const { diagnostics } = lab.apply(parseFile('asker.yaml', text), text)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return lab
}

/** With seed 1 nat draws another CoreDNS Pod for the second question than for the first, with seed 4 the same. */
const [DIFFERENT, SAME] = [1, 4]

function ask(lab: Lab, seed: number, url = 'http://nginx/'): Trace {
  return lab.send(request('pod/default/asker', url, { seed, faults: ['conntrack-race'] }))
}

const titles = (trace: Trace) => trace.hops.map(({ title }) => title.id.split('.')[1])
const secondsOf = ({ startedAtMs, endedAtMs }: Trace) => Math.round((endedAtMs - startedAtMs) / 100) / 10

describe('two questions that race, of a program of glibc’s', () => {
  const lab = labWith('debian:12')
  const trace = ask(lab, DIFFERENT)

  test('cost five seconds, and the page is there all the same', () => {
    expect(trace.verdict.kind).toBe('answered')
    expect(secondsOf(trace)).toBe(5)
  })

  test('are told as they happen: two choices, the clash, the wait, and each question by itself', () => {
    const told = [
      'read-resolver-list',
      'ask dnat',
      'ask-racing dnat conntrack-clash',
      'dns-found restore',
      'answer-missing',
      'ask dnat dns-found restore',
      'ask repeat dns-empty restore',
      'resolved-found',
    ].join(' ')
    expect(titles(trace).join(' ').startsWith(`${told} send`)).toBe(true)
    expect(hopOf(trace, 'silence').title.values).toEqual({ types: 'AAAA', seconds: 5 })
  })

  test('say that somebody switched the fault on', () => {
    const racing = trace.hops.find(({ title }) => title.id === 'hop.ask-racing.title')
    expect(racing?.basis).toBe('assumed')
    expect(racing?.differences).toContain('conntrack-race')
  })

  test('show at the clash the connection that was first', () => {
    expect(hopOf(trace, 'drop').subject).toMatchObject({ kind: 'service', ref: { name: 'kube-dns' } })
    expect(hopOf(trace, 'drop').conntrack?.line).toMatch(/^udp .* dst=10\.96\.0\.10 sport=\d+ dport=53 /)
  })

  test('are counted as conntrack -S counts them', () => {
    expect(lab.conntrackStatistics('host01')).toMatch(/insert_failed=1 drop=1 .*clash_resolve=0/)
  })
})

test('two questions for which nat draws the same Pod share a connection', () => {
  const lab = labWith('debian:12')
  const trace = ask(lab, SAME)
  expect(titles(trace)).toContain('clash-resolved')
  expect(secondsOf(trace)).toBe(0)
  expect(lab.conntrackStatistics('host01')).toMatch(/insert_failed=0 drop=0 .*clash_resolve=1/)
})

test('nothing races where nobody switched it on', () => {
  const trace = labWith('debian:12').send(request('pod/default/asker', 'http://nginx/', { seed: DIFFERENT }))
  expect(secondsOf(trace)).toBe(0)
  expect(titles(trace)).not.toContain('ask-racing')
})

describe('a cure for glibc', () => {
  test.each(['single-request', 'single-request-reopen', 'use-vc', 'no-aaaa'])('is options %s', (option) => {
    const trace = ask(labWith('debian:12', [option]), DIFFERENT)
    expect(trace.verdict.kind).toBe('answered')
    expect(secondsOf(trace)).toBe(0)
    expect(titles(trace)).not.toContain('ask-racing')
  })
})

describe('musl', () => {
  test('waits half of its time, then asks the lost question alone', () => {
    const trace = ask(labWith('alpine'), DIFFERENT)
    expect(secondsOf(trace)).toBe(2.5)
    expect(hopOf(trace, 'silence').title.values).toEqual({ types: 'AAAA', seconds: 2.5 })
  })

  test.each(['single-request', 'single-request-reopen', 'use-vc'])('does not know options %s', (option) => {
    expect(secondsOf(ask(labWith('alpine', [option]), DIFFERENT))).toBe(2.5)
  })
})

test('a program that asks one question at a time never races', () => {
  const trace = ask(labWith('debian:12'), DIFFERENT, 'dig nginx.default.svc.cluster.local')
  expect(titles(trace)).not.toContain('ask-racing')
})

test('a single CoreDNS Pod leaves nothing to draw, so nothing is lost', () => {
  const lab = labWith('debian:12')
  lab.scale({ kind: 'Deployment', namespace: 'kube-system', name: 'coredns' }, 1)
  const trace = ask(lab, DIFFERENT)
  expect(titles(trace)).toContain('clash-resolved')
  expect(secondsOf(trace)).toBe(0)
})
