import { describe, expect, test } from 'vitest'
import { keep, recall } from './plugin-cache.ts'
import { makeQuery, makeReply } from './message.ts'
import type { ReplyContent, ResourceRecord } from './message.ts'
import type { CacheConfig } from './plugin-config.ts'

const config: CacheConfig = {
  kind: 'cache',
  line: 1,
  endLine: 1,
  zones: ['.'],
  successSeconds: 30,
  denialSeconds: 30,
  disabledSuccess: [],
  disabledDenial: ['cluster.local.'],
}
const soa: ResourceRecord = { name: '.', ttlSeconds: 60, type: 'SOA', data: 'a. b. 1 2 3 4 5' }

describe('cache 30', () => {
  test.each([
    { kept: 'an answer', content: { rcode: 'NOERROR', answer: [address(300)] }, seconds: 30 },
    { kept: 'a short-lived answer', content: { rcode: 'NOERROR', answer: [address(1)] }, seconds: 5 },
    { kept: 'a denial with SOA', content: { rcode: 'NXDOMAIN', authority: [soa] }, seconds: 30 },
    { kept: 'a denial without SOA', content: { rcode: 'NXDOMAIN' }, seconds: undefined },
    {
      kept: 'a truncated reply',
      content: { rcode: 'NOERROR', tc: true, answer: [address(300)] },
      seconds: undefined,
    },
    { kept: 'a refusal', content: { rcode: 'REFUSED' }, seconds: undefined },
  ] satisfies readonly { kept: string; content: ReplyContent; seconds: number | undefined }[])(
    'keeps $kept for $seconds s',
    ({ content, seconds }) => {
      expect(keep(config, reply(content), 0, true).entry?.seconds).toBe(seconds)
    },
  )

  test('shows the cut TTL at once, and counts it down', () => {
    const kept = keep(config, reply({ rcode: 'NOERROR', answer: [address(300)] }), 0, true)
    expect(kept.reply.answer[0]?.ttlSeconds).toBe(30)
    expect(recall(kept.entry, 10_000)?.message.answer[0]?.ttlSeconds).toBe(20)
    expect(recall(kept.entry, 30_000)).toBeUndefined()
  })

  test('keeps no denial of a zone for which that is disabled', () => {
    const denial = reply({ rcode: 'NXDOMAIN', authority: [soa] }, 'x.cluster.local.')
    expect(keep(config, denial, 0, false).entry).toBeUndefined()
  })
})

function reply(content: ReplyContent, name = 'www.example.com.') {
  return makeReply(makeQuery({ name, type: 'A' }, 1), content)
}

function address(ttlSeconds: number): ResourceRecord {
  return { name: 'www.example.com.', ttlSeconds, type: 'A', data: '192.0.2.1' }
}
