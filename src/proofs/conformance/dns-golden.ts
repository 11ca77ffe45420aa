/** The shape of the golden cases for names, and the name server that a case describes by rules. */
import { absoluteName, isInZone, sameName } from '../../sim/dns/domain-name.ts'
import { makeReply } from '../../sim/dns/message.ts'
import type { DnsMessage, Rcode, RecordType, ResourceRecord } from '../../sim/dns/message.ts'
import type { ServerReply } from '../../sim/dns/resolver-step.ts'

/** One rule of a name server; the first that fits answers. */
export interface GoldenRule {
  readonly name?: string
  readonly type?: string | readonly string[]
  readonly rcode?: Rcode
  readonly flags?: readonly ('aa' | 'ra')[]
  readonly answer?: readonly string[]
  readonly authority?: readonly string[]
  readonly additional?: readonly string[]
  readonly drop?: boolean
  readonly delay?: number
  readonly truncateUDP?: number
}

export type GoldenServers = Readonly<Record<string, 'closed' | 'unreachable' | readonly GoldenRule[]>>

export interface ResolverCase {
  readonly kind: 'resolver'
  readonly name: string
  readonly given: {
    readonly client: string
    readonly resolvConf: string
    readonly hosts?: string
    readonly clientAddresses?: readonly string[]
    readonly server: GoldenServers
    readonly command: readonly string[]
  }
  readonly expect: {
    readonly queries: readonly GoldenQuery[]
    readonly header: string | readonly string[]
    readonly seconds?: number
    readonly exit: number
    readonly stdout: string
    readonly stderr: string
  }
}

/** A batch of questions that went out together. */
export interface GoldenQuery {
  readonly ask: readonly string[]
  readonly got: readonly string[]
  readonly to?: string
  readonly with?: 'previous'
  readonly proto?: 'TCP'
  readonly at?: number
  readonly waited?: number
}

/** What a question to CoreDNS gets; in a sequence also when, and what is applied then. */
export interface GoldenAnswer {
  readonly ask: string
  readonly rcode: Rcode
  readonly flags: readonly string[]
  readonly answer?: readonly string[]
  readonly authority?: readonly string[]
  readonly additional?: readonly string[]
  readonly question?: string
  readonly ignoreTTL?: boolean
  readonly at?: number
  readonly apply?: readonly unknown[]
}

export interface CorednsCase {
  readonly kind: 'coredns'
  readonly name: string
  readonly given: {
    readonly corefile: string
    readonly manifests: readonly unknown[]
    readonly upstreams?: GoldenServers
    readonly hostResolvConf?: string
    readonly corednsPodIP?: string
    readonly apiSynced?: boolean
  }
  readonly expect: { readonly queries?: readonly GoldenAnswer[]; readonly sequence?: readonly GoldenAnswer[] }
}

export interface CorefileCase {
  readonly kind: 'corefile'
  readonly name: string
  readonly expect: {
    readonly corefiles: readonly {
      readonly corefile: string
      readonly starts: boolean
      readonly error?: string
    }[]
  }
}

export interface ResolvConfCase {
  readonly kind: 'resolvconf'
  readonly name: string
  readonly given: {
    readonly clusterDNS?: readonly string[]
    readonly clusterDomain?: string
    readonly nodeResolvConf?: string | null
    readonly pod?: unknown
  }
  readonly expect: Readonly<Record<string, unknown>>
}

export type GoldenCase = ResolverCase | CorednsCase | CorefileCase | ResolvConfCase

/** What differs first, as two texts. */
export interface Difference {
  readonly expected: string
  readonly got: string
}

/** Compares two values by their JSON. */
export function differs(expected: unknown, got: unknown): Difference | undefined {
  const [a, b] = [JSON.stringify(expected), JSON.stringify(got)]
  return a === b ? undefined : { expected: a, got: b }
}

/** What the servers of a case do with a query. An address that the case does not name is silent. */
export function serverReply(
  servers: GoldenServers,
  address: string,
  query: DnsMessage,
  transport: 'UDP' | 'TCP',
): ServerReply {
  const rules = servers[address]
  if (rules === 'closed' || rules === 'unreachable') return { kind: 'port-unreachable', afterMs: 0 }
  const rule = rules?.find((each) => fits(each, query))
  if (rule === undefined || rule.drop === true) return { kind: 'silence' }
  const answer = (rule.answer ?? []).map((text) => parseRecord(text, query.question.name))
  const cut = transport === 'UDP' && rule.truncateUDP !== undefined
  const sections = (texts: readonly string[] = []) =>
    texts.map((text) => parseRecord(text, query.question.name))
  const message = makeReply(query, {
    rcode: rule.rcode ?? 'NOERROR',
    aa: rule.flags?.includes('aa') ?? false,
    ra: rule.flags?.includes('ra') ?? false,
    tc: cut,
    answer: cut ? answer.slice(0, (rule.truncateUDP ?? 1) - 1) : answer,
    authority: sections(rule.authority),
    additional: sections(rule.additional),
  })
  return { kind: 'reply', message, afterMs: (rule.delay ?? 0) * 1000 }
}

/** `www.example.com. 30 IN A 192.0.2.1`; `@` stands for `owner`. */
export function parseRecord(text: string, owner: string): ResourceRecord {
  const [name = '', ttl = '', , type = '', ...data] = text.split(' ')
  return {
    name: name === '@' ? owner : name,
    ttlSeconds: Number(ttl),
    type: type as RecordType,
    data: data.join(' '),
  }
}

function fits(rule: GoldenRule, query: DnsMessage): boolean {
  const { name, type } = query.question
  const wanted = rule.name ?? '*'
  const byName =
    wanted === '*' || (wanted.startsWith('*.') ? isInZone(name, wanted.slice(2)) : sameName(name, wanted))
  const types = rule.type === undefined || rule.type === '*' ? undefined : [rule.type].flat()
  return byName && (types?.includes(type) ?? true)
}

/** `nginx. A` of a query. */
export function questionText(query: DnsMessage): string {
  return `${absoluteName(query.question.name)} ${query.question.type}`
}
