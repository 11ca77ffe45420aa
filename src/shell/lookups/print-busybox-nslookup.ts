/** What BusyBox nslookup prints of a lookup (BusyBox 1.37 networking/nslookup.c, send_queries and parse_reply). */
import type { DnsMessage, ResourceRecord } from '../../sim/dns/message.ts'
import type { NameTalk } from '../../sim/dns/name-question.ts'
import { bareName, type Printed } from './printed.ts'

/**
 * Every reply in the order in which it came. Exit code 1 where any was an error, or none came.
 * @param server the first that it would ask
 */
export function printBusyboxNslookup(talk: NameTalk, server: string): Printed {
  const { outcome } = talk.resolution
  if (outcome.kind !== 'reply') {
    const isRefused = talk.asked.some(({ reply }) => reply.kind === 'port-unreachable')
    // A name that cannot be encoded has a length of -1, which no datagram has.
    const isIllegal = outcome.kind === 'failed' && outcome.error === 'illegal'
    const why = isIllegal ? 'Message too long' : isRefused ? 'Connection refused' : undefined
    return {
      stdout: ';; connection timed out; no servers could be reached\n\n',
      stderr: why === undefined ? '' : `nslookup: write to '${server}': ${why}\n`,
      exitCode: 1,
    }
  }
  const replies = [outcome.message, ...outcome.others]
  const answered = talk.asked.find(({ reply }) => reply.kind === 'reply')
  const heading = `Server:\t\t${answered?.server}\nAddress:\t${answered?.server}:53\n\n`
  const isComplete = talk.asked.every(({ reply }) => reply.kind === 'reply')
  const isGood = isComplete && replies.every(({ rcode }) => rcode === 'NOERROR')
  return { stdout: heading + replies.map(printReply).join(''), stderr: '', exitCode: isGood ? 0 : 1 }
}

function printReply(message: DnsMessage): string {
  if (message.rcode !== 'NOERROR')
    return `** server can't find ${bareName(message.question.name)}: ${message.rcode}\n\n`
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
