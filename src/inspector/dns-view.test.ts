import { describe, expect, test } from 'vitest'
import type { DnsMessage } from '../sim/dns/message.ts'
import { ednsText, flagsOf, recordHead, sectionsOf } from './dns-view.ts'

const query: DnsMessage = {
  id: 1,
  isReply: false,
  rcode: 'NOERROR',
  flags: { aa: false, tc: false, rd: true, ra: false, ad: false },
  question: { name: 'nginx.default.svc.cluster.local.', type: 'A' },
  answer: [],
  authority: [],
  additional: [],
}
const record = { name: query.question.name, ttlSeconds: 30, type: 'A', data: '10.96.0.7' } as const
const reply: DnsMessage = {
  ...query,
  isReply: true,
  flags: { ...query.flags, aa: true },
  answer: [record],
  edns: { udpSize: 1232, cookie: 'abcd' },
}

describe('a DNS message', () => {
  test.each([
    { message: query, flags: 'rd', sections: '' },
    { message: reply, flags: 'qr aa rd', sections: 'answer authority additional' },
    {
      message: { ...reply, flags: { ...reply.flags, ad: true } },
      flags: 'qr aa rd ad',
      sections: 'answer authority additional',
    },
  ])('with $flags set shows the sections "$sections"', ({ message, flags, sections }) => {
    expect(
      flagsOf(message)
        .filter((flag) => flag.isSet)
        .map((flag) => flag.name)
        .join(' '),
    ).toBe(flags)
    expect(
      sectionsOf(message)
        .map((section) => section.name)
        .join(' '),
    ).toBe(sections)
  })

  test('prints a record and an OPT record as dig does', () => {
    expect(recordHead(record) + record.data).toBe('30 IN A 10.96.0.7')
    expect(ednsText(reply)).toBe('OPT EDNS0 udp: 1232; COOKIE: abcd')
    expect(ednsText(query)).toBeUndefined()
  })
})
