import { describe, expect, test } from 'vitest'
import { answeredTrace } from '../stage/chapter.fixture.ts'
import { ruleMarks } from './rule-marks.ts'

const draw = answeredTrace.hops.find((hop) => hop.kind === 'choose' && hop.phase === 'nat')

describe('the rules of a draw that the fifth wins', () => {
  test('are marked on the node where they were tried', () => {
    expect([...ruleMarks(draw, 'host01').values()]).toEqual([...Array<string>(5).fill('tried'), 'won'])
  })

  test.each([
    { name: 'on another node', hop: draw, node: 'host02' },
    { name: 'without a step', hop: undefined, node: 'host01' },
  ])('are not marked $name', ({ hop, node }) => {
    expect(ruleMarks(hop, node).size).toBe(0)
  })
})
