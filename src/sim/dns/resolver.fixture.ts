/** For tests: a name server as lines, and what a resolver sent it as lines. */
import { openStream } from '../draw.ts'
import { makeReply } from './message.ts'
import type { DnsMessage, Rcode, RecordType } from './message.ts'
import { resolve } from './resolver.ts'
import type { Resolution, ServerReply } from './resolver-step.ts'

/**
 * Answers by lines `NAME TYPE ANSWER`, the first that fits; NAME or TYPE may be `*`. ANSWER is data of a record, `NODATA`, an rcode,
 * `silence` or `unreachable`. A question that no line fits gets NXDOMAIN.
 */
export function serverFrom(text: string): (query: DnsMessage) => ServerReply {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim().split(/\s+/)]))
  return (query) => {
    const { name, type } = query.question
    const line = lines.find(([n, t]) => (n === '*' || n === name) && (t === '*' || t === type))
    const answer = line?.slice(2).join(' ') ?? 'NXDOMAIN'
    if (answer === 'silence') return { kind: 'silence' }
    if (answer === 'unreachable') return { kind: 'port-unreachable', afterMs: 0 }
    return { kind: 'reply', message: replyOf(query, answer), afterMs: 1 }
  }
}

function replyOf(query: DnsMessage, answer: string): DnsMessage {
  const { name, type } = query.question
  const rcodes: readonly Rcode[] = ['NXDOMAIN', 'SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP']
  const rcode = rcodes.find((each) => each === answer)
  if (rcode !== undefined) return makeReply(query, { rcode, aa: true })
  const records = answer === 'NODATA' ? [] : [{ name, ttlSeconds: 30, type, data: answer }]
  return makeReply(query, { rcode: 'NOERROR', aa: true, answer: records })
}

/** Runs a lookup against a server. `sent` has a line a send: `NAME A+AAAA`, with `@SECONDS` where it came after a wait. */
export function runLookup(
  input: Omit<Parameters<typeof resolve>[0], 'draw'> & { readonly types?: readonly RecordType[] },
  server: (query: DnsMessage) => ServerReply,
): { readonly sent: readonly string[]; readonly resolution: Resolution } {
  const resolving = resolve({ ...input, draw: openStream(1, 'test') })
  const sent: string[] = []
  let next = resolving.next([])
  while (next.done !== true) {
    const { queries, atMs, transport } = next.value
    const types = queries.map((query) => query.question.type).join('+')
    const seconds = Math.floor(atMs / 100) / 10
    const wait = seconds === 0 ? '' : ` @${seconds}`
    sent.push(`${queries[0]?.question.name} ${types}${transport === 'TCP' ? ' TCP' : ''}${wait}`)
    next = resolving.next(queries.map(server))
  }
  return { sent, resolution: next.value }
}
