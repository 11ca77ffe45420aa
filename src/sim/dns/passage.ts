/** What goes along with a query on its way through the plugins, and what each of them may do with it. */
import type { Millis } from '../clock.ts'
import type { Origin } from '../cluster/object-ref.ts'
import type { Draw } from '../draw.ts'
import { drawBelow } from '../draw.ts'
import type { IpAddress } from '../network/address.ts'
import type { AnswerStep, CacheEntry, CacheNote, PluginSaid } from './dns-answer.ts'
import type { DnsCluster } from './kubernetes-index.ts'
import type { DnsMessage, Rcode, RecordType, ResourceRecord } from './message.ts'
import type { PluginConfig } from './plugin-config.ts'
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

/** Hands the query, or another in its place, to the plugins behind. */
export type Next = (query?: DnsMessage) => Served
/** Notes what the plugin did. */
export type Say = (said: PluginSaid) => void

/** The plugin's name as the Corefile writes it. */
export function pluginName(plugin: PluginConfig): string {
  return plugin.kind === 'watching' || plugin.kind === 'not-modelled' ? plugin.name : plugin.kind
}

/** Notes that this plugin's word is the reply. */
export function decides(plugin: PluginConfig, notes: Notes): void {
  notes.plugin = pluginName(plugin)
  notes.deciding.push(plugin)
}

/** The name is in none of the plugin's zones. */
export function otherZone(zones: readonly string[], say: Say, next: Next): Served {
  say({ kind: 'other-zone', zones })
  return next()
}

/** The plugin writes the reply. */
export function written(plugin: PluginConfig, message: DnsMessage, notes: Notes, say: Say): Served {
  say({ kind: 'answered', rcode: message.rcode, records: message.answer.length })
  decides(plugin, notes)
  return { kind: 'written', message, fromUpstream: false }
}

/** Fisher and Yates, one draw a place. */
export function shuffle<T>(items: readonly T[], draw: Draw): readonly T[] {
  const left = [...items]
  return items.flatMap(() => left.splice(drawBelow(draw, left.length), 1))
}
