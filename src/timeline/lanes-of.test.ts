import { describe, expect, test } from 'vitest'
import { applyChapterFile, chapterLab, request } from '../sim/trace/chapter-lab.fixture.ts'
import type { Trace } from '../sim/trace/trace.ts'
import { lanesOf, namingHop, whenOf } from './lanes-of.ts'

const fromPod = chapterLab().send(request('pod/default/pod', 'http://nginx/'))
const fromOutside = (() => {
  const lab = chapterLab()
  applyChapterFile(lab, 'nginx-ingress.yaml')
  return lab.send(request('laptop', 'http://192.168.61.10/', { headers: [['Host', 'web01']] }))
})()

/** A lane a line, a flight as its phase and the kinds of its hops, the naming one in capitals. */
function drawn(trace: Trace): readonly string[] {
  return lanesOf(trace).map(({ exchange, bars }) => {
    const flights = bars.map((bar) => {
      const kinds = bar.hops.map((hop) => (hop === namingHop(bar) ? hop.kind.toUpperCase() : hop.kind))
      return `${bar.phase}: ${kinds.join(' ')}`
    })
    return `${exchange.kind} | ${flights.join(' | ')}`
  })
}

describe('the lanes of a trace', () => {
  test('have a bar a flight', () => {
    expect(drawn(fromPod)).toEqual([
      'dns | dns: read-resolver SEND rewrite | dns: ANSWER repeat receive',
      'connect | nat: SEND enter dispatch choose rewrite route filter cross | pod: ANSWER repeat receive',
      'http | edge: SEND repeat | pod: ANSWER repeat receive',
      'close | reply: CLOSE',
    ])
  })
  test('break a flight where the controller decides and goes on by itself', () => {
    expect(drawn(fromOutside)[1]).toBe('http | edge: SEND repeat | edge: MATCH | pod: repeat RECEIVE')
  })
  test.each([
    { what: 'a Service', trace: fromPod },
    { what: 'an Ingress', trace: fromOutside },
  ])('hold every hop to $what once, in its own exchange', ({ trace }) => {
    const lanes = lanesOf(trace)
    expect(lanes.map(({ exchange }) => exchange)).toEqual(trace.exchanges)
    const held = lanes.flatMap(({ bars }) => bars.flatMap(({ hops }) => hops))
    expect(held.toSorted((a, b) => a.index - b.index)).toEqual(trace.hops)
  })
})

test.each([
  { index: 3, step: 4, when: 'past' },
  { index: 4, step: 4, when: 'now' },
  { index: 5, step: 4, when: 'next' },
  { index: 0, step: -1, when: 'next' },
])('hop $index is $when at step $step', ({ index, step, when }) => {
  const hop = fromPod.hops[index]
  expect(hop && whenOf(hop, step)).toBe(when)
})
