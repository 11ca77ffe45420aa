/**
 * What one Gateway's proxy is told: its listeners, and for each of them the matches of the attached Routes in order of precedence.
 * Plain data.
 */
import type { Millis } from '../clock.ts'
import type { HttpRouteFilter, HttpRouteMatch, Listener } from '../cluster/gateway-objects.ts'
import type { ObjectRef, Origin } from '../cluster/object-ref.ts'
import type { ResolvedBackend } from './resolve-backend.ts'

export interface DataPlane {
  readonly gateway: ObjectRef
  /** In the Gateway's order. */
  readonly listeners: readonly ServedListener[]
}

export interface ServedListener {
  readonly listener: Listener
  /** A listener that is not programmed takes no requests. */
  readonly isProgrammed: boolean
  /** Of every attached Route, from the first in precedence to the last. */
  readonly entries: readonly RouteEntry[]
  readonly because: Origin
}

/** One match of one rule under one host name. */
export interface RouteEntry {
  readonly route: ObjectRef
  readonly createdAtMs: Millis
  /** Effective host name: `''` is every host. */
  readonly host: string
  readonly ruleIndex: number
  readonly matchIndex: number
  readonly match: HttpRouteMatch
  readonly rule: ServedRule
}

export interface ServedRule {
  readonly filters: readonly HttpRouteFilter[]
  readonly backends: readonly ServedBackend[]
  readonly requestTimeoutMs?: Millis
  readonly backendTimeoutMs?: Millis
  readonly mirrors: readonly { readonly backend: ResolvedBackend; readonly share: number }[]
}

export interface ServedBackend {
  /** As the Route writes it: `nginx:80`, `other/nginx:80`. */
  readonly name: string
  readonly weight: number
  readonly filters: readonly HttpRouteFilter[]
  readonly backend: ResolvedBackend
}
