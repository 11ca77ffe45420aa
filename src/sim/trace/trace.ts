/**
 * A trace: everything that happened to one request, in order, each thing with what decided it.
 *
 *     Trace
 *       exchanges   a question and its answer on one leg: a DNS lookup, a TCP connect, an HTTP request     → a lane of the timeline
 *       hops        one thing that happened to one packet at one place                                     → a step
 *         evidence  the candidates in the order tried, why each lost, what won, and the very text          → the inspector
 *         because   the manifest lines behind it                                                          → the editor
 *       verdict     how it ended
 *
 * The stage, the inspector, the terminal and the tests read the same hop; none works an answer out again.
 * Plain data: survives structuredClone and JSON.
 */
import type { Millis } from '../clock.ts'
import type { ObjectRef } from '../cluster/object-ref.ts'
import type { DnsMessage } from '../dns/message.ts'
import type { NameTalk } from '../dns/name-question.ts'
import type { DifferenceId } from '../known-differences.ts'
import type { RuleOwner } from '../kube-proxy/rule-owner.ts'
import type { IpAddress } from '../network/address.ts'
import type { Packet } from '../network/packet.ts'
import type { Phrase } from '../phrase.ts'
import type { Certificate } from '../tls/certificate.ts'
import type { HostMatch } from '../tls/match-host.ts'
import type { ChainVerdict } from '../tls/verify-chain.ts'
import type { TraceRequest } from './request.ts'

export interface Trace {
  readonly request: TraceRequest
  readonly exchanges: readonly Exchange[]
  readonly hops: readonly Hop[]
  /** Every packet of the request, told or not, in the order sent. */
  readonly packets: readonly TracedPacket[]
  readonly verdict: Verdict
  readonly startedAtMs: Millis
  readonly endedAtMs: Millis
  /** What the client's program got, for the texts that it prints. */
  readonly result: Result
}

/** A question and its answer on one leg: a lane of the timeline. `title` is the lane's name. */
export interface Exchange {
  readonly id: number
  readonly kind: 'dns' | 'connect' | 'tls' | 'http' | 'ping' | 'udp' | 'close'
  /** `upstream`: the leg from an ingress controller or a Gateway's proxy to the Pod. */
  readonly leg: 'client' | 'upstream'
  readonly title: Phrase
}

/** Colour role: what the packet is about, or how it ended. */
export type Phase = 'dns' | 'nat' | 'edge' | 'pod' | 'reply' | 'drop'

/** How we know. `not-modelled` never ends green. */
export type Basis = 'computed' | 'imported' | 'assumed' | 'not-modelled'

/**
 * What the hop is about, and the card at which the Logical view stands the packet.
 * `node` and `wire` have no card there: the packet is on its way from the last card to the next.
 */
export type Subject =
  | { readonly kind: 'client'; readonly vantage: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'service'; readonly ref: ObjectRef }
  /** A Service entered by its node port, on a node. */
  | { readonly kind: 'node-port'; readonly ref: ObjectRef; readonly node: string }
  | { readonly kind: 'vip'; readonly address: IpAddress; readonly node: string }
  /** The decision of an Ingress controller or a Gateway's proxy, inside its Pod. */
  | { readonly kind: 'ingress-controller'; readonly ref: ObjectRef }
  | { readonly kind: 'pod'; readonly ref: ObjectRef }
  | { readonly kind: 'node'; readonly node: string }
  | { readonly kind: 'router'; readonly address: IpAddress }
  /** Whoever answers at an address outside the simulated machines. */
  | { readonly kind: 'outside'; readonly address: IpAddress }

/** Where it happened. `hook` is table and hook, `nat PREROUTING`, or what else a host does: `routing`, `socket`, `resolver`. */
export interface Place {
  /** Node name; for a Pod `namespace/name`; `laptop`; the router's address. */
  readonly host: string
  readonly hostKind: 'node' | 'pod' | 'outside' | 'router'
  /** The node whose kernel this is: a Pod's node too. Absent outside the cluster. */
  readonly node?: string
  readonly hook?: string
}

export type HopKind =
  | 'read-resolver' // resolv.conf, the search list
  | 'send' // a socket sends
  | 'enter' // a packet comes into a node
  | 'dispatch' // KUBE-SERVICES or KUBE-NODEPORTS: which Service
  | 'choose' // KUBE-SVC: the draw
  | 'rewrite' // DNAT, SNAT
  | 'repeat' // conntrack repeats an earlier rewrite, or undoes it in a reply
  | 'no-match' // no rule matched
  | 'route'
  | 'filter'
  | 'cross' // from host to host
  | 'encapsulate' // a tunnel puts it into another packet
  | 'decapsulate' // and takes it out again
  | 'deliver' // into a socket, or: nobody listens
  | 'answer' // a program answers: CoreDNS, nginx, an application, a kernel's echo reply
  | 'match' // the decision of an ingress controller or a Gateway's proxy
  | 'receive' // the client has it
  | 'refuse' // REJECT, RST
  | 'drop' // DROP, blackhole
  | 'silence' // nobody answers; time passes
  | 'retransmit'
  | 'close'

/** One thing that happened to one packet at one place: a step. */
export interface Hop {
  /** From 0, the place in `Trace.hops`. */
  readonly index: number
  readonly exchange: number
  readonly kind: HopKind
  readonly phase: Phase
  /** Hops of one packet's flight share a number; a reply is another packet. */
  readonly packetId: number
  readonly direction: 'request' | 'reply'
  readonly atMs: Millis
  readonly place: Place
  readonly subject: Subject
  /** The step's line in the list of steps. */
  readonly title: Phrase
  /** The step in one or two sentences, for the room to read. */
  readonly caption: Phrase
  /** A word or two: the bar in the timeline and the head of the packet's tag. */
  readonly label: Phrase
  readonly before: Packet
  /** The same object as `before` where nothing was rewritten. */
  readonly after: Packet
  readonly basis: Basis
  readonly evidence: readonly Evidence[]
  readonly because: readonly Because[]
  readonly conntrack?: { readonly node: string; /** As `conntrack -L` prints it. */ readonly line: string }
  readonly message?: Message
  /** How many rules the kernel tried for this hop. */
  readonly rulesTried?: number
  /** Ids of known differences from the real thing that touch this hop. */
  readonly differences: readonly DifferenceId[]
}

/** Rules tried, of iptables and nftables together. */
export interface PacketCost {
  readonly rulesTried: number
  /** The same by host, as the packet came to them. Hosts without rules have no entry. */
  readonly byHost: Readonly<Record<string, number>>
}

/** One packet on its whole way, and what the kernels that it passed had to do for it. */
export interface TracedPacket {
  /** That of its hops; packets that are told as one, as those of a close are, share it. */
  readonly packetId: number
  readonly exchange: number
  readonly direction: Hop['direction']
  /** What the packet is, in a word: `SYN`, `GET /`. */
  readonly says: string
  readonly cost: PacketCost
}

/** What a packet carries, in full. */
export type Message =
  | {
      readonly kind: 'dns'
      readonly message: DnsMessage
      /** The AAAA half of a pair. */ readonly companion?: DnsMessage
    }
  | { readonly kind: 'http-request'; readonly request: HttpRequest }
  | { readonly kind: 'http-response'; readonly response: HttpResponse }
  | ({ readonly kind: 'tls-client-hello' } & ClientHello)
  | { readonly kind: 'tls-certificate'; readonly shown: ShownCertificate; readonly alpn?: Alpn }
  /** RFC 8446 §6: `unknown CA` is 48. */
  | { readonly kind: 'tls-alert'; readonly code: number; readonly name: string }

/** Protocols over TLS that a client can offer (RFC 7301). */
export type Alpn = 'h2' | 'http/1.1'

/** What a client says first, as far as it matters. `serverName` absent: it asked for an address. */
export interface ClientHello {
  readonly serverName?: string
  /** ALPN, the dearest first; empty: the extension is not sent. */
  readonly offered: readonly Alpn[]
}

/** The certificates that a server sent, and where it has them from. */
export interface ShownCertificate {
  /** The server's own first. */
  readonly chain: readonly [Certificate, ...(readonly Certificate[])]
  /** `fake`: the controller made it for itself. `application`: a program's own, which no manifest tells. */
  readonly from:
    { readonly kind: 'secret'; readonly secret: ObjectRef } | { readonly kind: 'fake' | 'application' }
}

/** A TLS handshake as the client's program knows it. Always TLS 1.3 with TLS_AES_256_GCM_SHA384. */
export interface TlsHandshake {
  readonly hello: ClientHello
  readonly shown: ShownCertificate
  /** Absent: none agreed on. */
  readonly alpn?: Alpn
  /** What the client thinks of it, also where it was told not to care. */
  readonly chainVerdict: ChainVerdict
  /** Absent where the chain was refused: the name is looked at after it. */
  readonly hostMatch?: HostMatch
  /** False: the client was told not to care (`-k`). */
  readonly isChecked: boolean
}

/** Header names as sent, in order. `target` is the request target: path and query. */
export interface HttpRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: string
  /** Absent: HTTP/1.1. Over HTTP/2 names are in lower case; Host stands for `:authority`. */
  readonly version?: 'HTTP/2'
}

export interface HttpResponse {
  readonly status: number
  readonly reason: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  readonly version?: 'HTTP/2'
  /** Who wrote it, for people: `nginx in Pod default/nginx-…`, `ingress-nginx`. */
  readonly from: Subject
}

/** One form for every decision. `candidates` are in the order in which they were tried; the winner stands where it stood. */
export interface Evidence {
  readonly kind:
    | 'rules'
    | 'search-list'
    | 'hosts-file'
    | 'records'
    | 'routes'
    | 'tunnel'
    | 'announcers'
    | 'ration'
    | 'sockets'
    | 'endpoints'
    | 'certificates'
    | 'servers'
    | 'locations'
    | 'upstream'
    | 'listeners'
    | 'route-rules'
    | 'filters'
    | 'backends'
    | 'verification'
  readonly title: Phrase
  readonly candidates: readonly Candidate[]
  /** The rule, record, route or configuration itself. */
  readonly texts: readonly EvidenceText[]
}

export interface Candidate {
  /** A rule's id where it is a rule, so that a Service card's row finds its outcome. */
  readonly id: string
  /** Literal, in mono: `p 0.20`, `KUBE-FORWARD`, `location "/"`, `nginx.default.svc.cluster.local`. */
  readonly name: string
  /** `unknown`: not modelled. */
  readonly verdict: 'lost' | 'won' | 'not-tried' | 'unknown'
  readonly reason: Phrase
  /** Whose it is and where it leads, literal: `default/web01 → nginx:80`. */
  readonly about?: string
  /** Who wrote the rule, where it is one of iptables. */
  readonly owner?: RuleOwner
  /** Both 0…1. */
  readonly draw?: { readonly drawn: number; readonly probability: number }
}

export interface EvidenceText {
  /** Literal, never translated. */
  readonly text: string
  /** Parts of `text` that decided. */
  readonly marks: readonly string[]
  readonly basis?: Basis
}

/** A manifest range behind a hop. Without `file` the object was made by a controller, `via` naming the chain to a file. */
export interface Because {
  readonly object: ObjectRef
  readonly file?: string
  /** Lines from 1, both included; offsets half-open. */
  readonly range?: {
    readonly line: number
    readonly endLine: number
    readonly from: number
    readonly to: number
  }
}

export interface Verdict {
  readonly kind:
    | 'answered'
    | 'refused'
    | 'timed-out'
    | 'reset'
    | 'name-not-found'
    | 'unreachable'
    /** The handshake failed: a certificate that the client does not trust, or no TLS at all. */
    | 'tls-failed'
    | 'dropped'
    | 'unknown'
    | 'bad-request'
  /** One sentence. */
  readonly phrase: Phrase
  /** HTTP status, where there is one. */
  readonly status?: number
}

/** What the client's program got. */
export type Result =
  | {
      readonly kind: 'http'
      readonly address: IpAddress
      readonly port: number
      readonly request: HttpRequest
      readonly response: HttpResponse
      /** Present for https. */
      readonly tls?: TlsHandshake
    }
  | {
      readonly kind: 'tls-failed'
      readonly address: IpAddress
      readonly port: number
      /** `chain`, `name`: the client refused. `wrong-version`: what came back was no TLS. */
      readonly error: 'chain' | 'name' | 'wrong-version'
      /** Absent where no certificate came. */
      readonly tls?: TlsHandshake
    }
  | { readonly kind: 'connected'; readonly address: IpAddress; readonly port: number }
  | {
      /** A datagram was taken; nobody says what comes of it. */ readonly kind: 'delivered'
      readonly address: IpAddress
      readonly port: number
    }
  | {
      readonly kind: 'connect-failed'
      readonly address: IpAddress
      readonly port: number
      readonly error: 'refused' | 'timed-out' | 'unreachable' | 'reset' | 'empty-reply' | 'unknown'
      /** How long the program waited. */
      readonly afterMs: Millis
    }
  | {
      readonly kind: 'name-failed'
      readonly name: string
      readonly error: 'not-found' | 'try-again' | 'no-data' | 'illegal'
      readonly afterMs: Millis
    }
  | {
      readonly kind: 'ping'
      readonly name: string
      readonly address: IpAddress
      /** One an echo request sent; `rttMs` absent: no answer. `error`: an ICMP error and its sender. */
      readonly echoes: readonly {
        readonly sequence: number
        readonly rttMs?: number
        readonly ttl?: number
        readonly error?: { readonly from: IpAddress; readonly text: string }
      }[]
    }
  | {
      readonly kind: 'dns'
      /** The first that was asked. */
      readonly server: IpAddress
      /** The program's lookups, all that each of them sent and got. */
      readonly talks: readonly NameTalk[]
      /** The last reply. */
      readonly reply?: DnsMessage
      readonly error?: 'timed-out' | 'refused' | 'illegal-name'
      readonly transport: 'UDP' | 'TCP'
      readonly afterMs: Millis
    }
  | {
      /** The way led to something that we do not model. */ readonly kind: 'not-modelled'
      readonly address: IpAddress
      readonly port: number
      readonly what: string
    }
  /** Its Pod was deleted while it waited. */
  | { readonly kind: 'client-gone' }
  | { readonly kind: 'bad-request'; readonly phrase: Phrase }
