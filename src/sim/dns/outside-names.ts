/**
 * The resolver that a client outside the cluster uses: it knows the names of ExternalDNS's DNSEndpoint objects and no others. The public
 * side of a cluster is never `cluster.local`. Wildcards as in RFC 4592; a zone's SOA is not modelled, so denials carry none.
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { DnsEndpoint } from '../cluster/objects.ts'
import type { DnsAnswer } from './dns-answer.ts'
import { absoluteName, isInZone, labelsOf, sameName } from './domain-name.ts'
import { makeReply } from './message.ts'
import type { DnsMessage, RecordType, ResourceRecord } from './message.ts'

/**
 * Answers one query as a recursive resolver that got it from the authority: ra, no aa.
 * @param turn which of several addresses comes first, the others behind it in their order (RFC 1794): 0 as they are published
 */
export function answerOutside(dnsEndpoints: readonly DnsEndpoint[], query: DnsMessage, turn = 0): DnsAnswer {
  const entries = dnsEndpoints.flatMap(entriesOf)
  const { name, type } = query.question
  const followed = follow(entries, name, type, 0)
  const rcode = followed.exists ? 'NOERROR' : 'NXDOMAIN'
  const reply = makeReply(query, { rcode, ra: true, answer: inTurn(followed.answer, turn) })
  return {
    reply,
    plugin: 'none',
    steps: [{ plugin: 'none', line: 0, said: { kind: 'answered', rcode, records: followed.answer.length } }],
    because: followed.because,
    corefileLines: [],
    remember: [],
    tookMs: 0,
  }
}

/** CNAMEs lead the way, and stay; the records at their end go round. */
function inTurn(answer: readonly ResourceRecord[], turn: number): readonly ResourceRecord[] {
  const aliases = answer.filter(({ type }) => type === 'CNAME')
  const records = answer.filter(({ type }) => type !== 'CNAME')
  const first = records.length === 0 ? 0 : turn % records.length
  return [...aliases, ...records.slice(first), ...records.slice(0, first)]
}

/** One record set of a DNSEndpoint. */
interface Entry {
  readonly name: string
  readonly type: string
  readonly ttlSeconds: number
  readonly targets: readonly string[]
  readonly because: Origin
}

function entriesOf(object: DnsEndpoint): readonly Entry[] {
  return object.endpoints.map((endpoint, index) => ({
    name: absoluteName(endpoint.dnsName).toLowerCase(),
    type: endpoint.recordType,
    // ExternalDNS writes 0 where no TTL is given, and the provider's default applies: 300 s is the commonest.
    ttlSeconds: endpoint.recordTtlSeconds === 0 ? 300 : endpoint.recordTtlSeconds,
    targets: endpoint.targets,
    because: { object: object.ref, paths: [['spec', 'endpoints', index]] },
  }))
}

interface Followed {
  readonly exists: boolean
  readonly answer: readonly ResourceRecord[]
  readonly because: readonly Origin[]
}

/** The records of a name, through at most eight CNAMEs. */
function follow(entries: readonly Entry[], name: string, type: RecordType, depth: number): Followed {
  const own = entriesFor(entries, name)
  const alias = own.find((entry) => entry.type === 'CNAME')
  if (alias !== undefined && type !== 'CNAME' && depth < 8) {
    const target = absoluteName(alias.targets[0] ?? '.')
    const rest = follow(entries, target, type, depth + 1)
    const record: ResourceRecord = { name, ttlSeconds: alias.ttlSeconds, type: 'CNAME', data: target }
    return {
      exists: rest.exists,
      answer: [record, ...rest.answer],
      because: [alias.because, ...rest.because],
    }
  }
  const fitting = own.filter((entry) => entry.type === type)
  return {
    exists: own.length > 0 || entries.some((entry) => isInZone(entry.name, name)),
    answer: fitting.flatMap((entry) =>
      entry.targets.map((target) => ({
        name,
        ttlSeconds: entry.ttlSeconds,
        type,
        data: dataOf(type, target),
      })),
    ),
    because: fitting.map((entry) => entry.because),
  }
}

/** The entries of a name itself; where it does not exist, those of the wildcard at its closest encloser. */
function entriesFor(entries: readonly Entry[], name: string): readonly Entry[] {
  if (entries.some((entry) => isInZone(entry.name, name)))
    return entries.filter((entry) => sameName(entry.name, name))
  const labels = labelsOf(name)
  for (let cut = 1; cut < labels.length; cut++) {
    const encloser = labels.slice(cut).join('.')
    const wildcard = entries.filter((entry) => sameName(entry.name, `*.${encloser}`))
    if (wildcard.length > 0) return wildcard
    if (entries.some((entry) => isInZone(entry.name, encloser))) return []
  }
  return []
}

function dataOf(type: RecordType, target: string): string {
  if (type === 'CNAME' || type === 'NS' || type === 'PTR') return absoluteName(target)
  return type === 'TXT' && !target.startsWith('"') ? `"${target}"` : target
}
