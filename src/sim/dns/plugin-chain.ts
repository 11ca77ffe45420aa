/**
 * A query's way through the plugins of one server block (CoreDNS 1.14.7 plugin/plugin.go, core/dnsserver/server.go). Each plugin answers,
 * changes what passes, or hands the query on; what it did is noted as a step.
 */
import type { Draw } from '../draw.ts'
import type { PluginSaid } from './dns-answer.ts'
import { isInZone } from './domain-name.ts'
import { kubernetesIndex } from './kubernetes-index.ts'
import { makeReply } from './message.ts'
import type { DnsMessage, RecordType, ResourceRecord } from './message.ts'
import { decides, otherZone, pluginName, shuffle, written } from './passage.ts'
import type { ChainContext, Next, Notes, Say, Served } from './passage.ts'
import { cacheKey, keep, recall } from './plugin-cache.ts'
import type {
  CacheConfig,
  HostsConfig,
  KubernetesConfig,
  PluginConfig,
  RewriteConfig,
} from './plugin-config.ts'
import { serveForward } from './plugin-forward.ts'
import { lookUpHosts } from './plugin-hosts.ts'
import { lookUpKubernetes, soaRecord, zoneOf } from './plugin-kubernetes.ts'
import { revertReply, rewriteName } from './plugin-rewrite.ts'

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
