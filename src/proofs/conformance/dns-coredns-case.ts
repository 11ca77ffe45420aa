/** Cases about what CoreDNS answers: single questions, and sequences in time with one cache. */
import type { CacheEntry } from '../../sim/dns/dns-answer.ts'
import { answerQuery, openCoreDns } from '../../sim/dns/coredns.ts'
import { parseCorefile } from '../../sim/dns/corefile.ts'
import { makeQuery } from '../../sim/dns/message.ts'
import type { DnsMessage, RecordType, ResourceRecord } from '../../sim/dns/message.ts'
import { parseResolvConf } from '../../sim/dns/resolv-conf.ts'
import { openStream } from '../../sim/draw.ts'
import { parseIp } from '../../sim/network/address.ts'
import { differs, parseRecord, serverReply } from './dns-golden.ts'
import type { CorednsCase, Difference, GoldenAnswer } from './dns-golden.ts'
import { clusterOf } from './dns-manifests.ts'

/** The first difference, or undefined. */
export function runCorednsCase(golden: CorednsCase): Difference | undefined {
  const { config, problems } = parseCorefile(golden.given.corefile)
  if (config === undefined) return differs('a Corefile that starts', problems)
  const cache = new Map<string, CacheEntry>()
  let manifests = golden.given.manifests
  for (const wanted of golden.expect.queries ?? golden.expect.sequence ?? []) {
    if (wanted.apply !== undefined) {
      manifests = [...manifests, ...wanted.apply]
      continue
    }
    const podIp = parseIp(golden.given.corednsPodIP ?? '')
    const server = openCoreDns({
      corefile: config,
      cluster: clusterOf(manifests),
      nodeResolvConf: parseResolvConf(golden.given.hostResolvConf ?? '', 'kubelet'),
      upstream: (address, query) => serverReply(golden.given.upstreams ?? {}, address, query, 'UDP'),
      draw: openStream(1, golden.name),
    })
    const answer = answerQuery(server, queryOf(wanted), {
      now: (wanted.at ?? 0) * 1000,
      transport: 'UDP',
      apiSynced: golden.given.apiSynced ?? true,
      ...(podIp === undefined ? {} : { podIp }),
      ...(golden.expect.sequence === undefined ? {} : { cache }),
    })
    for (const { key, entry } of answer.remember) cache.set(key, entry)
    const difference = compareReply(wanted, answer.reply)
    if (difference !== undefined) return difference
  }
  return undefined
}

function queryOf(wanted: GoldenAnswer): DnsMessage {
  const [name = '.', type = 'A'] = wanted.ask.split(' ')
  // A reader that takes large replies, so that nothing but the plugins decides.
  return makeQuery({ name, type: type as RecordType }, 1, { edns: { udpSize: 4096 } })
}

function compareReply(wanted: GoldenAnswer, reply: DnsMessage): Difference | undefined {
  const [asked = ''] = wanted.ask.split(' ')
  const flags = (['aa', 'ra', 'tc'] as const).filter((flag) => reply.flags[flag])
  const sections = (['answer', 'authority', 'additional'] as const).map((section) => [
    shown(
      (wanted[section] ?? []).map((text) => parseRecord(text, asked)),
      wanted.ignoreTTL === true,
    ),
    shown(reply[section], wanted.ignoreTTL === true),
  ])
  return (
    differs([wanted.ask, wanted.rcode, wanted.flags], [wanted.ask, reply.rcode, flags]) ??
    differs(wanted.question ?? asked, reply.question.name) ??
    differs(
      [wanted.ask, ...sections.map(([expected]) => expected)],
      [wanted.ask, ...sections.map(([, got]) => got)],
    ) ??
    cnameOrder(reply)
  )
}

/** Sections are sets; names of owners without case; the SOA's serial is not compared. */
function shown(records: readonly ResourceRecord[], ignoreTtl: boolean): readonly string[] {
  return records
    .map(({ name, ttlSeconds, type, data }) => {
      const words = data.split(' ')
      const shownData = type === 'SOA' ? words.with(2, '0').join(' ') : data
      return `${name.toLowerCase()} ${ignoreTtl ? '' : ttlSeconds} ${type} ${shownData.toLowerCase()}`
    })
    .toSorted()
}

/** A CNAME precedes what it leads to. */
function cnameOrder(reply: DnsMessage): Difference | undefined {
  const last = reply.answer.findLastIndex((record) => record.type === 'CNAME')
  const first = reply.answer.findIndex((record) => record.type === 'A' || record.type === 'AAAA')
  return last >= 0 && first >= 0 && last > first ? differs('CNAME first', reply.answer) : undefined
}
