/**
 * Gateway API v1 objects (gateway.networking.k8s.io, standard channel of v1.6) in our spelling, the API's defaults filled in.
 * Fields that decide neither status nor a request's way (options, addresses asked for, `retry`) are left out.
 */
import type { LabelSelector } from '../manifest/label-selector.ts'
import type { Millis } from '../clock.ts'
import type { Meta } from './objects.ts'

/** What every one of them has besides: `metadata.generation`, which each condition repeats. */
interface Counted extends Meta {
  readonly generation: number
}

export interface GatewayClass extends Counted {
  readonly controllerName: string
  readonly parametersRef?: { readonly group: string; readonly kind: string; readonly name: string }
}

export interface Gateway extends Counted {
  readonly gatewayClassName: string
  readonly listeners: readonly Listener[]
  readonly infrastructure: {
    readonly labels: Readonly<Record<string, string>>
    readonly annotations: Readonly<Record<string, string>>
    readonly parametersRef?: { readonly group: string; readonly kind: string; readonly name: string }
  }
}

export interface Listener {
  readonly name: string
  /** `''`: every host. */
  readonly hostname: string
  readonly port: number
  /** `HTTP`, `HTTPS`, or anything else that the API lets through. */
  readonly protocol: string
  readonly tls?: { readonly mode: string; readonly certificateRefs: readonly TargetRef[] }
  readonly allowedRoutes: {
    readonly from: string
    /** Of namespaces, by their labels; only with `from: Selector`. */
    readonly selector: LabelSelector
    /** Absent: those of the protocol. */
    readonly kinds?: readonly { readonly group: string; readonly kind: string }[]
  }
}

/** An object that another one names. `namespace` is absent where the text has none: then it is the namer's own. */
export interface TargetRef {
  readonly group: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

/** Where a Route wants to be attached. */
export interface ParentRef extends TargetRef {
  /** The listener's name. */
  readonly sectionName?: string
  readonly port?: number
}

export interface HttpRoute extends Counted {
  readonly parentRefs: readonly ParentRef[]
  /** Empty: every host of the listener. */
  readonly hostnames: readonly string[]
  readonly rules: readonly HttpRouteRule[]
}

export interface HttpRouteRule {
  readonly name?: string
  /** At least one: alternatives. */
  readonly matches: readonly HttpRouteMatch[]
  readonly filters: readonly HttpRouteFilter[]
  readonly backendRefs: readonly HttpBackendRef[]
  /** Absent: no limit of the rule's own; 0: none at all. */
  readonly requestTimeoutMs?: Millis
  readonly backendTimeoutMs?: Millis
}

export interface HttpRouteMatch {
  readonly path: PathMatch
  readonly method?: string
  readonly headers: readonly ValueMatch[]
  readonly queryParams: readonly ValueMatch[]
}

export interface PathMatch {
  readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'
  readonly value: string
}

export interface ValueMatch {
  readonly type: 'Exact' | 'RegularExpression'
  readonly name: string
  readonly value: string
}

export interface BackendRef extends TargetRef {
  readonly port?: number
}

export interface HttpBackendRef extends BackendRef {
  readonly weight: number
  readonly filters: readonly HttpRouteFilter[]
}

export interface HeaderChange {
  readonly set: readonly HeaderField[]
  readonly add: readonly HeaderField[]
  readonly remove: readonly string[]
}

export interface HeaderField {
  readonly name: string
  readonly value: string
}

export type PathChange =
  | { readonly kind: 'ReplaceFullPath'; readonly to: string }
  | { readonly kind: 'ReplacePrefixMatch'; readonly to: string }

export type HttpRouteFilter =
  | { readonly kind: 'RequestHeaderModifier'; readonly change: HeaderChange }
  | { readonly kind: 'ResponseHeaderModifier'; readonly change: HeaderChange }
  | {
      readonly kind: 'RequestRedirect'
      readonly scheme?: string
      readonly hostname?: string
      readonly path?: PathChange
      readonly port?: number
      readonly statusCode: number
    }
  | { readonly kind: 'URLRewrite'; readonly hostname?: string; readonly path?: PathChange }
  /** `share`: the part of requests that are copied, 0…1. */
  | { readonly kind: 'RequestMirror'; readonly backendRef: BackendRef; readonly share: number }
  /** CORS, ExtensionRef, and whatever comes later: the rule is not carried out. */
  | { readonly kind: 'unsupported'; readonly type: string }

/** Lets objects of other namespaces name objects of its own. */
export interface ReferenceGrant extends Meta {
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[]
  /** `name` absent: all of the kind. */
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name?: string }[]
}
