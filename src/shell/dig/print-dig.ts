/** What dig prints of a lookup: errors, banner, replies (BIND 9.18, bin/dig/dighost.c, recv_done and next_origin). */
import type { Millis } from '../../sim/clock.ts'
import type { AskedServer, NameTalk } from '../../sim/dns/name-question.ts'
import { sentBytes } from '../../sim/dns/wire-size.ts'
import {
  communicationError,
  hasEnoughDots,
  hasOrigin,
  illegalName,
  isUnreachable,
  fateOf,
  type Printed,
} from '../lookups/printed.ts'
import type { DigOptions } from './dig-options.ts'
import { printBanner, printReply, printStatistics } from './print-reply.ts'

/** A call of dig. */
export interface DigCall {
  readonly args: readonly string[]
  readonly options: DigOptions
  readonly version: string
  /** Of the machine's clock, when the last reply came. */
  readonly endedAtMs: Millis
}

/** Exit code 0 for every reply, 9 without one, 10 for a name that cannot be asked, 1 where it begins at the search list. */
export function printDig(call: DigCall, talk: NameTalk): Printed {
  const { options } = call
  const illegal = illegalName('dig', options.name, talk)
  if (illegal !== undefined)
    return { stdout: '', stderr: illegal, exitCode: hasOrigin(options.name, talk) ? 1 : 10 }
  const texts = talk.asked.map((asked, index) => printAsked(call, talk, asked, index))
  const first = texts.findIndex(({ isReply }) => isReply)
  const banner = options.sections.cmd && !options.short ? printBanner(call.args, call.version, options) : ''
  // Every name of `+showsearch` is a lookup of its own.
  const body = texts
    .map(({ text, isReply }, index) => {
      const isHeaded = options.showSearch ? isReply : index === first
      return (isHeaded ? banner : '') + text
    })
    .join('')
  if (!isUnreachable(talk)) return { stdout: body, stderr: '', exitCode: 0 }
  const ending = options.short ? '' : ';; no servers could be reached\n'
  return { stdout: `${body}${first < 0 ? banner : ''}${ending}`, stderr: '', exitCode: 9 }
}

interface AskedText {
  readonly text: string
  readonly isReply: boolean
}

function printAsked(call: DigCall, talk: NameTalk, asked: AskedServer, index: number): AskedText {
  const { reply } = asked
  const { options } = call
  if (reply.kind !== 'reply') return { text: communicationError(asked) ?? '', isReply: false }
  const use = fateOf(talk, index)
  if (use === 'retry-over-tcp') {
    const isTold = options.sections.comments && !options.short
    return { text: isTold ? ';; Truncated, retrying in TCP mode.\n' : '', isReply: false }
  }
  if (use === 'next-name' && !options.showSearch) return { text: '', isReply: false }
  const { message, afterMs } = reply
  const statistics = printStatistics({
    server: asked.server,
    transport: asked.transport,
    queryMs: afterMs,
    receivedAtMs: call.endedAtMs,
    bytes: sentBytes(message, asked.transport),
  })
  const times = options.sections.stats && !options.short ? timesOf(call, talk, asked) : 0
  return { text: printReply(message, options) + statistics.repeat(times), isReply: true }
}

/**
 * How often the four closing lines stand under a reply. While the search list is in use they belong to NOERROR and to the NXDOMAIN that
 * ends the list, so other errors have none; a name that `+search` takes as it is, for its dots, gets them twice for NXDOMAIN.
 */
function timesOf({ options }: DigCall, talk: NameTalk, asked: AskedServer): number {
  const rcode = asked.reply.kind === 'reply' ? asked.reply.message.rcode : 'NOERROR'
  const isLastOfList = talk.resolution.ladder.length > 1 && talk.resolution.ladder[asked.rung]?.suffix === ''
  const isSearching = options.search && hasOrigin(options.name, talk)
  const hasDomain = isSearching && !isLastOfList
  if (rcode === 'NXDOMAIN') return options.search && hasEnoughDots(options.name, talk) ? 2 : 1
  return rcode === 'NOERROR' || !hasDomain ? 1 : 0
}
