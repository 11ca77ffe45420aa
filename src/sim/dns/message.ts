/** DNS messages as values (RFC 1035 §4), before any bytes. */

export type RecordType =
  'A' | 'AAAA' | 'CNAME' | 'SRV' | 'PTR' | 'TXT' | 'SOA' | 'NS' | 'MX' | 'HINFO' | 'AXFR'
export type Rcode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED'

/** `name` is absolute, with its final dot, in the letters that were asked. */
export interface Question {
  readonly name: string
  readonly type: RecordType
}

/** `data` as a zone file prints it: `10.96.0.10`, `0 100 443 nginx.default.svc.cluster.local.`. */
export interface ResourceRecord {
  readonly name: string
  readonly ttlSeconds: number
  readonly type: RecordType
  readonly data: string
}

export interface DnsMessage {
  readonly id: number
  readonly isReply: boolean
  readonly rcode: Rcode
  readonly flags: {
    readonly aa: boolean
    readonly tc: boolean
    readonly rd: boolean
    readonly ra: boolean
    readonly ad: boolean
  }
  readonly question: Question
  readonly answer: readonly ResourceRecord[]
  readonly authority: readonly ResourceRecord[]
  readonly additional: readonly ResourceRecord[]
  /** EDNS0: absent where the message has no OPT record. */
  readonly edns?: { readonly udpSize: number; readonly cookie?: string }
}

/** A question as stub resolvers send it: RD set unless told otherwise, the AD bit and EDNS where the program asks for them. */
export function makeQuery(
  question: Question,
  id: number,
  extra: {
    readonly rd?: boolean
    readonly ad?: boolean
    readonly edns?: { readonly udpSize: number; readonly cookie?: string }
  } = {},
): DnsMessage {
  return {
    id,
    isReply: false,
    rcode: 'NOERROR',
    flags: { aa: false, tc: false, rd: extra.rd ?? true, ra: false, ad: extra.ad ?? false },
    question,
    answer: [],
    authority: [],
    additional: [],
    ...(extra.edns === undefined ? {} : { edns: extra.edns }),
  }
}

/** What a reply says beside what it copies from its question. Sections that are left out are empty, flags unset. */
export interface ReplyContent {
  readonly rcode: Rcode
  readonly aa?: boolean
  readonly ra?: boolean
  readonly tc?: boolean
  readonly answer?: readonly ResourceRecord[]
  readonly authority?: readonly ResourceRecord[]
  readonly additional?: readonly ResourceRecord[]
}

/** A reply to a query: id, question, RD and EDNS (size, and the cookie echoed) are the query's. */
export function makeReply(query: DnsMessage, content: ReplyContent): DnsMessage {
  return {
    ...query,
    isReply: true,
    rcode: content.rcode,
    flags: {
      aa: content.aa ?? false,
      tc: content.tc ?? false,
      rd: query.flags.rd,
      ra: content.ra ?? false,
      ad: false,
    },
    answer: content.answer ?? [],
    authority: content.authority ?? [],
    additional: content.additional ?? [],
  }
}
