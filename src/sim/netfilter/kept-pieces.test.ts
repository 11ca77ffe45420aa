import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepPieces } from './kept-pieces.ts'

interface Letter {
  readonly letter: string
}

/** Words of at most five letters: each ends behind a vowel. */
function openWords() {
  return keepPieces(
    (letters: readonly Letter[], from, to) =>
      to - from >= 5 || 'aeiou'.includes(letters[to - 1]?.letter ?? ''),
    (letters) => letters.map(({ letter }) => letter).join(''),
  )
}

const letter = fc.constantFrom(...'abcdefghi'.split('')).map((one): Letter => ({ letter: one }))
const edit = fc.record({ at: fc.nat(30), removed: fc.nat(3), put: fc.array(letter, { maxLength: 3 }) })

test('after any edits the pieces are those of a list never seen', () => {
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 30 }), fc.array(edit, { maxLength: 10 }), (letters, edits) => {
      const words = openWords()
      let list: readonly Letter[] = letters
      for (const { at, removed, put } of [{ at: 0, removed: 0, put: [] }, ...edits]) {
        list = list.toSpliced(at, removed, ...put)
        expect(words(list)).toEqual(openWords()(list))
        expect(words(list).flatMap(({ items }) => items)).toEqual(list)
      }
    }),
    { seed: 5 },
  )
})

test('an item that comes leaves the pieces before and behind it as they were', () => {
  const words = openWords()
  const list = 'bacedofu'.split('').map((each): Letter => ({ letter: each }))
  const before = words(list)
  const after = words(list.toSpliced(3, 0, { letter: 'x' }))
  expect(after.map(({ made }) => made)).toEqual(['ba', 'cxe', 'do', 'fu'])
  expect(after.map((piece) => before.includes(piece))).toEqual([true, false, true, true])
})
