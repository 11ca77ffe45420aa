/** What comes of a request at the controller. Plain data. */
import type { ObjectRef, Origin } from '../cluster/object-ref.ts'
import type { CanaryReason } from './canary.ts'
import type { BalancerReason } from './balancing.ts'
import type { Decision } from './decision.ts'
import type { OwnResponse } from './error-page.ts'
import type { ProxiedRequest } from './proxied-request.ts'
import type { EmptyReason, UpstreamEndpoint } from './virtual-server.ts'

/** Where the request goes, and why. */
export interface RouteDecision {
  /** Only over https. */
  readonly certificate?: Decision
  /** The Secret served; absent over http and for the controller's own certificate. */
  readonly certificateSecret?: ObjectRef
  readonly server: Decision
  readonly location: Decision
  /** The Ingress of the location, `$ingress_name`. */
  readonly ingress?: ObjectRef
  /** Where the upstream has a canary: the names of both, and who got the request. */
  readonly canary?: {
    readonly main: string
    readonly canary: string
    readonly taken: boolean
    readonly reason: CanaryReason
  }
  readonly outcome: RouteOutcome
  /** The manifest fields behind server, location and upstream. */
  readonly because: readonly Origin[]
  /** Annotations of the location's Ingress that this model does not know, without their prefix. */
  readonly notModelled: readonly string[]
}

/** What nginx adds to the response: the affinity cookie before the Pod's own headers, HSTS behind them, over https. */
export type AddedHeaders = readonly (readonly [name: string, value: string])[]

export type RouteOutcome =
  | {
      readonly kind: 'proxy'
      readonly upstream: string
      readonly endpoint: UpstreamEndpoint
      /** All members, in the ring's order. */
      readonly endpoints: readonly UpstreamEndpoint[]
      /** How long nginx waits for it and how many it tries. */
      readonly patience: { readonly connectMs: number; readonly answerMs: number; readonly tries: number }
      /** What chose among them. */
      readonly balancing: BalancerReason
      /** What nginx speaks to the endpoint. */
      readonly scheme: 'http' | 'https'
      readonly request: ProxiedRequest
      readonly addedHeaders: AddedHeaders
    }
  /** An ExternalName: nginx asks its name server; unresolvable ends as 503. */
  | {
      readonly kind: 'proxy-by-name'
      readonly upstream: string
      readonly hostname: string
      readonly port: number
      readonly request: ProxiedRequest
      readonly addedHeaders: AddedHeaders
    }
  | { readonly kind: 'respond'; readonly response: OwnResponse; readonly because: RespondReason }
  /** The location's pattern is beyond our regular expressions. */
  | { readonly kind: 'not-modelled'; readonly what: 'regular-expression'; readonly pattern: string }

/** Why nginx answers itself. */
export type RespondReason =
  | { readonly kind: 'bad-host'; readonly why: 'empty' | 'double-dot' | 'forbidden-character' }
  | {
      readonly kind: 'bad-target'
      readonly why: 'no-absolute-path' | 'above-root' | 'bad-escape' | 'control-character'
    }
  /** No Ingress has this host. */
  | { readonly kind: 'no-ingress'; readonly host: string }
  /** An Ingress has the host, none has the path. */
  | { readonly kind: 'no-path'; readonly host: string; readonly path: string }
  /** Every member has failed this request. */
  | { readonly kind: 'no-peer'; readonly upstream: string }
  | { readonly kind: 'no-endpoints'; readonly upstream: string; readonly empty: EmptyReason }
  | {
      readonly kind: 'redirect-https'
      readonly by: 'force-ssl-redirect' | 'ssl-redirect'
      readonly entry?: string
    }
  | { readonly kind: 'redirect-slash'; readonly path: string }
  | { readonly kind: 'redirect-annotation'; readonly url: string }
  | { readonly kind: 'app-root'; readonly path: string }
  | { readonly kind: 'redirect-www'; readonly name: string }
  /** `limit`: client_max_body_size. */
  | { readonly kind: 'body-too-large'; readonly limit: string }
  | { readonly kind: 'regex-too-costly'; readonly pattern: string }
  | { readonly kind: 'healthz' | 'nginx-status' }
