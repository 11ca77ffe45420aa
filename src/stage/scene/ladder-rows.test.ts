import { describe, expect, test } from 'vitest'
import { chapterLab, request } from '../../sim/trace/chapter-lab.fixture.ts'
import { ladderRows, outcomeAt } from './rows.ts'

describe('the ladder of a name that four questions do not find', () => {
  const { hops } = chapterLab().send(request('pod/default/pod', 'dig +search metrics-server'))
  const rows = ladderRows(hops)?.rows ?? []
  /** What each rung shows when the question of this number has left, from 1. */
  const whenAsked = (number: number) => {
    const asks = hops.filter(({ title }) => title.id === 'hop.ask.title')
    return rows.map((row) =>
      outcomeAt(row, asks[number - 1]?.index ?? 0)?.reason.id.replace('reason.rung-', ''),
    )
  }

  test('says of each rung what it got as soon as the next is asked, not at the end', () => {
    expect(whenAsked(1)).toEqual(['in-list', 'in-list', 'in-list', 'absolute-last'])
    expect(whenAsked(2)).toEqual(['nxdomain', 'in-list', 'in-list', 'absolute-last'])
    expect(whenAsked(4)).toEqual(['nxdomain', 'nxdomain', 'nxdomain', 'absolute-last'])
  })

  test('ends with what every rung got', () => {
    const last = hops.at(-1)?.index ?? 0
    expect(rows.map((row) => outcomeAt(row, last)?.verdict)).toEqual(['lost', 'lost', 'lost', 'lost'])
  })
})
