/** A DNS message as the rows that `dig` would print, and its flags as words (RFC 1035 §4.1.1, RFC 4035 §3.2.3). */
import type { DnsMessage, ResourceRecord } from '../sim/dns/message.ts'

type FlagName = 'qr' | 'aa' | 'tc' | 'rd' | 'ra' | 'ad'

/** One bit of the header; `ad` is listed only where it is set. */
export interface Flag {
  readonly name: FlagName
  readonly isSet: boolean
}

/** The flags in the header's order. */
export function flagsOf(message: DnsMessage): readonly Flag[] {
  const { aa, tc, rd, ra, ad } = message.flags
  const flags: Flag[] = [
    { name: 'qr', isSet: message.isReply },
    { name: 'aa', isSet: aa },
    { name: 'tc', isSet: tc },
    { name: 'rd', isSet: rd },
    { name: 'ra', isSet: ra },
  ]
  return ad ? [...flags, { name: 'ad', isSet: true }] : flags
}

export type SectionName = 'answer' | 'authority' | 'additional'

/** The sections behind the question. A query has none that are worth a row, except an OPT record. */
export function sectionsOf(message: DnsMessage): readonly {
  readonly name: SectionName
  readonly records: readonly ResourceRecord[]
}[] {
  const sections = [
    { name: 'answer', records: message.answer },
    { name: 'authority', records: message.authority },
    { name: 'additional', records: message.additional },
  ] as const
  return message.isReply ? sections : sections.filter((section) => section.records.length > 0)
}

/** `30 IN A ` before the data that the record gives. */
export function recordHead(record: ResourceRecord): string {
  return `${record.ttlSeconds} IN ${record.type} `
}

/** `EDNS0, 1232 bytes` as dig's pseudo-section says it; absent without an OPT record. */
export function ednsText(message: DnsMessage): string | undefined {
  if (message.edns === undefined) return undefined
  const { udpSize, cookie } = message.edns
  return `OPT EDNS0 udp: ${udpSize}${cookie === undefined ? '' : `; COOKIE: ${cookie}`}`
}
