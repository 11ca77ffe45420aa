import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { settle } from './settle.ts'

describe('settling', () => {
  test.each([
    { what: 'gives each its wish where they are apart', wishes: [50, 200], starts: [40, 190] },
    { what: 'lets both give way where they wish the same', wishes: [50, 50], starts: [25, 55] },
    { what: 'lets the one below give way at the beginning', wishes: [10, 10], starts: [0, 30] },
    { what: 'pushes back what would stand beyond the end', wishes: [50, 390], starts: [40, 280] },
    { what: 'sets what has no wish next to the one before', wishes: [50, undefined], starts: [40, 70] },
    { what: 'begins with what has no wish', wishes: [undefined, 90], starts: [0, 80] },
  ])('$what', ({ wishes, starts }) => {
    expect(
      settle(
        wishes.map((middle) => ({ size: 20, middle })),
        0,
        300,
        10,
      ),
    ).toEqual(starts)
  })
  test('keeps order and gaps for any wishes', () => {
    const wish = fc.record({
      size: fc.integer({ min: 10, max: 90 }),
      middle: fc.option(fc.integer({ min: -50, max: 600 }), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), (wishes) => {
        const starts = settle(wishes, 0, 500, 8)
        const gaps = starts.slice(1).map((start, i) => start - (starts[i] ?? 0) - (wishes[i]?.size ?? 0))
        expect(gaps.filter((gap) => gap < 8)).toEqual([])
        expect(starts.filter((start) => start < 0)).toEqual([])
      }),
      { seed: 4 },
    )
  })
})
