import { describe, expect, test } from 'vitest'
import { answeredTrace, refusedTrace } from '../stage/chapter.fixture.ts'
import { drawTimes } from './draw-times.ts'
import { restOf, scheduleOf, stepAt } from './schedule.ts'

const schedule = scheduleOf(answeredTrace)
const stepOf = (kind: string, from = 0) =>
  answeredTrace.hops.findIndex((hop) => hop.kind === kind && hop.index >= from)
const shape = (step: number) => {
  const { startMs, decideMs, endMs } = schedule.steps[step] ?? { startMs: 0, decideMs: 0, endMs: 0 }
  return [decideMs - startMs, endMs - decideMs]
}

describe('the schedule of an answered request', () => {
  test('has a step a hop, without gaps', () => {
    expect(schedule.steps).toHaveLength(answeredTrace.hops.length)
    schedule.steps.forEach((step, index) => {
      expect(step.startMs).toBe(schedule.steps[index - 1]?.endMs ?? 0)
      expect(step.decideMs).toBeGreaterThanOrEqual(step.startMs)
      expect(step.endMs).toBeGreaterThan(step.decideMs)
    })
    expect(schedule.totalMs).toBe(schedule.steps.at(-1)?.endMs)
  })
  test.each([
    { what: 'reading resolv.conf moves nothing', step: 0, moves: 0, decides: 240 },
    { what: 'a hop to the next card takes 600 ms', step: stepOf('dispatch'), moves: 600, decides: 240 },
    {
      what: 'a rewrite where the packet stands takes 120 ms',
      step: stepOf('rewrite', 5),
      moves: 0,
      decides: 360,
    },
    {
      what: 'five rows passed over and a winner take 1140 ms',
      step: stepOf('choose', 5),
      moves: 0,
      decides: 1380,
    },
  ])('$what', ({ step, moves, decides }) => {
    expect(shape(step)).toEqual([moves, decides])
  })
})

test('a REJECT is given the 300 ms of its ring', () => {
  const steps = scheduleOf(refusedTrace).steps[refusedTrace.hops.findIndex((hop) => hop.kind === 'refuse')]
  expect(steps && steps.endMs - steps.decideMs).toBe(540)
})

describe('the step at a position', () => {
  test.each(answeredTrace.hops.map((hop) => ({ step: hop.index })))(
    'is $step from after its start to its end',
    ({ step }) => {
      expect(stepAt(schedule, restOf(schedule, step))).toBe(step)
      expect(stepAt(schedule, (schedule.steps[step]?.startMs ?? 0) + 1)).toBe(step)
    },
  )
  test('is the first at 0 and none without steps', () => {
    expect(stepAt(schedule, 0)).toBe(0)
    expect(stepAt({ steps: [], totalMs: 0 }, 0)).toBe(-1)
  })
})

describe('the rows of a decision', () => {
  test('twenty losers share 600 ms', () => {
    const rows = drawTimes([...Array<{ verdict: 'lost' }>(20).fill({ verdict: 'lost' }), { verdict: 'won' }])
    expect(rows[19]?.toMs).toBeCloseTo(600)
    expect(rows[20]?.toMs).toBeCloseTo(840)
  })
  test('a row never tried shows when the winner does', () => {
    expect(drawTimes([{ verdict: 'won' }, { verdict: 'not-tried' }])[1]).toEqual({ fromMs: 240, toMs: 240 })
  })
})
