/** Records and questions in the columns of dig (BIND 9.18, lib/dns/masterdump.c, dns_master_style_debug). */
import type { Question, ResourceRecord } from '../../sim/dns/message.ts'

/** Where TTL, class, type and data begin, in places of eight. */
const columns = { ttl: 24, class: 32, type: 40, data: 48 } as const

const tabWidth = 8

/** `;nginx.\t\t\t\tIN\tA`: the semicolon is not counted. */
export function printQuestion(question: Question): string {
  return `;${lay([escapedName(question.name), [columns.class, 'IN'], [columns.type, question.type]])}`
}

/** A record's line. */
export function printRecord(record: ResourceRecord): string {
  return lay([
    escapedName(record.name),
    [columns.ttl, String(record.ttlSeconds)],
    [columns.class, 'IN'],
    [columns.type, record.type],
    [columns.data, record.data],
  ])
}

/** Octets beyond printable ASCII as `\\DDD`, each (RFC 4343 §2.1); dig shows them as they are only on a terminal whose locale has them. */
function escapedName(name: string): string {
  return name.replace(/[^!-~]/gu, (character) =>
    Array.from(encodeURIComponent(character).matchAll(/%(..)/g), ([, hex = '']) => {
      return `\\${String(parseInt(hex, 16)).padStart(3, '0')}`
    }).join(''),
  )
}

/** Each text at its column, or one place behind what stands there: with tabs as far as they reach, then blanks. */
function lay([first, ...rest]: readonly [string, ...(readonly [column: number, text: string])[]]): string {
  let line = first
  let at = first.length
  for (const [column, text] of rest) {
    const to = Math.max(column, at + 1)
    const tabs = Math.max(0, Math.floor(to / tabWidth) - Math.floor(at / tabWidth))
    const from = tabs > 0 ? Math.floor(to / tabWidth) * tabWidth : at
    line += '\t'.repeat(tabs) + ' '.repeat(to - from) + text
    at = to + text.length
  }
  return line
}
