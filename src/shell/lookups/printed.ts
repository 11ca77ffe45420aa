/** What the programs that look names up have in common: what they print goes by what they asked and got. */
import type { Rcode } from '../../sim/dns/message.ts'
import type { AskedServer, NameTalk } from '../../sim/dns/name-question.ts'

/** The whole output of a lookup. */
export interface Printed {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/** Rcodes by number (RFC 1035 §4.1.1). */
export const rcodeNumbers: Readonly<Record<Rcode, number>> = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
}

/** A name as BIND's host and nslookup, BusyBox and getent show it: without its final dot, the root as `.`. */
export function bareName(name: string): string {
  return name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name
}

/** The line of BIND's programs for a question that brought nothing (bin/dig/dighost.c); undefined for one that was answered. */
export function communicationError({ server, reply }: AskedServer): string | undefined {
  if (reply.kind === 'reply') return undefined
  const why = reply.kind === 'silence' ? 'timed out' : 'connection refused'
  return `;; communications error to ${server}#53: ${why}\n`
}

/** What BIND's programs do with a reply. */
export type ReplyFate = 'print' | 'retry-over-tcp' | 'next-name'

/** A truncated reply is asked again over TCP; NXDOMAIN is printed for the last name alone. */
export function fateOf(talk: NameTalk, index: number): ReplyFate {
  const asked = talk.asked[index]
  if (asked?.reply.kind !== 'reply') return 'print'
  if (asked.reply.message.flags.tc && asked.transport === 'UDP') return 'retry-over-tcp'
  const next = talk.asked[index + 1]
  const goesOn = next !== undefined && next.rung !== asked.rung
  return goesOn && asked.reply.message.rcode === 'NXDOMAIN' ? 'next-name' : 'print'
}

/** Whether the last question found no server that answers. */
export function isUnreachable(talk: NameTalk): boolean {
  const last = talk.asked.at(-1)
  return last !== undefined && last.reply.kind !== 'reply'
}

/** What BIND's programs say of a name that cannot be encoded, on standard error; undefined for any other end. */
export function illegalName(program: string, name: string, talk: NameTalk): string | undefined {
  const { outcome } = talk.resolution
  if (outcome.kind !== 'failed' || outcome.error !== 'illegal') return undefined
  return `${program}: '${name}' is not a legal name (${flaws[outcome.flaw ?? 'empty-label']})\n`
}

const flaws = {
  'empty-name': 'unexpected end of input',
  'empty-label': 'empty label',
  'label-too-long': 'label too long',
  'name-too-long': 'ran out of space',
  'not-ascii': 'bad escape',
} as const
