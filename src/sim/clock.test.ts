import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { between, later } from './clock.ts'

const opening = Date.UTC(2026, 10, 25, 1)
const spans = fc.array(fc.integer({ min: 0, max: 400_000_000 }), { minLength: 1, maxLength: 60 })

describe('simulated time', () => {
  test('is the same sum of microseconds in any order', () => {
    fc.assert(
      fc.property(spans, (microseconds) => {
        const total = microseconds.reduce((sum, each) => sum + each, 0)
        const forwards = microseconds.reduce((at, each) => later(at, each / 1000), opening)
        const backwards = microseconds.toReversed().reduce((at, each) => later(at, each / 1000), opening)
        expect(forwards).toBe(backwards)
        expect(between(opening, forwards)).toBe(total / 1000)
      }),
      { seed: 1 },
    )
  })
  test('keeps a microsecond apart from the next one', () => {
    expect(later(opening, 0.001)).toBeGreaterThan(opening)
    expect(between(later(opening, 0.001), later(opening, 0.002))).toBe(0.001)
  })
})
