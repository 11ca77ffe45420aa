/** One lookup in progress: the clock, the ladder as far as it is decided, and the act of asking. Mutable inside one call of `resolve` only. */
import type { Draw } from '../draw.ts'
import { drawBelow, drawText } from '../draw.ts'
import type { IpAddress } from '../network/address.ts'
import type { ResolverFlavour } from './flavour.ts'
import { isWaiting } from './ladder.ts'
import type { Rung, Setback } from './ladder.ts'
import { makeQuery } from './message.ts'
import type { DnsMessage, RecordType } from './message.ts'
import type { ToldSending } from './name-question.ts'
import type { ResolvConf } from './resolv-conf.ts'
import type { Outcome, Resolution, Resolving, ServerReply } from './resolver-step.ts'

export interface Lookup {
  readonly name: string
  readonly flavour: ResolverFlavour
  /** As this flavour reads the file. */
  readonly conf: ResolvConf
  readonly types: readonly RecordType[]
  readonly draw: Draw
  /** What the command line says of the sending. */
  readonly told: ToldSending
  /** musl before 1.2.4. */
  readonly usesTruncated: boolean
  ladder: readonly Rung[]
  nowMs: number
}

/** The rungs whose turn will come, in order. */
export function waitingRungs(lookup: Lookup): readonly { readonly index: number; readonly rung: Rung }[] {
  return lookup.ladder.map((rung, index) => ({ index, rung })).filter(({ rung }) => isWaiting(rung))
}

/** Notes what became of a rung. */
export function settle(
  lookup: Lookup,
  index: number,
  verdict: Rung['verdict'],
  reason: Rung['reason'],
): void {
  lookup.ladder = lookup.ladder.map((rung, at) => (at === index ? { ...rung, verdict, reason } : rung))
}

/** Ends the lookup. Rungs that still waited lost their turn to the rung `index`: to its answer, or to what it got (`by`). */
export function finish(
  lookup: Lookup,
  outcome: Outcome,
  ended?: { readonly rung: number; readonly by?: Setback },
): Resolution {
  const { rung, by } = ended ?? { rung: -1 }
  const reason: Rung['reason'] =
    by === undefined ? { kind: 'list-ended', rung } : { kind: 'list-stopped', by, rung }
  const ladder = lookup.ladder.map((each) => (isWaiting(each) && rung >= 0 ? { ...each, reason } : each))
  return { outcome, ladder, conf: lookup.conf, tookMs: lookup.nowMs }
}

/** A send and what it waits for. `types` of the rung's name, or of the `name` to which its CNAMEs led, to one server. */
export interface Sending {
  readonly rung: number
  readonly name?: string
  readonly types: readonly RecordType[]
  readonly server: IpAddress
  readonly waitMs: number
  readonly socket: 'new' | 'same'
  readonly transport?: 'UDP' | 'TCP'
  readonly withPrevious?: boolean
}

/** Sends and takes the replies, one a type. A reply later than the wait is silence. Does not move the clock: see {@link elapsed}. */
export function* ask(lookup: Lookup, sending: Sending): Resolving<readonly ServerReply[]> {
  const name = sending.name ?? lookup.ladder[sending.rung]?.name ?? '.'
  const replies = yield {
    kind: 'ask',
    rung: sending.rung,
    server: sending.server,
    transport: sending.transport ?? 'UDP',
    queries: sending.types.map((type) => query(lookup, name, type)),
    atMs: lookup.nowMs,
    waitMs: sending.waitMs,
    socket: sending.socket,
    withPrevious: sending.withPrevious ?? false,
  }
  return sending.types.map((_, index) => {
    const reply = replies[index] ?? { kind: 'silence' }
    return reply.kind !== 'silence' && reply.afterMs > sending.waitMs ? { kind: 'silence' } : reply
  })
}

/** How long the replies took, the wait itself where one stayed out. */
export function elapsed(replies: readonly ServerReply[], waitMs: number): number {
  return Math.max(0, ...replies.map((reply) => (reply.kind === 'silence' ? waitMs : reply.afterMs)))
}

/** What a reply means for the search. */
export function setbackOf(message: DnsMessage): Setback | 'answered' {
  switch (message.rcode) {
    case 'NOERROR':
      return message.answer.length > 0 ? 'answered' : 'no-data'
    case 'NXDOMAIN':
      return 'nxdomain'
    case 'SERVFAIL':
      return 'servfail'
    case 'REFUSED':
      return 'refused'
    case 'FORMERR':
    case 'NOTIMP':
      return 'other-error'
  }
}

function query(lookup: Lookup, name: string, type: RecordType): DnsMessage {
  const id = drawBelow(lookup.draw, 65536)
  const has = (option: string) => lookup.conf.options.includes(option)
  const { recurse } = lookup.told
  const recursion = recurse === undefined ? {} : { rd: recurse }
  switch (lookup.flavour) {
    case 'dig':
    case 'dig-search': {
      const cookie = drawText(lookup.draw, '0123456789abcdef', 16)
      const { ad = true, edns = true, cookie: hasCookie = true, udpSize = 1232 } = lookup.told
      return makeQuery({ name, type }, id, {
        ad,
        ...recursion,
        ...(edns ? { edns: { udpSize, ...(hasCookie ? { cookie } : {}) } } : {}),
      })
    }
    case 'busybox-nslookup':
      // Built on musl, whose res_mkquery sets AD; the one of glibc does not.
      return makeQuery({ name, type }, id, { ad: true })
    case 'glibc':
      return makeQuery({ name, type }, id, {
        ad: has('trust-ad'),
        ...(has('edns0') ? { edns: { udpSize: 1200 } } : {}),
      })
    case 'musl':
    case 'host':
    case 'nslookup':
      return makeQuery({ name, type }, id, recursion)
  }
}
