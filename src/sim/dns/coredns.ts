/**
 * CoreDNS: a query → the server block with the longest fitting zone → its plugins → a reply that fits the transport
 * (CoreDNS 1.14.7 core/dnsserver/server.go).
 */
import type { Millis } from '../clock.ts'
import type { Origin } from '../cluster/object-ref.ts'
import type { Draw } from '../draw.ts'
import type { IpAddress } from '../network/address.ts'
import type { Corefile, ServerBlock } from './corefile.ts'
import type { AnswerStep, CacheEntry, DnsAnswer } from './dns-answer.ts'
import { isInZone } from './domain-name.ts'
import { fitReply } from './fit-reply.ts'
import type { DnsCluster } from './kubernetes-index.ts'
import { makeQuery, makeReply } from './message.ts'
import type { DnsMessage, RecordType, ResourceRecord } from './message.ts'
import { serve } from './plugin-chain.ts'
import type { ChainContext, Notes, Served } from './passage.ts'
import type { ResolvConf } from './resolv-conf.ts'
import type { ServerReply } from './resolver-step.ts'

/** A CoreDNS that runs: its configuration, the cluster that it watches, and its way to the outside. */
export interface CoreDns {
  readonly corefile: Corefile
  /** The ConfigMap that holds the Corefile. */
  readonly corefileOrigin?: Origin
  readonly cluster: DnsCluster
  /** CoreDNS's own /etc/resolv.conf, which `forward . /etc/resolv.conf` reads. */
  readonly nodeResolvConf: ResolvConf
  /** What an upstream does with a query. */
  readonly upstream: (server: IpAddress, query: DnsMessage) => ServerReply
  /** Order of shuffled records and of upstreams. */
  readonly draw: Draw
}

/** What can differ from query to query. */
export interface QueryContext {
  readonly now: Millis
  readonly transport: 'UDP' | 'TCP'
  /** On which port it came; 53. */
  readonly port?: number
  /** The address of the CoreDNS Pod that answers. */
  readonly podIp?: IpAddress
  /** False: the API server was not read yet. */
  readonly apiSynced?: boolean
  /** What this CoreDNS Pod keeps; each has its own. Absent: nothing. */
  readonly cache?: ReadonlyMap<string, CacheEntry>
}

/** Starts a CoreDNS; cheap, the cluster's index is made at the first query and kept with the cluster value. */
export function openCoreDns(input: CoreDns): CoreDns {
  return input
}

/** Answers one query; never without reply. */
export function answerQuery(server: CoreDns, query: DnsMessage, context: QueryContext): DnsAnswer {
  const notes: Notes = {
    steps: [],
    because: [],
    remember: [],
    deciding: [],
    plugin: 'none',
    notModelled: undefined,
    tookMs: 0,
    bufsize: undefined,
  }
  const whole = withEdnsOf(query, ask(server, query, context, notes, 0))
  const limit = Math.min(Math.max(512, query.edns?.udpSize ?? 512), notes.bufsize ?? 65535)
  const fitted = context.transport === 'TCP' ? whole : fitReply(whole, limit).reply
  return {
    reply: fitted,
    plugin: notes.plugin,
    steps: notes.steps,
    because: [...notes.because, ...(server.corefileOrigin === undefined ? [] : [server.corefileOrigin])],
    corefileLines: linesOf(server.corefile, notes),
    ...(notes.notModelled === undefined ? {} : { notModelled: notes.notModelled }),
    remember: notes.remember,
    tookMs: notes.tookMs,
  }
}

/** The server writes its own OPT record, as the asker's: an upstream's never passes through. */
function withEdnsOf(query: DnsMessage, reply: DnsMessage): DnsMessage {
  const { edns: _, ...bare } = reply
  return { ...bare, id: query.id, ...(query.edns === undefined ? {} : { edns: query.edns }) }
}

/** ExternalNames that lead to ExternalNames through other servers' zones: as deep as miekg's lookups are let go. */
const deepestLookup = 8

function ask(
  server: CoreDns,
  query: DnsMessage,
  context: QueryContext,
  notes: Notes,
  depth: number,
): DnsMessage {
  const chosen = blockFor(server.corefile, query.question.name, context.port ?? 53)
  if (chosen === undefined) {
    notes.steps.push({ plugin: 'none', line: 0, said: { kind: 'no-block' } })
    return makeReply(query, { rcode: 'REFUSED' })
  }
  notes.steps.push({ plugin: 'none', line: chosen.block.line, said: { kind: 'took', zone: chosen.zone } })
  const chain: ChainContext = {
    cluster: server.cluster,
    nameservers: server.nodeResolvConf.nameservers,
    upstream: server.upstream,
    draw: server.draw,
    now: context.now,
    ...(context.podIp === undefined ? {} : { podIp: context.podIp }),
    apiSynced: context.apiSynced ?? true,
    cache: context.cache ?? new Map(),
    lookup: (name, type, within) => lookUp(server, { name, type }, context, within, depth + 1),
  }
  return messageOf(serve(chosen.block.plugins, 0, query, chain, notes), query)
}

/** The server's own lookup of a target. Its steps stand under one step of the plugin that asked. */
function lookUp(
  server: CoreDns,
  question: { readonly name: string; readonly type: RecordType },
  context: QueryContext,
  notes: Notes,
  depth: number,
): readonly ResourceRecord[] | undefined {
  if (depth > deepestLookup) return undefined
  const steps: AnswerStep[] = []
  const inner: Notes = { ...notes, steps, deciding: [], plugin: 'none' }
  const reply = ask(server, makeQuery(question, 0), context, inner, depth)
  notes.steps.push({ plugin: 'kubernetes', line: 0, said: { kind: 'looked-up', name: question.name, steps } })
  notes.tookMs = inner.tookMs
  notes.notModelled ??= inner.notModelled
  return reply.rcode === 'NOERROR' ? reply.answer : undefined
}

/** A failure that no plugin wrote is a bare reply: no aa, no ra, no SOA. */
function messageOf(served: Served, query: DnsMessage): DnsMessage {
  return served.kind === 'written' ? served.message : makeReply(query, { rcode: served.rcode })
}

/** Among the blocks that listen on the port the one with the longest zone that holds the name. */
function blockFor(
  corefile: Corefile,
  name: string,
  port: number,
): { readonly block: ServerBlock; readonly zone: string } | undefined {
  return corefile.blocks
    .flatMap((block) =>
      block.keys
        .filter((key) => key.scheme === 'dns' && key.port === port)
        .flatMap((key) => key.zones.filter((zone) => isInZone(name, zone)).map((zone) => ({ block, zone }))),
    )
    .toSorted((a, b) => b.zone.length - a.zone.length)[0]
}

function linesOf(corefile: Corefile, notes: Notes): DnsAnswer['corefileLines'] {
  return notes.deciding.flatMap(({ line, endLine }) =>
    corefile.lines.slice(line - 1, endLine).map((text, index) => ({ line: line + index, text })),
  )
}
