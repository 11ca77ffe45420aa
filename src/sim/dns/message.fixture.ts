/** Any DNS message of ours, for properties. */
import fc from 'fast-check'
import { ip } from '../network/address.ts'
import { printCharacterStrings } from './character-strings.ts'
import type { DnsMessage, Question, ResourceRecord } from './message.ts'

const label = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)
/** Few labels, so that names have endings in common. */
const shared = fc.constantFrom('svc', 'cluster', 'local', 'nginx', 'NGINX', 'default')
export const anyName: fc.Arbitrary<string> = fc
  .array(fc.oneof(label, shared), { maxLength: 8 })
  .map((labels) => `${labels.join('.')}.`)

const byte = fc.nat(255)
const word = fc.nat(65535)
const long = fc.nat(2 ** 32 - 1)
/** No character above U+1FFFF: see wire-format.ts. */
const character = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
  fc.constantFrom('é', '中', '🚀', '"', '\\'),
)
const texts = (count: { readonly minLength: number; readonly maxLength: number }) =>
  fc.array(fc.string({ maxLength: 30, unit: character }), count).map(printCharacterStrings)

const typeAndData = fc.oneof(
  fc.record({
    type: fc.constant('A' as const),
    data: fc.tuple(byte, byte, byte, byte).map((all) => all.join('.')),
  }),
  fc.record({
    type: fc.constant('AAAA' as const),
    data: fc.ipV6().map(ip),
  }),
  fc.record({ type: fc.constantFrom('CNAME' as const, 'NS' as const, 'PTR' as const), data: anyName }),
  fc.record({
    type: fc.constant('SRV' as const),
    data: fc.tuple(word, word, word, anyName).map((all) => all.join(' ')),
  }),
  fc.record({ type: fc.constant('MX' as const), data: fc.tuple(word, anyName).map((all) => all.join(' ')) }),
  fc.record({
    type: fc.constant('SOA' as const),
    data: fc.tuple(anyName, anyName, long, long, long, long, long).map((all) => all.join(' ')),
  }),
  fc.record({ type: fc.constant('TXT' as const), data: texts({ minLength: 1, maxLength: 3 }) }),
  fc.record({ type: fc.constant('HINFO' as const), data: texts({ minLength: 2, maxLength: 2 }) }),
)
const records: fc.Arbitrary<readonly ResourceRecord[]> = fc.array(
  fc.tuple(anyName, long, typeAndData).map(([name, ttlSeconds, rest]) => ({ name, ttlSeconds, ...rest })),
  { maxLength: 5 },
)
const question: fc.Arbitrary<Question> = fc.record({
  name: anyName,
  type: fc.constantFrom('A', 'AAAA', 'SRV', 'PTR', 'TXT', 'SOA', 'NS', 'MX', 'HINFO', 'CNAME', 'AXFR'),
})
const flag = fc.boolean()

export const anyMessage: fc.Arbitrary<DnsMessage> = fc
  .record({
    id: word,
    isReply: flag,
    rcode: fc.constantFrom('NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'),
    flags: fc.record({ aa: flag, tc: flag, rd: flag, ra: flag, ad: flag }),
    question,
    answer: records,
    authority: records,
    additional: records,
  })
  .chain((message) =>
    fc.oneof(
      fc.constant(message),
      word.filter((size) => size > 0).map((udpSize) => ({ ...message, edns: { udpSize } })),
      fc
        .tuple(
          word.filter((size) => size > 0),
          fc.stringMatching(/^([0-9a-f]{16})$/),
        )
        .map(([udpSize, cookie]) => ({ ...message, edns: { udpSize, cookie } })),
    ),
  )
