import { expect, test } from 'vitest'
import { differenceIds } from '../sim/known-differences.ts'
import { shownDifferences } from './shown-differences.ts'

const wordsOf = (id: string) => `${id} said`

test('an empty filter shows every difference once', () => {
  const ids = shownDifferences('', wordsOf).flatMap((each) => each.ids)
  expect(ids.toSorted()).toEqual(differenceIds.toSorted())
})

test('a filter leaves those that have all its words, and no empty area', () => {
  expect(shownDifferences('TCP said', wordsOf)).toEqual([{ area: 'netfilter', ids: ['tcp-windows'] }])
})
