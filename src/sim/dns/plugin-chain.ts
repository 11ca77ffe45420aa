/**
 * A query's way through the plugins of one server block (CoreDNS 1.14.7 plugin/plugin.go, core/dnsserver/server.go). Each plugin answers,
 * changes what passes, or hands the query on; what it did is noted as a step.
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { Draw } from '../draw.ts'
import { drawBelow } from '../draw.ts'
import type { Millis } from '../clock.ts'
import type { IpAddress } from '../network/address.ts'
import type { AnswerStep, CacheEntry, CacheNote, PluginSaid } from './dns-answer.ts'
import { isInZone } from './domain-name.ts'
import { kubernetesIndex } from './kubernetes-index.ts'
import type { DnsCluster } from './kubernetes-index.ts'
import { makeReply } from './message.ts'
import type { DnsMessage, Rcode, RecordType, ResourceRecord } from './message.ts'
import { cacheKey, keep, recall } from './plugin-cache.ts'
import type {
  CacheConfig,
  ForwardConfig,
  HostsConfig,
  KubernetesConfig,
  PluginConfig,
  RewriteConfig,
} from './plugin-config.ts'
import { lookUpHosts } from './plugin-hosts.ts'
import { lookUpKubernetes, soaRecord, zoneOf } from './plugin-kubernetes.ts'
import { revertReply, rewriteName } from './plugin-rewrite.ts'
import type { ServerReply } from './resolver-step.ts'

/** What the chain asks of its surroundings. */
export interface ChainContext {
  readonly cluster: DnsCluster
  readonly nameservers: readonly IpAddress[]
  readonly upstream: (server: IpAddress, query: DnsMessage) => ServerReply
  readonly draw: Draw
  readonly now: Millis
  readonly podIp?: IpAddress
  readonly apiSynced: boolean
  readonly cache: ReadonlyMap<string, CacheEntry>
  /** Asks the server from the start. */
  readonly lookup: (name: string, type: RecordType, notes: Notes) => readonly ResourceRecord[] | undefined
}

/** What is noted on the way, in order. */
export interface Notes {
  readonly steps: AnswerStep[]
  readonly because: Origin[]
  readonly remember: CacheNote[]
  readonly deciding: PluginConfig[]
  plugin: string
  notModelled: string | undefined
  tookMs: number
  /** The size that `bufsize` cuts the asker's to. */
  bufsize: number | undefined
}

/** A reply that a plugin wrote, or an rcode without one: the server then writes a bare reply. */
export type Served =
  | { readonly kind: 'written'; readonly message: DnsMessage; readonly fromUpstream: boolean }
  | { readonly kind: 'unwritten'; readonly rcode: Rcode }

/** Hands the query to the plugin at `at` and those after it. */
export function serve(
  plugins: readonly PluginConfig[],
  at: number,
  query: DnsMessage,
  context: ChainContext,
  notes: Notes,
): Served {
  const plugin = plugins[at]
  // Nobody answered.
  if (plugin === undefined) return { kind: 'unwritten', rcode: 'SERVFAIL' }
  const next: Next = (passed = query) => serve(plugins, at + 1, passed, context, notes)
  const say = (said: PluginSaid) => {
    notes.steps.push({ plugin: pluginName(plugin), line: plugin.line, said })
  }
  switch (plugin.kind) {
    case 'watching':
      return next()
    case 'not-modelled':
      say({ kind: 'not-modelled' })
      notes.notModelled ??= plugin.name
      return next()
    case 'bufsize':
      notes.bufsize = plugin.bytes
      return next()
    case 'loadbalance':
      return shuffled(next(), context.draw, say)
    case 'rewrite':
      return serveRewrite(plugin, plugins, at, query, context, notes)
    case 'cache':
      return serveCache(plugin, query, context, notes, say, next)
    case 'hosts':
      return serveHosts(plugin, query, notes, say, next)
    case 'kubernetes':
      return serveKubernetes(plugin, query, context, notes, say, next)
    case 'forward':
      return serveForward(plugin, query, context, notes, say, next)
  }
}

type Next = (query?: DnsMessage) => Served
type Say = (said: PluginSaid) => void

/** The plugin's name as the Corefile writes it. */
function pluginName(plugin: PluginConfig): string {
  return plugin.kind === 'watching' || plugin.kind === 'not-modelled' ? plugin.name : plugin.kind
}

function decides(plugin: PluginConfig, notes: Notes): void {
  notes.plugin = pluginName(plugin)
  notes.deciding.push(plugin)
}

/** A first `stop` rule that fits ends the rules; `continue` goes on with the new name. */
function serveRewrite(
  rule: RewriteConfig,
  plugins: readonly PluginConfig[],
  at: number,
  query: DnsMessage,
  context: ChainContext,
  notes: Notes,
): Served {
  const asked = query.question.name
  const rewritten = rewriteName(rule, asked)
  if (rewritten === undefined) return serve(plugins, at + 1, query, context, notes)
  notes.steps.push({
    plugin: 'rewrite',
    line: rule.line,
    said: { kind: 'rewrote', from: asked, to: rewritten },
  })
  notes.deciding.push(rule)
  const behindRules = plugins.findIndex((plugin, place) => place > at && plugin.kind !== 'rewrite')
  const from = rule.mode === 'continue' ? at + 1 : behindRules < 0 ? plugins.length : behindRules
  const passed = { ...query, question: { ...query.question, name: rewritten } }
  const served = serve(plugins, from, passed, context, notes)
  if (served.kind === 'unwritten') return served
  return { ...served, message: revertReply(rule, asked, rewritten, served.message) }
}

function serveCache(
  config: CacheConfig,
  query: DnsMessage,
  context: ChainContext,
  notes: Notes,
  say: Say,
  next: Next,
): Served {
  const { question } = query
  if (zoneOf(question.name, config.zones) === undefined) return next()
  const key = cacheKey(question)
  const known = recall(context.cache.get(key), context.now)
  if (known !== undefined) {
    say({ kind: 'cached', ageSeconds: known.ageSeconds })
    decides(config, notes)
    const { rcode, flags, answer, authority, additional } = known.message
    const message = makeReply(query, { rcode, aa: flags.aa, ra: flags.ra, answer, authority, additional })
    return { kind: 'written', message, fromUpstream: false }
  }
  say({ kind: 'not-cached' })
  const served = next()
  if (served.kind === 'unwritten') return served
  const { reply, entry } = keep(config, served.message, context.now, served.fromUpstream)
  if (entry !== undefined) notes.remember.push({ key, entry })
  return { ...served, message: reply }
}

function serveHosts(config: HostsConfig, query: DnsMessage, notes: Notes, say: Say, next: Next): Served {
  const { name } = query.question
  if (config.notModelled.length > 0) notes.notModelled ??= 'hosts'
  if (zoneOf(name, config.zones) === undefined) return otherZone(config.zones, say, next)
  const result = lookUpHosts(config, query.question)
  if (result.kind === 'records') {
    const message = makeReply(query, { rcode: 'NOERROR', aa: true, answer: result.answer })
    return written(config, message, notes, say)
  }
  say({ kind: 'no-entry' })
  if (result.reverse || config.fallthrough.some((zone) => isInZone(name, zone))) return next()
  decides(config, notes)
  return { kind: 'unwritten', rcode: 'SERVFAIL' }
}

function serveKubernetes(
  config: KubernetesConfig,
  query: DnsMessage,
  context: ChainContext,
  notes: Notes,
  say: Say,
  next: Next,
): Served {
  const { name, type } = query.question
  const zone = zoneOf(name, config.zones)
  if (zone === undefined) return otherZone(config.zones, say, next)
  if (config.notModelled.length > 0) notes.notModelled ??= `kubernetes ${config.notModelled.join(', ')}`
  if (type === 'AXFR') {
    decides(config, notes)
    return { kind: 'unwritten', rcode: 'REFUSED' }
  }
  const lookup = (target: string, targetType: RecordType) => context.lookup(target, targetType, notes)
  const index = kubernetesIndex(context.cluster)
  const backend = { index, lookup, ...(context.podIp === undefined ? {} : { podIp: context.podIp }) }
  const result = lookUpKubernetes(config, backend, query.question, zone)
  const { reading } = result
  if (!result.exists && config.fallthrough.some((each) => isInZone(name, each))) {
    say({ kind: 'fell-through', reading })
    return next()
  }
  say({ kind: 'read-name', reading })
  notes.because.push(...result.because)
  const rcode = result.exists ? 'NOERROR' : context.apiSynced ? 'NXDOMAIN' : 'SERVFAIL'
  const authority = result.answer.length > 0 ? [] : [soaRecord(zone, config, index.serial)]
  const { answer, additional } = result
  return written(config, makeReply(query, { rcode, aa: true, answer, authority, additional }), notes, say)
}

/**
 * Upstreams in the policy's order, at most twice each; a reply of any rcode is passed on as it came. Silence costs two seconds, an
 * unreachable port none; without reply: SERVFAIL.
 */
function serveForward(
  config: ForwardConfig,
  query: DnsMessage,
  context: ChainContext,
  notes: Notes,
  say: Say,
  next: Next,
): Served {
  const { name } = query.question
  if (!isInZone(name, config.from) || config.except.some((zone) => isInZone(name, zone)))
    return otherZone([config.from], say, next)
  if (config.notModelled.length > 0) notes.notModelled ??= `forward ${config.notModelled.join(', ')}`
  const servers = inPolicyOrder(config, context)
  for (const server of [...servers, ...servers]) {
    const reply = context.upstream(server, query)
    if (reply.kind === 'reply') {
      notes.tookMs += reply.afterMs
      say({ kind: 'forwarded', server, got: reply.message.rcode })
      decides(config, notes)
      return { kind: 'written', message: { ...reply.message, id: query.id }, fromUpstream: true }
    }
    notes.tookMs += reply.kind === 'silence' ? 2000 : reply.afterMs
    say({ kind: 'forwarded', server, got: reply.kind === 'silence' ? 'silence' : 'unreachable' })
  }
  decides(config, notes)
  return { kind: 'unwritten', rcode: 'SERVFAIL' }
}

function inPolicyOrder(config: ForwardConfig, context: ChainContext): readonly IpAddress[] {
  const servers = config.to.flatMap((to) => (to === 'resolv-conf' ? context.nameservers : [to]))
  // Where the round-robin stands after earlier queries is not kept: each query draws its start.
  if (config.policy === 'sequential' || servers.length < 2) return servers
  if (config.policy === 'random') return shuffle(servers, context.draw)
  const start = drawBelow(context.draw, servers.length)
  return [...servers.slice(start), ...servers.slice(0, start)]
}

function otherZone(zones: readonly string[], say: Say, next: Next): Served {
  say({ kind: 'other-zone', zones })
  return next()
}

function written(plugin: PluginConfig, message: DnsMessage, notes: Notes, say: Say): Served {
  say({ kind: 'answered', rcode: message.rcode, records: message.answer.length })
  decides(plugin, notes)
  return { kind: 'written', message, fromUpstream: false }
}

/** loadbalance: in each section CNAMEs first, then other records, then addresses (and MX) shuffled. */
function shuffled(served: Served, draw: Draw, say: Say): Served {
  if (served.kind === 'unwritten') return served
  const { message } = served
  const inOrder = (records: readonly ResourceRecord[]) => {
    const addresses = records.filter(({ type }) => type === 'A' || type === 'AAAA' || type === 'MX')
    if (addresses.length < 2) return records
    say({ kind: 'shuffled' })
    const cnames = records.filter(({ type }) => type === 'CNAME')
    const rest = records.filter((record) => !cnames.includes(record) && !addresses.includes(record))
    return [...cnames, ...rest, ...shuffle(addresses, draw)]
  }
  const { answer, authority, additional } = message
  return {
    ...served,
    message: {
      ...message,
      answer: inOrder(answer),
      authority: inOrder(authority),
      additional: inOrder(additional),
    },
  }
}

/** Fisher and Yates, one draw a place. */
function shuffle<T>(items: readonly T[], draw: Draw): readonly T[] {
  const left = [...items]
  return items.flatMap(() => left.splice(drawBelow(draw, left.length), 1))
}
