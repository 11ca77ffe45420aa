/** CoreDNS and a Corefile that it does not take: at a start, at a reload. */
import { describe, expect, test } from 'vitest'
import type { Lab } from './lab.ts'
import { parseFile } from './manifest/parse-file.ts'
import { chapterLab, chapterText, hopOf, request } from './trace/chapter-lab.fixture.ts'

const system = chapterText('system.yaml')

/** Applies the system's file with its Corefile changed; what is said of it, as `LINE text`. */
function apply(lab: Lab, change: (text: string) => string): readonly string[] {
  const text = change(system)
  return lab
    .apply(parseFile('system.yaml', text), text)
    .diagnostics.filter(({ code }) => code.startsWith('corefile'))
    .map(({ range, message }) => `${text.split('\n')[(range?.line ?? 0) - 1]?.trim()} | ${message}`)
}

const restart = (lab: Lab) => {
  for (const pod of coreDns(lab)) lab.remove(pod.ref)
}
const coreDns = ({ cluster }: Lab) => cluster.pods.filter(({ ref }) => ref.name.startsWith('coredns-'))
const ask = (lab: Lab) => lab.send(request('pod/default/pod', 'dig nginx.default.svc.cluster.local'))
const misspelt = (text: string) => text.replace(/^( *)errors$/m, '$1erors')
const looping = (text: string) => text.replace('forward . /etc/resolv.conf', 'forward . 127.0.0.53')

describe('a Corefile that does not parse', () => {
  test('leaves a running CoreDNS as it is, which goes on answering, and is said at its line', () => {
    const lab = chapterLab()
    expect(apply(lab, misspelt)).toEqual([
      "erors | CoreDNS does not take it and goes on with the Corefile from before: Corefile:2 - Error during parsing: Unknown directive 'erors'",
    ])
    expect(coreDns(lab).map(({ ready }) => ready)).toEqual([true, true])
    const trace = ask(lab)
    expect(trace.result).toMatchObject({ kind: 'dns', reply: { rcode: 'NOERROR' } })
    const [first] = hopOf(trace, 'answer').evidence[0]?.candidates ?? []
    expect(first?.reason.id).toBe('reason.record-former-corefile')
  })

  test('is said before it is applied, too', () => {
    const text = misspelt(system)
    const found = chapterLab().check(parseFile('system.yaml', text), text)
    expect(found.map(({ code }) => code)).toContain('corefile-refused')
  })

  test('keeps CoreDNS from starting: its Pods crash, kube-dns has no endpoint, and the node refuses the question', () => {
    const lab = chapterLab()
    apply(lab, misspelt)
    restart(lab)
    expect(coreDns(lab).map(({ ready, waitingReason }) => [ready, waitingReason])).toEqual([
      [false, 'CrashLoopBackOff'],
      [false, 'CrashLoopBackOff'],
    ])
    const trace = ask(lab)
    expect(hopOf(trace, 'refuse').title.id).toBe('hop.rejected.title')
    expect(trace.verdict.kind).not.toBe('answered')
    expect(lab.state().diagnostics.map(({ values }) => values['effect'])).toContain('down')
  })

  test('and is mended brings it back', () => {
    const lab = chapterLab()
    apply(lab, misspelt)
    restart(lab)
    expect(apply(lab, (text) => text)).toEqual([])
    expect(coreDns(lab).map(({ ready }) => ready)).toEqual([true, true])
    expect(ask(lab).result).toMatchObject({ kind: 'dns', reply: { rcode: 'NOERROR' } })
  })
})

describe('a Corefile that CoreDNS takes', () => {
  test('is taken by a running CoreDNS', () => {
    const lab = chapterLab()
    expect(apply(lab, (text) => text.replace(/ttl 30/, 'ttl 7'))).toEqual([])
    const { result } = ask(lab)
    expect(result).toMatchObject({ reply: { answer: [{ ttlSeconds: 7 }] } })
  })

  test('is not read where the running one has no reload, until the Pods start again', () => {
    const lab = chapterLab()
    const still = (text: string) => text.replace(/^ *reload\n/m, '')
    apply(lab, still)
    const [said] = apply(lab, (text) => still(text).replace(/ttl 30/, 'ttl 7'))
    expect(said).toContain('has no reload')
    expect(ask(lab).result).toMatchObject({ reply: { answer: [{ ttlSeconds: 30 }] } })
    restart(lab)
    expect(ask(lab).result).toMatchObject({ reply: { answer: [{ ttlSeconds: 7 }] } })
  })

  test('with a plugin that Podpath lacks starts, and is said at its line', () => {
    const lab = chapterLab()
    const [said] = apply(lab, (text) => text.replace(/^( *)cache 30/m, '$1autopath @kubernetes\n$&'))
    expect(said).toBe('autopath @kubernetes | autopath: CoreDNS has it, Podpath does not model it')
  })
})

test('a forward that leads back to CoreDNS ends the running process: the loop plugin sees it', () => {
  const lab = chapterLab()
  expect(apply(lab, looping)).toEqual([
    'forward . 127.0.0.53 { | CoreDNS cannot start with it (CrashLoopBackOff), and kube-dns has no endpoint: plugin/loop: Loop (127.0.0.53 -> :53) detected for zone "."',
  ])
  expect(coreDns(lab).every(({ ready }) => !ready)).toBe(true)
})
