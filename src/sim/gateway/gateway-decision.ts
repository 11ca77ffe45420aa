/** What the gateway decided about a request, step by step, each candidate with what it lost or won by. Plain data. */
import type { ObjectRef, Origin } from '../cluster/object-ref.ts'
import type { HttpRouteFilter } from '../cluster/gateway-objects.ts'
import type { PrecedenceRule } from './precedence.ts'
import type { BackendEndpoint, UnresolvedReason } from './resolve-backend.ts'

/** One choice; candidates in the order in which they come, the winner where it stands. */
export interface Choice<Reason> {
  readonly candidates: readonly {
    /** Literal: `http :80 *.example.com`; `default/web rules[0].matches[1]`. */
    readonly name: string
    readonly verdict: 'lost' | 'won'
    readonly reason: Reason
  }[]
}

/** `name` is what was compared: the Host header's name, or the ClientHello's. */
export type ListenerReason =
  | { readonly kind: 'port-differs'; readonly port: number }
  | { readonly kind: 'not-programmed' }
  | { readonly kind: 'name-equal'; readonly name: string }
  | { readonly kind: 'name-covered'; readonly name: string }
  | { readonly kind: 'any-name'; readonly name: string }
  | { readonly kind: 'name-differs'; readonly name: string }
  /** It covers the name, but `than` does so more closely. */
  | { readonly kind: 'less-specific'; readonly name: string; readonly than: string }

export type RuleReason =
  | { readonly kind: 'host-differs'; readonly host: string; readonly wanted: string }
  | { readonly kind: 'path-differs'; readonly path: string; readonly wanted: string }
  | { readonly kind: 'method-differs'; readonly method: string; readonly wanted: string }
  | {
      readonly kind: 'header-differs' | 'query-differs'
      readonly name: string
      readonly wanted: string
      readonly got: string
    }
  /** The host name of another Route fits more closely, so this one's rules do not come up. */
  | { readonly kind: 'host-less-specific'; readonly host: string; readonly than: string }
  /** It fits as well; `than` has precedence, by `rule`. */
  | { readonly kind: `after-${PrecedenceRule}`; readonly than: string }
  | { readonly kind: 'regex-not-modelled'; readonly pattern: string }
  | { readonly kind: 'fits'; readonly path: string }

/** One backendRef of the rule. It wins where `drawn` is in its part of the weights, `from` ≤ drawn < `to`, all 0…1. */
export interface BackendCandidate {
  readonly name: string
  readonly weight: number
  readonly verdict: 'lost' | 'won'
  readonly from: number
  readonly to: number
  /** Absent: there was nothing to draw. */
  readonly drawn?: number
}

/** A filter that came to its turn; `did` is what a person would see of it: `X-Env: canary`, `/one/two`. */
export interface FilterStep {
  readonly filter: HttpRouteFilter
  readonly did: readonly string[]
}

export interface GatewayDecision {
  readonly listener: Choice<ListenerReason>
  /** Of HTTPS, by the ClientHello's name; `listener` is then the choice by Host. */
  readonly bySni?: Choice<ListenerReason>
  readonly rule: Choice<RuleReason>
  readonly route?: ObjectRef
  readonly filters: readonly FilterStep[]
  /** In the order of the rule; empty where the rule has none or was not reached. */
  readonly backends: readonly BackendCandidate[]
  readonly outcome: GatewayOutcome
  /** The manifest fields behind listener, rule and backend. */
  readonly because: readonly Origin[]
}

export interface GatewayRequest {
  readonly method: string
  readonly target: string
  readonly headers: Headers
  readonly body?: string
}

export type Headers = readonly (readonly [name: string, value: string])[]

/** An answer of the gateway's own: without a body, as Envoy's are for what no route takes. */
export interface OwnAnswer {
  readonly status: number
  readonly reason: string
  readonly headers: Headers
  readonly body: string
}

export type GatewayOutcome =
  | {
      readonly kind: 'proxy'
      readonly service: ObjectRef
      readonly port: number
      readonly endpoint: BackendEndpoint
      /** All that were ready. */
      readonly endpoints: readonly BackendEndpoint[]
      readonly request: GatewayRequest
      /** Filters on the way back, the rule's first. */
      readonly onResponse: readonly FilterStep[]
      /** The shorter of the rule's time-outs; absent: none. */
      readonly timeoutMs?: number
      readonly mirrors: readonly Mirror[]
    }
  | { readonly kind: 'respond'; readonly answer: OwnAnswer; readonly because: AnswerReason }
  /** No listener has a certificate for the name: the handshake fails. */
  | { readonly kind: 'no-certificate'; readonly name: string }
  | { readonly kind: 'not-modelled'; readonly what: 'regular-expression'; readonly pattern: string }

/** A copy of the request; its answer is thrown away. */
export interface Mirror {
  readonly service: ObjectRef
  readonly port: number
  readonly endpoint: BackendEndpoint
}

/** Why the gateway answers itself. */
export type AnswerReason =
  /** 404: no listener takes the name. */
  | { readonly kind: 'no-listener'; readonly host: string }
  /** 404. */
  | { readonly kind: 'no-route'; readonly host: string; readonly path: string }
  /** 421: the ClientHello named another listener's host than the Host header. */
  | { readonly kind: 'misdirected'; readonly sni: string; readonly host: string }
  /** 3xx. */
  | { readonly kind: 'redirect'; readonly url: string }
  /** 500: no backendRefs, or all weights 0. */
  | { readonly kind: 'no-backend' }
  /** 500. */
  | { readonly kind: 'unresolved-backend'; readonly backend: string; readonly reason: UnresolvedReason }
  /** 503. */
  | { readonly kind: 'no-endpoints'; readonly backend: string }
