import { describe, expect, test } from 'vitest'
import { scheduleOf } from '../playback/schedule.ts'
import { chapterLab, request } from '../sim/trace/chapter-lab.fixture.ts'
import { lanesOf, namingHop } from './lanes-of.ts'
import { momentAt, pixelOf, timeScaleOf } from './time-scale.ts'

const trace = chapterLab().send(request('pod/default/pod', 'http://nginx/'))
const schedule = scheduleOf(trace)
const lanes = lanesOf(trace)
const scaleOf = (width: number) => timeScaleOf(lanes, schedule, width, ({ kind }) => kind)

describe.each([{ width: 300 }, { width: 590 }, { width: 1100 }])('a scale of $width pixels', ({ width }) => {
  const scale = scaleOf(width)
  const widthOf = (step: number) => (scale.edges[step + 1] ?? 0) - (scale.edges[step] ?? 0)

  test('names every flight, and gives each name room', () => {
    for (const bar of lanes.flatMap(({ bars }) => bars)) expect(scale.named).toContain(namingHop(bar).index)
    for (const step of scale.named)
      expect(widthOf(step)).toBeGreaterThanOrEqual((trace.hops[step]?.kind.length ?? 0) * 6.6 + 11)
  })
  test('fills the ground, with no step too narrow to tell', () => {
    const least = trace.hops.map((_, step) => widthOf(step))
    expect(Math.min(...least)).toBeGreaterThanOrEqual(8 - 1e-9)
    expect(scale.edges.at(-1)).toBeGreaterThanOrEqual(width - 1e-6)
  })
  test('finds the moment of a pixel, and the pixel of a moment', () => {
    for (let at = 0; at <= schedule.totalMs; at += 37)
      expect(momentAt(scale, schedule, pixelOf(scale, schedule, at))).toBeCloseTo(at)
  })
})

test.each([{ width: 590 }, { width: 1100 }])(
  'is $width pixels wide where its flights have room',
  ({ width }) => {
    expect(scaleOf(width).edges.at(-1)).toBeCloseTo(width)
  },
)

test('a wider scale names what a narrow one has no room for', () => {
  expect(scaleOf(1600).named.size).toBe(trace.hops.length)
  expect(scaleOf(590).named.size).toBeLessThan(trace.hops.length)
})

test('beyond the ends stand the first moment and the last', () => {
  expect([-5, 9999].map((pixel) => momentAt(scaleOf(590), schedule, pixel))).toEqual([0, schedule.totalMs])
})
