import { describe, expect, test } from 'vitest'
import { inReadingOrder, type ShownProblem } from './shown-problem.ts'

const problem = (message: string, severity: ShownProblem['severity'], from?: number): ShownProblem => ({
  severity,
  word: severity,
  message,
  ...(from === undefined ? {} : { range: { from, to: from + 1 } }),
})

describe('problems', () => {
  test('stand in the order of the text, those of the whole file first, the grave before the light', () => {
    const problems = [
      problem('c', 'warning', 9),
      problem('b', 'error', 9),
      problem('a', 'info', 2),
      problem('whole', 'error'),
    ]
    expect(inReadingOrder(problems).map((each) => each.message)).toEqual(['whole', 'a', 'b', 'c'])
  })
})
