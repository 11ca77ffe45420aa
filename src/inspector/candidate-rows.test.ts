import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Candidate } from '../sim/trace/trace.ts'
import { answeredTrace } from '../stage/chapter.fixture.ts'
import { candidateRows } from './candidate-rows.ts'

/** A letter a candidate: x lost, w won, - not tried, ? unknown, * a hundred that the trace leaves out. */
function candidates(letters: string): readonly Candidate[] {
  const verdicts = { x: 'lost', w: 'won', '-': 'not-tried', '?': 'unknown' } as const
  return Array.from(letters, (letter, index) => ({
    id: letter === '*' ? 'folded' : String(index),
    name: letter,
    verdict: letter === 'w' || letter === '-' || letter === '?' ? verdicts[letter] : verdicts.x,
    reason: { ...answeredTrace.verdict.phrase, values: { count: 100 } },
  }))
}

/** The rows as numbers, a fold as `from…to`, `from.to` where none of them was tried. */
function drawn(letters: string, open = false): string {
  return candidateRows(candidates(letters), open)
    .map((row) => (row.kind === 'candidate' ? row.number : `${row.from}${row.notTried ? '.' : '…'}${row.to}`))
    .join(' ')
}

describe('the rows of a decision', () => {
  test.each([
    { letters: 'xxxxw', rows: '1 2 3 4 5' },
    { letters: 'xxxxxxxxxxxw', rows: '1 2 3…9 10 11 12' },
    { letters: 'xxxxxxw-----', rows: '1 2 3…4 5 6 7 8 9.11 12' },
    { letters: 'xw----------', rows: '1 2 3 4.11 12' },
    { letters: 'xxxxx?------', rows: '1 2 3 4 5 6 7 8.11 12' },
    { letters: 'xxxxxxxxxxxx', rows: '1 2 3…11 12' },
    { letters: 'xx*xw', rows: '1 2 3…102 103 104' },
    { letters: 'xxxxxx*xxxxxw-', rows: '1 2 3…109 110 111 112 113' },
    { letters: '', rows: '' },
  ])('$letters are $rows', ({ letters, rows }) => {
    expect(drawn(letters)).toBe(rows)
  })

  test('that the trace leaves out cannot be opened', () => {
    const rows = candidateRows(candidates('xx*xw'), true)
    expect(rows[2]).toEqual({ kind: 'folded', from: 3, to: 102, notTried: false, canOpen: false })
  })

  test('fold nothing when they are opened', () => {
    expect(drawn('xxxxxxxxxxxw', true)).toBe('1 2 3 4 5 6 7 8 9 10 11 12')
  })

  test('show the winner in at most nine rows, wherever it stands', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (before, after) => {
        const rows = candidateRows(candidates('x'.repeat(before) + 'w' + '-'.repeat(after)), false)
        expect(rows.length).toBeLessThanOrEqual(9)
        expect(rows.some((row) => row.kind === 'candidate' && row.candidate.verdict === 'won')).toBe(true)
      }),
      { seed: 7 },
    )
  })
})
