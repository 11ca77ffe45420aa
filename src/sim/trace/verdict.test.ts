import { describe, expect, test } from 'vitest'
import { ip } from '../network/address.ts'
import { chapterLab, request } from './chapter-lab.fixture.ts'
import type { Result } from './trace.ts'
import { verdictOf } from './verdict.ts'

const at = { address: ip('10.96.0.80'), port: 80 }
const failed = (error: Extract<Result, { kind: 'connect-failed' }>['error']): Result => ({
  kind: 'connect-failed',
  ...at,
  error,
  afterMs: 4600,
})
const pinged = (...echoes: Extract<Result, { kind: 'ping' }>['echoes']): Result => ({
  kind: 'ping',
  name: 'web',
  address: at.address,
  echoes,
})
const error = { from: ip('192.168.61.1'), text: 'Destination Net Unreachable' }

test.each<{ result: Result; kind: string; id: string }>([
  { result: { kind: 'connected', ...at }, kind: 'answered', id: 'connected' },
  { result: failed('refused'), kind: 'refused', id: 'refused' },
  { result: failed('timed-out'), kind: 'timed-out', id: 'timed-out' },
  { result: failed('unreachable'), kind: 'unreachable', id: 'unreachable' },
  { result: failed('reset'), kind: 'reset', id: 'reset' },
  { result: failed('empty-reply'), kind: 'reset', id: 'reset' },
  { result: failed('unknown'), kind: 'unknown', id: 'not-modelled' },
  {
    result: { kind: 'name-failed', name: 'web', error: 'try-again', afterMs: 0 },
    kind: 'name-not-found',
    id: 'name-try-again',
  },
  { result: pinged({ sequence: 0 }, { sequence: 1, rttMs: 0.3 }), kind: 'answered', id: 'ping' },
  { result: pinged({ sequence: 0, error }), kind: 'unreachable', id: 'ping-unreachable' },
  { result: pinged({ sequence: 0 }), kind: 'timed-out', id: 'ping-silence' },
  {
    result: {
      kind: 'dns',
      server: at.address,
      talks: [],
      transport: 'UDP',
      error: 'timed-out',
      afterMs: 5000,
    },
    kind: 'timed-out',
    id: 'dns-silence',
  },
  { result: { kind: 'not-modelled', ...at, what: 'TLS' }, kind: 'unknown', id: 'not-modelled' },
  { result: { kind: 'client-gone' }, kind: 'dropped', id: 'client-gone' },
])('$id is the verdict of $result.kind, $kind', ({ result, kind, id }) => {
  expect(verdictOf([], result)).toMatchObject({ kind, phrase: { id: `verdict.${id}` } })
})

describe('a path with a hop that is not modelled', () => {
  test('is unknown whatever came of it, and says at which step', () => {
    const { hops } = chapterLab().send(request('pod/default/pod', 'https://kubernetes/'))
    const verdict = verdictOf(hops, { kind: 'connected', ...at })
    expect(verdict).toEqual({
      kind: 'unknown',
      phrase: { id: 'verdict.unknown', values: { step: hops.length } },
    })
  })
})
