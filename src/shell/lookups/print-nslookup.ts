/** What nslookup of BIND prints of a lookup (BIND 9.18, bin/dig/nslookup.c, printmessage; dighost.c, recv_done). */
import type { DnsMessage, RecordType, ResourceRecord } from '../../sim/dns/message.ts'
import type { AskedServer, NameQuestion, NameTalk } from '../../sim/dns/name-question.ts'
import { bareName, failedSend, hasOrigin, illegalName, fateOf, type Printed } from './printed.ts'

/** Exit code 1 where a reply was an error or none came. */
export function printNslookup(question: NameQuestion, talk: NameTalk): Printed {
  const illegal = illegalName('nslookup', question.name, talk)
  if (illegal !== undefined)
    return { stdout: '', stderr: illegal, exitCode: hasOrigin(question.name, talk) ? 1 : 10 }
  const body = talk.asked.map((asked, index) => printAsked(question, talk, asked, index)).join('')
  const isFailed = talk.asked.some(
    ({ reply }, index) =>
      reply.kind === 'reply' && reply.message.rcode !== 'NOERROR' && fateOf(talk, index) === 'print',
  )
  const isAnswered = talk.asked.some(
    ({ reply }, index) => reply.kind === 'reply' && fateOf(talk, index) === 'print',
  )
  return { stdout: `${body}\n`, stderr: '', exitCode: isFailed || !isAnswered ? 1 : 0 }
}

function printAsked(question: NameQuestion, talk: NameTalk, asked: AskedServer, index: number): string {
  const { reply, server } = asked
  if (reply.kind !== 'reply') return failedSend(talk, index)
  const { message } = reply
  const complaint = complaintOf(question, message, server)
  switch (fateOf(talk, index)) {
    case 'retry-over-tcp':
      return ';; Truncated, retrying in TCP mode.\n'
    case 'next-server':
      return complaint.replace(/\n$/, ', trying next server\n')
    case 'next-name':
      return complaint
    case 'print':
      return complaint + printMessage(question, talk, message, server)
  }
}

/** A server of resolv.conf is expected to recurse: that it does not makes nslookup look for another. */
function complaintOf(question: NameQuestion, message: DnsMessage, server: string): string {
  if (question.server !== undefined) return ''
  if (message.rcode === 'SERVFAIL') return `;; Got SERVFAIL reply from ${server}\n`
  return message.flags.ra || !message.flags.rd ? '' : `;; Got recursion not available from ${server}\n`
}

function printMessage(question: NameQuestion, talk: NameTalk, message: DnsMessage, server: string): string {
  const { type, name } = message.question
  const byDefault = question.types === undefined
  const isFirst = !byDefault || type === 'A'
  const heading = isFirst ? `Server:\t\t${question.server ?? server}\nAddress:\t${server}#53\n\n` : ''
  if (message.rcode !== 'NOERROR')
    return `${heading}** server can't find ${bareName(name)}: ${message.rcode}\n`
  const unsure = !message.flags.aa && isFirst ? 'Non-authoritative answer:\n' : ''
  return heading + unsure + answerText(question, talk, message) + authorityText(message)
}

/** Of addresses it is said behind AAAA that there are none, where there were none behind A; the name is then as it was found. */
function answerText(question: NameQuestion, talk: NameTalk, message: DnsMessage): string {
  if (message.answer.length > 0) return message.answer.map(printAnswer).join('')
  if (question.types !== undefined) return `*** Can't find ${question.name}: No answer\n`
  const { type, name } = message.question
  const hasAddress = talk.asked.some(
    ({ reply }, index) =>
      reply.kind === 'reply' && reply.message.answer.length > 0 && fateOf(talk, index) === 'print',
  )
  return type === 'A' || hasAddress ? '' : `*** Can't find ${bareName(name)}: No answer\n`
}

/** A reply that is not the authority's own, to a question that is not for addresses, names who is. */
function authorityText({ flags, question, authority, additional }: DnsMessage): string {
  if (flags.aa || question.type === 'A' || question.type === 'AAAA') return ''
  const records = [...authority, ...additional].map(printDetail).join('')
  return `\nAuthoritative answers can be found from:\n${records}`
}

function printAnswer(record: ResourceRecord): string {
  if (record.type === 'A' || record.type === 'AAAA')
    return `Name:\t${bareName(record.name)}\nAddress: ${record.data}\n`
  return printDetail(record)
}

function printDetail(record: ResourceRecord): string {
  const name = bareName(record.name)
  if (record.type !== 'SOA') return `${name}\t${wording[record.type]}${record.data}\n`
  const [origin = '', mail = '', serial, refresh, retry, expire, minimum] = record.data.split(' ')
  return [
    name,
    `\torigin = ${bareName(origin)}`,
    `\tmail addr = ${bareName(mail)}`,
    `\tserial = ${serial}`,
    `\trefresh = ${refresh}`,
    `\tretry = ${retry}`,
    `\texpire = ${expire}`,
    `\tminimum = ${minimum}`,
  ]
    .map((line) => `${line}\n`)
    .join('')
}

const wording: Readonly<Record<RecordType, string>> = {
  A: 'internet address = ',
  AAAA: 'has AAAA address ',
  CNAME: 'canonical name = ',
  NS: 'nameserver = ',
  SOA: '',
  PTR: 'name = ',
  MX: 'mail exchanger = ',
  TXT: 'text = ',
  SRV: 'service = ',
  HINFO: 'hinfo = ',
  AXFR: 'rdata_252 = ',
}
