import { expect, test } from 'vitest'
import type { Result, TlsHandshake } from '../sim/trace/trace.ts'
import { lockOf } from './lock-of.ts'

const answered = (tls?: Pick<TlsHandshake, 'chainVerdict' | 'hostMatch'>) =>
  ({ kind: 'http', ...(tls === undefined ? {} : { tls }) }) as unknown as Result
const anchor = {} as never

test.each([
  { what: 'http', result: answered(), lock: undefined },
  {
    what: 'https with a trusted certificate of that name',
    result: answered({
      chainVerdict: { kind: 'trusted', anchor },
      hostMatch: { kind: 'matched', by: 'dns-name', pattern: '*.example.com' },
    }),
    lock: 'verified',
  },
  {
    what: 'https with a trusted certificate of another name',
    result: answered({
      chainVerdict: { kind: 'trusted', anchor },
      hostMatch: { kind: 'mismatch', by: 'alternative-name', names: [] },
    }),
    lock: 'unverified',
  },
  { what: 'no answer', result: { kind: 'client-gone' } as const, lock: undefined },
])('the padlock of $what is $lock', ({ result, lock }) => {
  expect(lockOf(result)).toBe(lock)
})
