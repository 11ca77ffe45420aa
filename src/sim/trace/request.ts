/** What a person asks for. */
import type { NameQuestion } from '../dns/name-question.ts'

/** Where a request starts: `pod/NAMESPACE/NAME`, a node's name, or `laptop`. */
export type Vantage = string

/** The program that asks; it decides the resolver and the texts. Absent: what the vantage's image has. */
export type Program =
  'curl' | 'wget' | 'busybox-wget' | 'ping' | 'dig' | 'nslookup' | 'busybox-nslookup' | 'host' | 'getent'

/** A world change while the request is on its way: just before the hop with this index. */
export interface Interruption {
  readonly beforeHop: number
  readonly deletePod: { readonly namespace: string; readonly name: string }
}

/** What goes wrong on purpose: `conntrack-race`, the two questions of a pair meet in conntrack (conntrack-race.ts). */
export type Fault = 'conntrack-race'

/** One request. Plain data; with the same cluster it gives the same trace, byte for byte. */
export interface TraceRequest {
  readonly from: Vantage
  /** `http://nginx/`, `https://…`, `tcp://host:port`, `udp://host:port`, `sctp://host:port`, `ping host`, `dig name`, `nslookup name`, `host name`, `getent hosts name`. */
  readonly url: string
  readonly method: string
  /** In order, names as typed. A `Host` here replaces the URL's. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: string
  /** Server name for TLS, and the name that the certificate must hold for, where it is not the URL's host. */
  readonly sni?: string
  /** How the client takes a certificate; its vantage's own trust store where nothing is said. */
  readonly trust?: {
    /** `-k`: whatever comes. */
    readonly isInsecure?: boolean
    /** `--cacert`: PEM in place of the trust store. */
    readonly authorities?: string
  }
  /** `--http1.1`: HTTP/2 is not offered. */
  readonly http1?: boolean
  readonly seed: number
  readonly program?: Program
  /** `dig +search`. */
  readonly search?: boolean
  /**
   * What a program that looks names up asks, in place of what the URL says: several lookups one after the other, until one finds
   * something (`getent hosts`).
   */
  readonly questions?: readonly NameQuestion[]
  /** `ping -c`; 1 on the page. */
  readonly count?: number
  /** How long the program waits for an answer, where it was told (`-m`, `-W`). */
  readonly timeoutMs?: number
  readonly interruptions?: readonly Interruption[]
  /** Absent: none. */
  readonly faults?: readonly Fault[]
}
