import { describe, expect, test } from 'vitest'
import { makeQuery, makeReply } from './message.ts'
import type { ResourceRecord } from './message.ts'
import { messageBytes } from './wire-size.ts'

const name = 'nginx.default.svc.cluster.local.'
const query = makeQuery({ name, type: 'A' }, 1)
const dig = makeQuery({ name, type: 'A' }, 1, { edns: { udpSize: 1232, cookie: '0123456789abcdef' } })
const address: ResourceRecord = { name, ttlSeconds: 30, type: 'A', data: '10.100.221.220' }

// That it is what the encoder writes, of any message: wire-format.test.ts.
describe('the size of a message', () => {
  test('is what dig 9.18 prints as MSG SIZE for a reply without compression', () => {
    expect(messageBytes(makeReply(dig, { rcode: 'NOERROR', answer: [address] }), false)).toBe(119)
  })

  test('shrinks to a pointer for each name that came before', () => {
    const reply = makeReply(query, { rcode: 'NOERROR', answer: [address, address] })
    expect(messageBytes(reply, false) - messageBytes(reply, true)).toBe(2 * (name.length + 1 - 2))
  })
})
