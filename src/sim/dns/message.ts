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
