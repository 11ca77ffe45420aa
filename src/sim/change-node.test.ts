import { describe, expect, test } from 'vitest'
import { production } from '../scenarios/production/production.ts'
import { scenarioState } from '../scenarios/scenario-state.ts'
import { createLab, type Lab } from './lab.ts'
import { parseFile } from './manifest/parse-file.ts'
import { applyChapterFile, chapterLab, hopOf, request } from './trace/chapter-lab.fixture.ts'

/** Types the change into the cluster's file and applies it. */
function change(lab: Lab, node: string, ready: 'True' | 'Unknown'): string {
  const files = lab.files
    .filter(({ name }) => name === 'cluster.yaml')
    .map(({ name, text }) => ({ parsed: parseFile(name, text), text }))
  const edit = lab.changeNode(files, node, ready)
  if (edit.kind !== 'edit') throw new Error(edit.kind)
  const { diagnostics } = lab.apply(parseFile(edit.file, edit.text), edit.text, { prune: true })
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(diagnostics))
  return edit.text
}

const toVip = request('laptop', 'http://192.168.61.10/', { headers: [['Host', 'web01']] })

describe('a node that is cut off', () => {
  test('is one word in its file, and the same word back', () => {
    const lab = chapterLab()
    const before = lab.files.find(({ name }) => name === 'cluster.yaml')?.text
    const after = change(lab, 'host02', 'Unknown')
    expect(after.split('status: Unknown')).toHaveLength(2)
    expect(change(lab, 'host02', 'True')).toBe(before)
  })

  test('gives its VIP to another, which then answers', () => {
    const lab = chapterLab()
    applyChapterFile(lab, 'nginx-ingress.yaml')
    const first = lab.cluster.vips[0]?.node ?? ''
    expect(hopOf(lab.send(toVip), 'enter').place.host).toBe(first)
    change(lab, first, 'Unknown')
    const second = lab.cluster.vips[0]?.node ?? ''
    expect(second).not.toBe(first)
    const trace = lab.send(toVip)
    expect([hopOf(trace, 'enter').place.host, trace.verdict.status]).toEqual([second, 200])
    const candidates = hopOf(trace, 'enter').evidence[0]?.candidates ?? []
    expect(candidates.find(({ name }) => name === first)?.reason.id).toBe('reason.vip-not-ready')
    expect(candidates.find(({ name }) => name === second)?.reason.id).toBe('reason.vip-leads')
  })

  test('leaves the VIP where it went when it comes back, as a lease is kept', () => {
    const lab = chapterLab()
    const first = lab.cluster.vips[0]?.node ?? ''
    change(lab, first, 'Unknown')
    const second = lab.cluster.vips[0]?.node
    change(lab, first, 'True')
    expect(lab.cluster.vips[0]?.node).toBe(second)
  })

  test('gives a balancer’s address to the next in the order of the hashes, and takes it back', () => {
    const lab = createLab(scenarioState(production))
    const ask = () => lab.send({ ...production.request, seed: 6 })
    const before = hopOf(ask(), 'enter').place.host
    change(lab, before, 'Unknown')
    const trace = ask()
    expect(hopOf(trace, 'enter').place.host).not.toBe(before)
    expect(trace.verdict.status).toBe(200)
    change(lab, before, 'True')
    expect(hopOf(ask(), 'enter').place.host).toBe(before)
  })

  test('is no more an endpoint’s home, answers nobody, and says whose cable it is', () => {
    const lab = chapterLab()
    change(lab, 'host02', 'Unknown')
    const ready = lab.cluster.endpointSlices.flatMap(({ endpoints }) =>
      endpoints.filter((endpoint) => endpoint.ready && endpoint.nodeName === 'host02'),
    )
    expect(ready).toEqual([])
    const trace = lab.send(request('laptop', 'http://192.168.61.12/'))
    expect(trace.verdict.kind).toBe('unreachable')
    expect(trace.hops.map(({ title }) => title.id)).toContain('hop.neighbour-cut-off.title')
  })

  test('sends nothing off itself either', () => {
    const lab = chapterLab()
    change(lab, 'host02', 'Unknown')
    const trace = lab.send(request('host02', 'http://192.168.61.11/'))
    expect(trace.verdict.kind).not.toBe('answered')
    expect(trace.hops.map(({ title }) => title.id)).toContain('hop.cut-off.title')
  })

  test('has nowhere to be typed without a condition Ready', () => {
    expect(chapterLab().changeNode([], 'nobody', 'Unknown')).toEqual({ kind: 'nowhere' })
  })
})
