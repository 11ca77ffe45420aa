import { describe, expect, test } from 'vitest'
import { traceOf } from '../app/small-lab.fixture.ts'
import { makeQuery, makeReply } from '../sim/dns/message.ts'
import { ip } from '../sim/network/address.ts'
import type { Trace } from '../sim/trace/trace.ts'
import { messageOf } from './message-of.ts'

const reply = makeReply(makeQuery({ name: 'nginx.', type: 'A' }, 7), { rcode: 'SERVFAIL' })
const plain = traceOf({ from: 'pod/default/pod', method: 'GET', url: 'dig nginx', headers: [], seed: 1 }, 3)
const dug: Trace = {
  ...plain,
  result: { kind: 'dns', server: ip('10.96.0.10'), talks: [], reply, transport: 'UDP', afterMs: 1 },
}
const [first, , last] = dug.hops

describe('the message of a step', () => {
  test('is the reply that dig prints where the trace of a dig ends', () => {
    expect(last && messageOf(last, dug)).toEqual({ kind: 'dns', message: reply })
    expect(last && messageOf(last, dug)).toBe(last && messageOf(last, dug))
  })

  test('is nothing on the way there, and nothing where no reply came', () => {
    expect(first && messageOf(first, dug)).toBeUndefined()
    expect(last && messageOf(last, plain)).toBeUndefined()
  })
})
