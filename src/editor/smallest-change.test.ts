import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smallestChange } from './smallest-change.ts'

describe('the change between two texts', () => {
  test.each([
    { before: 'app: ngnix', after: 'app: nginx', change: { from: 7, to: 9, insert: 'in' } },
    { before: 'aa', after: 'aaa', change: { from: 2, to: 2, insert: 'a' } },
    { before: '', after: 'x', change: { from: 0, to: 0, insert: 'x' } },
    { before: 'same', after: 'same', change: undefined },
  ])('from "$before" to "$after" is $change', ({ before, after, change }) => {
    expect(smallestChange(before, after)).toEqual(change)
  })

  test('makes the second of the first', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b') }),
        fc.string({ unit: fc.constantFrom('a', 'b') }),
        (a, b) => {
          const { from, to, insert } = smallestChange(a, b) ?? { from: 0, to: 0, insert: '' }
          expect(a.slice(0, from) + insert + a.slice(to)).toBe(b)
        },
      ),
      { seed: 7 },
    )
  })
})
