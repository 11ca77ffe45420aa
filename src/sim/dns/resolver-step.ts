/** What passes between a resolver and the network that carries its questions. */
import type { IpAddress } from '../network/address.ts'
import type { NameFlaw } from './domain-name.ts'
import type { Rung } from './ladder.ts'
import type { DnsMessage, ResourceRecord } from './message.ts'
import type { ResolvConf } from './resolv-conf.ts'

/** A send: what a resolver puts on the wire before it waits. A and AAAA of a pair go together. */
export interface ResolverStep {
  readonly kind: 'ask'
  /** Index in the ladder. */
  readonly rung: number
  readonly server: IpAddress
  readonly transport: 'UDP' | 'TCP'
  readonly queries: readonly DnsMessage[]
  /** Since the lookup began. */
  readonly atMs: number
  /** How long it waits for the replies, at most. */
  readonly waitMs: number
  /** `new`: from another port than the step before. */
  readonly socket: 'new' | 'same'
  /** Sent before a reply to the step before was awaited: musl to its other nameservers, BusyBox nslookup's burst. */
  readonly withPrevious: boolean
}

/** What became of one query. */
export type ServerReply =
  | { readonly kind: 'reply'; readonly message: DnsMessage; readonly afterMs: number }
  | { readonly kind: 'silence' }
  /** An ICMP port unreachable came back; the DNS Service has no endpoints, for instance. */
  | { readonly kind: 'port-unreachable'; readonly afterMs: number }

/** How a lookup ended, with the whole ladder. */
export interface Resolution {
  readonly outcome: Outcome
  readonly ladder: readonly Rung[]
  /** resolv.conf as the program understood it; absent where it read none. */
  readonly conf?: ResolvConf
  readonly tookMs: number
}

export type Outcome =
  /** getaddrinfo: addresses in the order in which a program tries them; `name` is the absolute name that was found. */
  | {
      readonly kind: 'found'
      readonly addresses: readonly IpAddress[]
      readonly records: readonly ResourceRecord[]
      readonly name: string
    }
  /** `code`: getaddrinfo's EAI number (-2 not found, -3 try again, -5 no data), or the exit code of dig & co. */
  | {
      readonly kind: 'failed'
      readonly error: 'not-found' | 'try-again' | 'no-data' | 'illegal'
      readonly code: number
      /** For `illegal`. */
      readonly flaw?: NameFlaw | 'not-ascii'
    }
  /** dig & co: the reply to print, and those printed after it (host: AAAA and MX; BusyBox nslookup: the rest of the burst, as they came). */
  | { readonly kind: 'reply'; readonly message: DnsMessage; readonly others: readonly DnsMessage[] }

/** A resolver at work: yields what it sends, takes one reply a query, returns what it found. */
export type Resolving<T> = Generator<ResolverStep, T, readonly ServerReply[]>
