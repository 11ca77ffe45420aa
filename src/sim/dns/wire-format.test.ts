import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyMessage } from './message.fixture.ts'
import { messageParts } from './message-parts.ts'
import { makeQuery, makeReply, type DnsMessage, type ResourceRecord } from './message.ts'
import { decodeMessage, encodeMessage, encodeSent } from './wire-format.ts'
import { messageBytes, sentBytes } from './wire-size.ts'

const name = 'nginx.default.svc.cluster.local.'
const query = makeQuery({ name, type: 'A' }, 0x1234)
const address: ResourceRecord = { name, ttlSeconds: 30, type: 'A', data: '10.100.221.220' }
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** The claim, of whatever message. */
function holds(claim: (message: DnsMessage) => void): void {
  fc.assert(fc.property(anyMessage, claim))
}

describe('any message of ours', () => {
  const compressing = [{ compress: false }, { compress: true }]

  test.each(compressing)('comes back from its bytes, compress $compress', ({ compress }) => {
    holds((message) => {
      expect(decodeMessage(encodeMessage(message, compress))).toEqual(message)
    })
  })

  test.each(compressing)('is as long as its size says, compress $compress', ({ compress }) => {
    holds((message) => {
      expect(encodeMessage(message, compress).length).toBe(messageBytes(message, compress))
    })
  })

  test.each(['UDP', 'TCP'] as const)(
    'is sent in as many octets as its packet counts over %s',
    (transport) => {
      holds((message) => {
        expect(encodeSent(message, transport).bytes.length).toBe(sentBytes(message, transport))
      })
    },
  )

  test('falls into parts without a gap', () => {
    fc.assert(
      fc.property(anyMessage, fc.boolean(), (message, compress) => {
        const bytes = encodeMessage(message, compress)
        const parts = messageParts(bytes)
        expect(parts.map(({ from }) => from)).toEqual([0, ...parts.slice(0, -1).map(({ to }) => to)])
        expect(parts.at(-1)?.to).toBe(bytes.length)
      }),
    )
  })
})

describe('a question', () => {
  test('is header, labels with their lengths, type and class', () => {
    expect(hex(encodeMessage(query, false))).toBe(
      '123401000001000000000000' +
        '056e67696e780764656661756c740373766307636c7573746572056c6f63616c00' +
        '00010001',
    )
  })
})

describe('a reply', () => {
  const reply = makeReply(query, { rcode: 'NOERROR', aa: true, answer: [address] })

  test('that fits says the name again in full, as CoreDNS does', () => {
    expect(encodeSent(reply, 'UDP').bytes.length).toBe(12 + 37 + 33 + 14)
  })

  test('that does not fit points to the name', () => {
    const big = makeReply(query, {
      rcode: 'NOERROR',
      aa: true,
      answer: Array<ResourceRecord>(20).fill(address),
    })
    const { bytes } = encodeSent(big, 'UDP')
    expect(bytes.length).toBe(12 + 37 + 20 * 16)
    expect(hex(bytes.subarray(49, 65))).toBe('c00c' + '00010001' + '0000001e' + '0004' + '0a64dddc')
  })

  test('never compresses the target of an SRV record', () => {
    const srv = { name, ttlSeconds: 30, type: 'SRV', data: `0 100 80 ${name}` } as const
    const bytes = encodeMessage(makeReply(query, { rcode: 'NOERROR', answer: [srv] }), true)
    expect(bytes.length).toBe(12 + 37 + 2 + 10 + 6 + 33)
  })
})

describe('octets that are no message of ours', () => {
  test.each([
    { what: 'nothing', bytes: [] },
    { what: 'half a header', bytes: [0x12, 0x34, 1, 0, 0] },
    {
      what: 'a name that points to itself',
      bytes: [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xc0, 12, 0, 1, 0, 1],
    },
    { what: 'a class other than IN', bytes: [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 3] },
    { what: 'a type that is not simulated', bytes: [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 99, 0, 1] },
  ])('give none: $what', ({ bytes }) => {
    expect(decodeMessage(Uint8Array.from(bytes))).toBeUndefined()
  })
})
