/**
 * Messages to and from bytes (RFC 1035 §4; EDNS0: RFC 6891; cookies: RFC 7873) by a library made for it. Loaded where bytes are wanted:
 * a lookup itself needs the length alone, which is `wire-size.ts`. Known flaw: the library writes a character above U+1FFFF as another.
 */
import {
  AUTHENTIC_DATA,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
  type Answer,
  type Packet,
} from '@leichtgewicht/dns-packet'
import { compressNames } from './compress-names.ts'
import { absoluteName } from './domain-name.ts'
import { messageParts, type MessagePart } from './message-parts.ts'
import type { DnsMessage, Rcode, RecordType } from './message.ts'
import { fromWireRecord, toWireRecord } from './wire-record.ts'
import { isCompressed } from './wire-size.ts'

/** RFC 1035 §4.1.1. */
const rcodes: readonly Rcode[] = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED']
/** What may be asked; the library knows more types. */
const types: ReadonlySet<string> = new Set<RecordType>([
  'A',
  'AAAA',
  'CNAME',
  'SRV',
  'PTR',
  'TXT',
  'SOA',
  'NS',
  'MX',
  'HINFO',
  'AXFR',
])
/** EDNS0 option code (RFC 7873 §4). */
const COOKIE = 10

/** The message's octets, every name in full, or with pointers. The names are legal ones (`nameFlaw` finds nothing). */
export function encodeMessage(message: DnsMessage, compress: boolean): Uint8Array {
  const plain = encode({
    type: message.isReply ? 'response' : 'query',
    id: message.id,
    flags: flagBits(message) | rcodes.indexOf(message.rcode),
    questions: [message.question],
    answers: message.answer.map(toWireRecord),
    authorities: message.authority.map(toWireRecord),
    additionals: [...message.additional.map(toWireRecord), ...optOf(message)],
  })
  writeCookie(plain, message)
  return compress ? compressNames(plain) : plain
}

/** A message's octets, and which of them are what. */
export interface SentMessage {
  readonly bytes: Uint8Array
  readonly parts: readonly MessagePart[]
}

/** The message as CoreDNS or a stub resolver sends it: compressed only where it would not fit (`isCompressed`). */
export function encodeSent(message: DnsMessage, transport: 'UDP' | 'TCP'): SentMessage {
  const bytes = encodeMessage(message, isCompressed(message, transport))
  return { bytes, parts: messageParts(bytes) }
}

/** The message in the octets. Undefined where there is none, and where it holds a type, class or code that is not simulated. */
export function decodeMessage(bytes: Uint8Array): DnsMessage | undefined {
  const packet = decoded(bytes)
  const question = packet?.questions?.[0]
  const rcode = rcodes.find((each) => each === packet?.rcode)
  if (packet === undefined || question === undefined || rcode === undefined) return undefined
  if (!isRecordType(question.type) || (question.class ?? 'IN') !== 'IN') return undefined
  const { answers = [], authorities = [], additionals = [] } = packet
  const [answer, authority, additional] = [answers, authorities, additionals.filter(isNoOpt)].map((records) =>
    records.flatMap((record) => fromWireRecord(record) ?? []),
  )
  const edns = ednsOf(additionals)
  return {
    id: packet.id ?? 0,
    isReply: packet.flag_qr === true,
    rcode,
    flags: {
      aa: packet.flag_aa === true,
      tc: packet.flag_tc === true,
      rd: packet.flag_rd === true,
      ra: packet.flag_ra === true,
      ad: packet.flag_ad === true,
    },
    question: { name: absoluteName(question.name), type: question.type },
    answer: answer ?? [],
    authority: authority ?? [],
    additional: additional ?? [],
    ...(edns === undefined ? {} : { edns }),
  }
}

function flagBits({ flags }: DnsMessage): number {
  const bits = [
    [flags.aa, AUTHORITATIVE_ANSWER],
    [flags.tc, TRUNCATED_RESPONSE],
    [flags.rd, RECURSION_DESIRED],
    [flags.ra, RECURSION_AVAILABLE],
    [flags.ad, AUTHENTIC_DATA],
  ] as const
  return bits.reduce((sum, [isSet, bit]) => sum | (isSet ? bit : 0), 0)
}

/** The library throws at octets that are no message; anybody may have sent them. */
function decoded(bytes: Uint8Array): Packet | undefined {
  try {
    return decode(bytes)
  } catch {
    return undefined
  }
}

function isRecordType(type: string): type is RecordType {
  return types.has(type)
}

/** An OPT record in the library's fields, some of which its types leave out. */
interface OptRecord {
  readonly name: '.'
  readonly type: 'OPT'
  readonly udpPayloadSize: number
  readonly options: readonly { readonly code: number; readonly data: Uint8Array }[]
}

function isNoOpt(record: Answer): boolean {
  return record.type !== 'OPT'
}

function optOf({ edns }: DnsMessage): readonly Answer[] {
  if (edns === undefined) return []
  const { udpSize: udpPayloadSize, cookie } = edns
  const options = cookie === undefined ? [] : [{ code: COOKIE, data: fromHex(cookie) }]
  const opt: OptRecord = { name: '.', type: 'OPT', udpPayloadSize, options }
  return [opt as unknown as Answer]
}

/** The library leaves an option's octets zero. The cookie's are the message's last. */
function writeCookie(plain: Uint8Array, { edns }: DnsMessage): void {
  const cookie = fromHex(edns?.cookie ?? '')
  plain.set(cookie, plain.length - cookie.length)
}

function ednsOf(additionals: readonly Answer[]): DnsMessage['edns'] {
  const opt = additionals.find((record) => !isNoOpt(record)) as unknown as OptRecord | undefined
  if (opt === undefined) return undefined
  const cookie = opt.options.find(({ code }) => code === COOKIE)
  return {
    udpSize: opt.udpPayloadSize,
    ...(cookie === undefined ? {} : { cookie: toHex(cookie.data) }),
  }
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((each) => each.toString(16).padStart(2, '0')).join('')
}
