import { describe, expect, test } from 'vitest'
import { endingOf } from './ending-of.ts'

describe('the end of a trace', () => {
  test.each([
    { kind: 'answered', status: 200, tone: 'good' },
    { kind: 'answered', tone: 'good' },
    { kind: 'answered', status: 404, tone: 'no' },
    { kind: 'answered', status: 503, tone: 'no' },
    { kind: 'refused', tone: 'bad' },
    { kind: 'timed-out', tone: 'bad' },
    { kind: 'name-not-found', tone: 'bad' },
    { kind: 'unknown', tone: 'unknown' },
  ] as const)('$kind $status looks $tone', ({ tone, ...verdict }) => {
    expect(endingOf(verdict).tone).toBe(tone)
  })
})
