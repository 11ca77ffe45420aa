/** A reply made to fit its transport (CoreDNS request/request.go, Scrub; miekg/dns Msg.Truncate). */
import type { DnsMessage, ResourceRecord } from './message.ts'
import { messageBytes } from './wire-size.ts'

/**
 * The reply as it is sent over UDP to an asker that takes `limit` octets: compressed if it does not fit as it is, then without its last
 * records (additional first, then authority, then answer) and with TC set. `compressed`: names are written with pointers.
 */
export function fitReply(
  reply: DnsMessage,
  limit: number,
): { readonly reply: DnsMessage; readonly compressed: boolean } {
  if (messageBytes(reply, false) <= limit) return { reply, compressed: false }
  let sections: Sections | undefined = reply
  while (sections !== undefined && messageBytes({ ...reply, ...sections }, true) > limit)
    sections = withoutLast(sections)
  if (sections === reply) return { reply, compressed: true }
  const { answer, authority, additional } = sections ?? { answer: [], authority: [], additional: [] }
  const flags = { ...reply.flags, tc: true }
  return { reply: { ...reply, flags, answer, authority, additional }, compressed: true }
}

type Sections = Pick<DnsMessage, 'answer' | 'authority' | 'additional'>

function withoutLast({ answer, authority, additional }: Sections): Sections | undefined {
  const shorter = (records: readonly ResourceRecord[]) => records.slice(0, -1)
  if (additional.length > 0) return { answer, authority, additional: shorter(additional) }
  if (authority.length > 0) return { answer, authority: shorter(authority), additional }
  return answer.length > 0 ? { answer: shorter(answer), authority, additional } : undefined
}
