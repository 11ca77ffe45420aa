/** What host prints of a lookup (BIND 9.18, bin/dig/host.c, printmessage). */
import type { DnsMessage, RecordType, ResourceRecord } from '../../sim/dns/message.ts'
import type { AskedServer, NameQuestion, NameTalk } from '../../sim/dns/name-question.ts'
import { parseIp } from '../../sim/network/address.ts'
import {
  bareName,
  failedSend,
  illegalName,
  isUnreachable,
  rcodeNumbers,
  fateOf,
  type Printed,
} from './printed.ts'

/** Exit code 1 where a reply was an error or none came; a name without records of the type is no error. */
export function printHost(question: NameQuestion, talk: NameTalk): Printed {
  const texts = talk.asked.map((asked, index) => printAsked(question, talk, asked, index))
  const illegal = illegalName('host', question.name, talk)
  if (illegal !== undefined) return { stdout: '', stderr: illegal, exitCode: 1 }
  const answered = talk.asked.some(({ reply }) => reply.kind === 'reply')
  const isFailed = talk.asked.some(
    ({ reply }, index) =>
      reply.kind === 'reply' && reply.message.rcode !== 'NOERROR' && fateOf(talk, index) === 'print',
  )
  const server = talk.asked.find(({ reply }) => reply.kind === 'reply')?.server
  const heading =
    question.server === undefined || server === undefined
      ? ''
      : `Using domain server:\nName: ${question.server}\nAddress: ${server}#53\nAliases: \n\n`
  const exitCode = isFailed || !answered || isUnreachable(talk) ? 1 : 0
  return { stdout: withHeading(texts, heading), stderr: '', exitCode }
}

/** The heading stands before the first reply, behind the errors before it. */
function withHeading(texts: readonly AskedText[], heading: string): string {
  const first = texts.findIndex(({ isReply }) => isReply)
  return texts.map(({ text }, index) => (index === first ? heading : '') + text).join('')
}

interface AskedText {
  readonly text: string
  readonly isReply: boolean
}

function printAsked(question: NameQuestion, talk: NameTalk, asked: AskedServer, index: number): AskedText {
  const { reply } = asked
  if (reply.kind !== 'reply') return { text: failedSend(talk, index), isReply: false }
  if (fateOf(talk, index) !== 'print') return { text: '', isReply: false }
  return { text: printMessage(question, talk, reply.message), isReply: true }
}

function printMessage(question: NameQuestion, talk: NameTalk, message: DnsMessage): string {
  const { rcode, answer } = message
  const { name, type } = message.question
  if (rcode !== 'NOERROR') {
    // Of the first question the name is shown as typed, that of an address with its final dot; of those that follow as it was found.
    const isFirst = type === talk.asked[0]?.query.question.type
    const typed = parseIp(question.name) === undefined ? question.name : name
    const shown = rcode === 'NXDOMAIN' && isFirst ? typed : bareName(name)
    return `Host ${shown} not found: ${rcodeNumbers[rcode]}(${rcode})\n`
  }
  if (answer.length === 0)
    return question.types === undefined && type !== 'PTR' ? '' : `${bareName(name)} has no ${type} record\n`
  return answer.map(printRecord).join('')
}

function printRecord({ name, type, data }: ResourceRecord): string {
  return `${bareName(name)} ${wording[type]} ${data}\n`
}

const wording: Readonly<Record<RecordType, string>> = {
  A: 'has address',
  AAAA: 'has IPv6 address',
  CNAME: 'is an alias for',
  NS: 'name server',
  SOA: 'has SOA record',
  PTR: 'domain name pointer',
  MX: 'mail is handled by',
  TXT: 'descriptive text',
  SRV: 'has SRV record',
  HINFO: 'host information',
  AXFR: 'has AXFR record',
}
