/** The cache plugin (CoreDNS 1.14.7 plugin/cache/cache.go, item.go). Nothing is evicted or prefetched; the memory is its owner's. */
import type { Millis } from '../clock.ts'
import type { CacheEntry } from './dns-answer.ts'
import { isInZone } from './domain-name.ts'
import type { DnsMessage, Question, ResourceRecord } from './message.ts'
import type { CacheConfig } from './plugin-config.ts'

/** No reply is kept for less, whatever its records say. */
const leastSeconds = 5

/** The entry of a question: its name in lower case and its type. A and AAAA are apart. */
export function cacheKey(question: Question): string {
  return `${question.name.toLowerCase()} ${question.type}`
}

/** The reply from the cache, its TTLs counted down: always aa, ra as it was. Undefined: nothing kept, or no longer. */
export function recall(
  entry: CacheEntry | undefined,
  now: Millis,
): { readonly message: DnsMessage; readonly ageSeconds: number } | undefined {
  if (entry === undefined) return undefined
  const ageSeconds = Math.floor((now - entry.storedAtMs) / 1000)
  if (ageSeconds >= entry.seconds) return undefined
  const message = withTtl(entry.message, entry.seconds - ageSeconds)
  return { message: { ...message, flags: { ...message.flags, aa: true } }, ageSeconds }
}

/** The reply as it leaves while it fills the cache: every record with the cut TTL already. Without `entry` it is not kept, and as it was. */
export function keep(
  config: CacheConfig,
  reply: DnsMessage,
  now: Millis,
  fromUpstream: boolean,
): { readonly reply: DnsMessage; readonly entry?: CacheEntry } {
  const seconds = secondsFor(config, reply, fromUpstream)
  if (seconds === undefined) return { reply }
  const cut = withTtl(reply, seconds)
  return { reply: cut, entry: { message: cut, storedAtMs: now, seconds } }
}

/** How long a reply is kept; undefined: not at all. A denial needs an SOA; a SERVFAIL counts only if an upstream sent it. */
function secondsFor(config: CacheConfig, reply: DnsMessage, fromUpstream: boolean): number | undefined {
  const { name } = reply.question
  const isOff = (zones: readonly string[]) => zones.some((zone) => isInZone(name, zone))
  if (reply.flags.tc) return undefined
  const least = leastTtl(reply)
  const within = (highest: number) => Math.max(leastSeconds, Math.min(least, highest))
  const hasSoa = reply.authority.some((record) => record.type === 'SOA')
  if (reply.rcode === 'NOERROR' && reply.answer.length > 0)
    return isOff(config.disabledSuccess) ? undefined : within(config.successSeconds)
  if (reply.rcode === 'NOERROR' || reply.rcode === 'NXDOMAIN')
    return !hasSoa || isOff(config.disabledDenial) ? undefined : within(config.denialSeconds)
  return reply.rcode === 'SERVFAIL' && fromUpstream && !isOff(config.disabledDenial)
    ? leastSeconds
    : undefined
}

function leastTtl(reply: DnsMessage): number {
  const records = [...reply.answer, ...reply.authority, ...reply.additional]
  return records.reduce((least, record) => Math.min(least, record.ttlSeconds), 3600)
}

function withTtl(message: DnsMessage, ttlSeconds: number): DnsMessage {
  const cut = (records: readonly ResourceRecord[]) => records.map((record) => ({ ...record, ttlSeconds }))
  return {
    ...message,
    answer: cut(message.answer),
    authority: cut(message.authority),
    additional: cut(message.additional),
  }
}
