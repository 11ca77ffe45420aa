/** What BusyBox nslookup prints of a lookup (BusyBox 1.37 networking/nslookup.c, send_queries and parse_reply). */
import type { DnsMessage, ResourceRecord } from '../../sim/dns/message.ts'
import type { AskedServer, NameTalk } from '../../sim/dns/name-question.ts'
import { bareName, type Printed } from './printed.ts'

/**
 * Every reply in the order in which it came. Exit code 1 where any was an error, or none came at all.
 * @param typed the name, or an address
 */
export function printBusyboxNslookup(typed: string, talk: NameTalk): Printed {
  const { outcome, conf } = talk.resolution
  if (outcome.kind !== 'reply') {
    // A name that cannot be encoded has a length of -1, which no datagram has.
    const isIllegal = outcome.kind === 'failed' && outcome.error === 'illegal'
    const tooLong = (conf?.nameservers ?? []).map((server) => writeError(server, 'Message too long'))
    return {
      stdout: ';; connection timed out; no servers could be reached\n\n',
      stderr: isIllegal ? tooLong.join('') : refusals(talk),
      exitCode: 1,
    }
  }
  const replies = [outcome.message, ...outcome.others]
  const answered = talk.asked.find(({ reply }) => reply.kind === 'reply')
  const heading = `Server:\t\t${answered?.server}\nAddress:\t${answered?.server}:53\n\n`
  const open = unanswered(talk, answered?.server)
  const isGood = replies.every(({ rcode }) => rcode === 'NOERROR')
  const texts = [
    ...replies.map((message) => printReply(message, shownName(talk, typed, message.question.name))),
    ...open.map((name) => `*** Can't find ${shownName(talk, typed, name)}: No answer\n\n`),
  ]
  return { stdout: heading + texts.join(''), stderr: refusals(talk), exitCode: isGood ? 0 : 1 }
}

/** Each server whose port is closed, before the next is asked. */
function refusals({ asked }: NameTalk): string {
  const servers = asked.flatMap(({ server, reply }) => (reply.kind === 'port-unreachable' ? [server] : []))
  return [...new Set(servers)].map((server) => writeError(server, 'Connection refused')).join('')
}

function writeError(server: string, why: string): string {
  return `nslookup: write to '${server}': ${why}\n`
}

/** The names of the questions to the server that answered others and not these. */
function unanswered({ asked }: NameTalk, server: string | undefined): readonly string[] {
  const key = ({ query: { question } }: AskedServer) => `${question.name} ${question.type}`
  const own = asked.filter((each) => each.server === server)
  const answered = new Set(own.filter(({ reply }) => reply.kind === 'reply').map(key))
  const open = new Map(own.filter((each) => !answered.has(key(each))).map((each) => [key(each), each]))
  return [...open.values()].map(({ query }) => query.question.name)
}

/** The name as it was put together: a final dot stays where it was typed, or written behind the search domain. */
function shownName({ resolution }: NameTalk, typed: string, name: string): string {
  const suffix = resolution.ladder.find((rung) => rung.name === name)?.suffix
  return (suffix === '' ? typed : suffix)?.endsWith('.') === true ? name : bareName(name)
}

function printReply(message: DnsMessage, shown: string): string {
  if (message.rcode !== 'NOERROR') return `** server can't find ${shown}: ${message.rcode}\n\n`
  const unsure = message.flags.aa ? '' : 'Non-authoritative answer:\n'
  return `${unsure}${message.answer.map(printRecord).join('')}\n`
}

function printRecord({ name, type, data }: ResourceRecord): string {
  const owner = bareName(name)
  switch (type) {
    case 'A':
    case 'AAAA':
      return `Name:\t${owner}\nAddress: ${data}\n`
    case 'NS':
      return `${owner}\tnameserver = ${bareName(data)}\n`
    case 'CNAME':
      return `${owner}\tcanonical name = ${bareName(data)}\n`
    case 'PTR':
      return `${owner}\tname = ${bareName(data)}\n`
    case 'MX':
      return `${owner}\tmail exchanger = ${bareName(data)}\n`
    case 'TXT':
      return `${owner}\ttext = ${data}\n`
    case 'SRV':
      return `${owner}\tservice = ${bareName(data)}\n`
    case 'SOA':
      return printSoa(owner, data)
    case 'HINFO':
    case 'AXFR':
      return ''
  }
}

function printSoa(owner: string, data: string): string {
  const [origin = '', mail = '', ...numbers] = data.split(' ')
  const names = ['serial', 'refresh', 'retry', 'expire', 'minimum']
  return [
    owner,
    `\torigin = ${bareName(origin)}`,
    `\tmail addr = ${bareName(mail)}`,
    ...names.map((name, index) => `\t${name} = ${numbers[index]}`),
  ]
    .map((line) => `${line}\n`)
    .join('')
}
