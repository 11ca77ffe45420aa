/** What a name server says to one query, and why: the plugins that it passed and what each of them did. */
import type { Origin } from '../cluster/object-ref.ts'
import type { IpAddress } from '../network/address.ts'
import type { NameReading } from './kubernetes-name.ts'
import type { DnsMessage, Rcode } from './message.ts'

export interface DnsAnswer {
  readonly reply: DnsMessage
  /** The plugin that wrote the reply; `none`: the server itself, where no plugin did. */
  readonly plugin: string
  /** In the order in which the query passed them. */
  readonly steps: readonly AnswerStep[]
  /** The Service and fields that gave the records; the Corefile's ConfigMap. */
  readonly because: readonly Origin[]
  /** The lines of the Corefile that decided. */
  readonly corefileLines: readonly { readonly line: number; readonly text: string }[]
  /** The process goes by an older Corefile than the ConfigMap's, which it did not take. */
  readonly isFormerCorefile?: true
  /** What was passed over because it is not modelled: the reply may be another one in a real cluster. */
  readonly notModelled?: string
  /** What the cache plugin would keep; whoever owns the cache puts it there. */
  readonly remember: readonly CacheNote[]
  /** Time spent waiting for upstreams. */
  readonly tookMs: number
}

/** One plugin on the way. `line` is that of the Corefile; 0 for the server itself. */
export interface AnswerStep {
  readonly plugin: string
  readonly line: number
  readonly said: PluginSaid
}

export type PluginSaid =
  /** The server block whose zone is the longest that fits. */
  | { readonly kind: 'took'; readonly zone: string }
  /** No server block has this name's zone: REFUSED. */
  | { readonly kind: 'no-block' }
  /** Changes no answer. */
  | { readonly kind: 'passed' }
  | { readonly kind: 'not-modelled' }
  | { readonly kind: 'other-zone'; readonly zones: readonly string[] }
  | { readonly kind: 'rewrote'; readonly from: string; readonly to: string }
  | { readonly kind: 'not-cached' }
  | { readonly kind: 'cached'; readonly ageSeconds: number }
  /** The kubernetes plugin's reading of the name and what it found. */
  | { readonly kind: 'read-name'; readonly reading: NameReading }
  /** NXDOMAIN, and `fallthrough` hands the query on. */
  | { readonly kind: 'fell-through'; readonly reading?: NameReading }
  /** A lookup of its own, for the target of an ExternalName. */
  | { readonly kind: 'looked-up'; readonly name: string; readonly steps: readonly AnswerStep[] }
  | { readonly kind: 'no-entry' }
  | { readonly kind: 'shuffled' }
  | {
      readonly kind: 'forwarded'
      readonly server: IpAddress
      readonly got: Rcode | 'silence' | 'unreachable'
    }
  | { readonly kind: 'answered'; readonly rcode: Rcode; readonly records: number }

/** A reply in the cache: its records as stored, and until when. */
export interface CacheEntry {
  readonly message: DnsMessage
  readonly storedAtMs: number
  readonly seconds: number
}

export interface CacheNote {
  readonly key: string
  readonly entry: CacheEntry
}
