import { describe, expect, test } from 'vitest'
import { scheduleOf } from '../playback/schedule.ts'
import { answeredTrace } from '../stage/chapter.fixture.ts'
import { lanesOf, whenOf } from './lanes-of.ts'

const lanes = lanesOf(answeredTrace, scheduleOf(answeredTrace))
const bars = lanes.flatMap((lane) => lane.bars)

describe('the lanes of a trace', () => {
  test('are its exchanges in order, with every hop in its own', () => {
    expect(lanes.map((lane) => lane.exchange)).toEqual(answeredTrace.exchanges)
    expect(bars.map((bar) => bar.hop.index).toSorted((a, b) => a - b)).toEqual(
      answeredTrace.hops.map((hop) => hop.index),
    )
  })
  test('fill the whole time without gaps', () => {
    const inOrder = bars.toSorted((a, b) => a.hop.index - b.hop.index)
    const ends = inOrder.map((bar) => bar.from + bar.width)
    inOrder.slice(1).forEach((bar, index) => expect(bar.from).toBeCloseTo(ends[index] ?? -1))
    expect(ends.at(-1)).toBeCloseTo(1)
  })
})

test.each([
  { index: 3, step: 4, when: 'past' },
  { index: 4, step: 4, when: 'now' },
  { index: 5, step: 4, when: 'next' },
  { index: 0, step: -1, when: 'next' },
])('hop $index is $when at step $step', ({ index, step, when }) => {
  const hop = answeredTrace.hops[index]
  expect(hop && whenOf(hop, step)).toBe(when)
})
