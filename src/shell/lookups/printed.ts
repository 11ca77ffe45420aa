/** What the programs that look names up have in common: what they print goes by what they asked and got. */
import { dotsIn } from '../../sim/dns/domain-name.ts'
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
export type ReplyFate = 'print' | 'retry-over-tcp' | 'next-server' | 'next-name'

/** A truncated reply is asked again over TCP; one that another server's follows is not printed; NXDOMAIN is printed for the last name alone. */
export function fateOf(talk: NameTalk, index: number): ReplyFate {
  const asked = talk.asked[index]
  if (asked?.reply.kind !== 'reply') return 'print'
  if (asked.reply.message.flags.tc && asked.transport === 'UDP') return 'retry-over-tcp'
  const next = talk.asked[index + 1]
  if (isSameQuestion(asked, next)) return 'next-server'
  const goesOn = next !== undefined && next.rung !== asked.rung
  return goesOn && asked.reply.message.rcode === 'NXDOMAIN' ? 'next-name' : 'print'
}

/** What host and nslookup say of a send that brought nothing; behind the last one of a question also that no server is left. */
export function failedSend(talk: NameTalk, index: number): string {
  const asked = talk.asked[index]
  if (asked === undefined) return ''
  const ending = isSameQuestion(asked, talk.asked[index + 1]) ? '' : ';; no servers could be reached\n'
  return `${communicationError(asked) ?? ''}${ending}`
}

function isSameQuestion(asked: AskedServer, next: AskedServer | undefined): boolean {
  return next?.rung === asked.rung && next.query.question.type === asked.query.question.type
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
  const what = hasOrigin(name, talk) ? 'in legal name syntax' : 'a legal name'
  return `${program}: '${name}' is not ${what} (${flaws[outcome.flaw ?? 'empty-label']})\n`
}

/** Whether BIND's programs begin at the search list, if they search (bin/dig/dighost.c, setup_lookup). */
export function hasOrigin(name: string, talk: NameTalk): boolean {
  const { conf, ladder } = talk.resolution
  const isSearching = !ladder.some(({ reason }) => reason.kind === 'no-search')
  return isSearching && (conf?.searches.length ?? 0) > 0 && !hasEnoughDots(name, talk)
}

/** Whether BIND's programs take the name as it is: a final dot counts as a dot there. */
export function hasEnoughDots(name: string, { resolution: { conf } }: NameTalk): boolean {
  return conf !== undefined && dotsIn(name) >= conf.ndots
}

const flaws = {
  'empty-name': 'unexpected end of input',
  'empty-label': 'empty label',
  'label-too-long': 'label too long',
  'name-too-long': 'ran out of space',
  'not-ascii': 'bad escape',
} as const
