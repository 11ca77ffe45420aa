/** A reply as dig prints it (BIND 9.18, bin/dig/dig.c, printmessage and received). */
import type { Millis } from '../../sim/clock.ts'
import type { DnsMessage, ResourceRecord } from '../../sim/dns/message.ts'
import { printCtime } from '../print-time.ts'
import type { DigOptions } from './dig-options.ts'
import { printQuestion, printRecord } from './print-records.ts'

/** What dig knows of a reply's way. */
export interface ReplyWay {
  readonly server: string
  readonly transport: 'UDP' | 'TCP'
  readonly queryMs: number
  readonly receivedAtMs: Millis
  /** The message's size on the wire. */
  readonly bytes: number
}

/** The first lines: what was typed, and how many servers were. */
export function printBanner(args: readonly string[], version: string, options: DigOptions): string {
  const servers = options.server === undefined ? '' : '; (1 server found)\n'
  return `\n; <<>> DiG ${version} <<>>${args.map((arg) => ` ${arg}`).join('')}\n${servers};; global options: +cmd\n`
}

/** The reply by sections. With `+short` the data of the answers alone. */
export function printReply(message: DnsMessage, options: DigOptions): string {
  const { sections } = options
  if (options.short) return message.answer.map((record) => `${record.data}\n`).join('')
  return [
    sections.comments ? header(message) : '',
    sections.comments ? pseudoSection(message) : '',
    sections.question ? titled('QUESTION', `${printQuestion(message.question)}\n`, sections.comments) : '',
    sections.answer ? section('ANSWER', message.answer, sections.comments) : '',
    sections.authority ? section('AUTHORITY', message.authority, sections.comments) : '',
    sections.additional ? section('ADDITIONAL', message.additional, sections.comments) : '',
  ].join('')
}

function header(message: DnsMessage): string {
  const flags = ['qr', ...(['aa', 'tc', 'rd', 'ra', 'ad'] as const).filter((flag) => message.flags[flag])]
  const additional = message.additional.length + (message.edns === undefined ? 0 : 1)
  const counts = `QUERY: 1, ANSWER: ${message.answer.length}, AUTHORITY: ${message.authority.length}, ADDITIONAL: ${additional}`
  return [
    ';; Got answer:\n',
    isMulticastName(message.question.name) ? mdnsWarning : '',
    `;; ->>HEADER<<- opcode: QUERY, status: ${message.rcode}, id: ${message.id}\n`,
    `;; flags: ${flags.join(' ')}; ${counts}\n`,
    message.flags.rd && !message.flags.ra ? ';; WARNING: recursion requested but not available\n' : '',
    '\n',
  ].join('')
}

const mdnsWarning =
  ';; WARNING: .local is reserved for Multicast DNS\n' +
  ';; You are currently testing what happens when an mDNS query is leaked to DNS\n'

/** RFC 6762 §3. */
function isMulticastName(name: string): boolean {
  return name.toLowerCase().endsWith('.local.')
}

/** The cookie comes back as it went: the server does not know the option. */
function pseudoSection(message: DnsMessage): string {
  if (message.edns === undefined) return ''
  const { udpSize, cookie } = message.edns
  const echoed = cookie === undefined ? '' : `; COOKIE: ${cookie} (echoed)\n`
  return `;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: ${udpSize}\n${echoed}`
}

function section(title: string, records: readonly ResourceRecord[], isTitled: boolean): string {
  return titled(title, records.map((record) => `${printRecord(record)}\n`).join(''), isTitled)
}

function titled(title: string, lines: string, isTitled: boolean): string {
  if (lines === '') return ''
  return isTitled ? `;; ${title} SECTION:\n${lines}\n` : lines
}

/** The closing lines. */
export function printStatistics(reply: ReplyWay): string {
  const { server, transport } = reply
  return [
    `;; Query time: ${Math.round(reply.queryMs)} msec\n`,
    `;; SERVER: ${server}#53(${server}) (${transport})\n`,
    `;; WHEN: ${printCtime(reply.receivedAtMs, 'UTC')}\n`,
    `;; MSG SIZE  rcvd: ${reply.bytes}\n`,
    '\n',
  ].join('')
}
