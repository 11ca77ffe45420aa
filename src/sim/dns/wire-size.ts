/**
 * How long a message is on the wire, by the arithmetic of RFC 1035 §3.2, §4.1 and RFC 6891 §6.1.2: every packet's size asks for it, and the
 * bytes themselves (`wire-format.ts`) are loaded only where somebody wants to see them. A test holds that both agree.
 */
import { characterStrings } from './character-strings.ts'
import { labelsOf, utf8Length } from './domain-name.ts'
import type { DnsMessage, ResourceRecord } from './message.ts'

/** Octets of the whole message. `compress`: every name may end in a pointer to an earlier one (RFC 1035 §4.1.4). */
export function messageBytes(message: DnsMessage, compress: boolean): number {
  const writer: Writer = { at: 12, seen: compress ? new Set() : undefined }
  writeName(writer, message.question.name)
  writer.at += 4
  for (const record of [...message.answer, ...message.authority, ...message.additional])
    writeRecord(writer, record)
  if (message.edns !== undefined) writer.at += 11 + cookieBytes(message.edns.cookie)
  return writer.at
}

/**
 * Whether CoreDNS or a stub resolver writes the message with pointers: only where it would not fit otherwise, or was cut to fit
 * (miekg/dns Msg.Truncate); 64 KiB fit over TCP.
 */
export function isCompressed(message: DnsMessage, transport: 'UDP' | 'TCP'): boolean {
  const limit = transport === 'TCP' ? 65535 : Math.max(512, message.edns?.udpSize ?? 512)
  return message.flags.tc || messageBytes(message, false) > limit
}

/** How long the message is as it is sent. */
export function sentBytes(message: DnsMessage, transport: 'UDP' | 'TCP'): number {
  return messageBytes(message, isCompressed(message, transport))
}

/** The position, and the name endings that a pointer can point to (their place must be below 2^14). */
interface Writer {
  at: number
  readonly seen: Set<string> | undefined
}

function cookieBytes(cookie: string | undefined): number {
  return cookie === undefined ? 0 : 4 + cookie.length / 2
}

function writeName(writer: Writer, name: string): void {
  const labels = labelsOf(name)
  for (const [index, label] of labels.entries()) {
    const ending = labels.slice(index).join('.')
    if (writer.seen?.has(ending) === true) {
      writer.at += 2
      return
    }
    if (writer.at < 2 ** 14) writer.seen?.add(ending)
    writer.at += 1 + utf8Length(label)
  }
  writer.at += 1
}

function writeRecord(writer: Writer, record: ResourceRecord): void {
  writeName(writer, record.name)
  writer.at += 10
  const words = record.data.split(' ')
  switch (record.type) {
    case 'A':
      writer.at += 4
      return
    case 'AAAA':
      writer.at += 16
      return
    case 'CNAME':
    case 'NS':
    case 'PTR':
      writeName(writer, record.data)
      return
    case 'MX':
      writer.at += 2
      writeName(writer, words[1] ?? '.')
      return
    case 'SOA':
      writeName(writer, words[0] ?? '.')
      writeName(writer, words[1] ?? '.')
      writer.at += 20
      return
    case 'SRV':
      writer.at += 6
      // The target of an SRV record is never compressed (RFC 2782).
      writer.at += nameBytes(words[3] ?? '.')
      return
    case 'TXT':
    case 'HINFO':
      writer.at += textBytes(record.data)
      return
    case 'AXFR':
      return
  }
}

function nameBytes(name: string): number {
  return labelsOf(name).reduce((sum, label) => sum + utf8Length(label) + 1, 1)
}

/** Each string has a length octet (RFC 1035 §3.3). */
function textBytes(data: string): number {
  return characterStrings(data).reduce((sum, each) => sum + 1 + utf8Length(each), 0)
}
