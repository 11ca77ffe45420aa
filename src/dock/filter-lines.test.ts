import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterLines, filterWords, foundPieces } from './filter-lines.ts'

const lines = ['-A KUBE-SERVICES -d 10.96.0.10/32', '-A KUBE-SEP-A -j DNAT', '-A kube-extra'].map((text) => ({
  text,
}))

describe('a filter', () => {
  test.each([
    { filter: '', found: [0, 1, 2] },
    { filter: 'kube', found: [0, 1, 2] },
    { filter: 'dnat SEP', found: [1] },
    { filter: '10.96', found: [0] },
    { filter: '10x96', found: [] },
  ])('"$filter" lets lines $found through', ({ filter, found }) => {
    expect(filterLines(lines, filterWords(filter)).map((each) => each.index)).toEqual(found)
  })
})

describe('the pieces of a line', () => {
  test('are found where a word stands, in any case', () => {
    expect(foundPieces('-A KUBE-SEP', ['kube'])).toEqual([
      { text: '-A ', found: false },
      { text: 'KUBE', found: true },
      { text: '-SEP', found: false },
    ])
  })

  test('are the line again, whatever the words', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1 })), (text, words) => {
        expect(
          foundPieces(text, words)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }),
      { seed: 7 },
    )
  })
})
