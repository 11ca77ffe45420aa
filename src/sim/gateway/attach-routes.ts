/**
 * Which listeners a Route is attached to, and why not to the others (GEP-1364; apis/v1 ParentReference, AllowedRoutes). The first of
 * the tests that leaves no listener gives the reason.
 */
import type { Gateway, HttpRoute, Listener, ParentRef } from '../cluster/gateway-objects.ts'
import type { Namespace } from '../cluster/objects.ts'
import { matchesSelector } from '../manifest/label-selector.ts'
import { intersection } from './host-names.ts'
import { GATEWAY_GROUP } from './reference-grants.ts'

/** `hosts` are the effective host names: the Route's on that listener, `''` for every host. */
export interface AttachedListener {
  readonly listener: Listener
  readonly hosts: readonly string[]
}

export type Attachment =
  | { readonly kind: 'attached'; readonly listeners: readonly AttachedListener[] }
  | {
      readonly kind: 'refused'
      readonly reason: 'NoMatchingParent' | 'NotAllowedByListeners' | 'NoMatchingListenerHostname'
    }

/** Tries one parentRef of a Route at the Gateway that it names. */
export function attachRoute(
  route: HttpRoute,
  parent: ParentRef,
  gateway: Gateway,
  namespaces: readonly Namespace[],
): Attachment {
  const named = gateway.listeners.filter(
    (listener) =>
      (parent.sectionName ?? listener.name) === listener.name &&
      (parent.port ?? listener.port) === listener.port,
  )
  if (named.length === 0) return { kind: 'refused', reason: 'NoMatchingParent' }
  const allowing = named.filter(
    (listener) => allowsKind(listener) && allowsNamespace(listener, gateway, route, namespaces),
  )
  if (allowing.length === 0) return { kind: 'refused', reason: 'NotAllowedByListeners' }
  const listeners = allowing
    .map((listener) => ({ listener, hosts: effectiveHosts(route, listener) }))
    .filter(({ hosts }) => hosts.length > 0)
  return listeners.length === 0
    ? { kind: 'refused', reason: 'NoMatchingListenerHostname' }
    : { kind: 'attached', listeners }
}

/** Whether a parentRef of the Route names this Gateway. */
export function namesGateway(route: HttpRoute, parent: ParentRef, gateway: Gateway): boolean {
  return (
    parent.group === GATEWAY_GROUP &&
    parent.kind === 'Gateway' &&
    parent.name === gateway.ref.name &&
    (parent.namespace ?? route.ref.namespace) === gateway.ref.namespace
  )
}

/** The kinds of Routes that a listener's protocol can carry here. */
export function kindsOfProtocol(protocol: string): readonly string[] {
  return protocol === 'HTTP' || protocol === 'HTTPS' ? ['HTTPRoute'] : []
}

function allowsKind({ allowedRoutes, protocol }: Listener): boolean {
  if (allowedRoutes.kinds === undefined) return kindsOfProtocol(protocol).includes('HTTPRoute')
  return allowedRoutes.kinds.some(({ group, kind }) => group === GATEWAY_GROUP && kind === 'HTTPRoute')
}

function allowsNamespace(
  { allowedRoutes }: Listener,
  gateway: Gateway,
  route: HttpRoute,
  namespaces: readonly Namespace[],
): boolean {
  switch (allowedRoutes.from) {
    case 'All':
      return true
    case 'Same':
      return route.ref.namespace === gateway.ref.namespace
    case 'Selector': {
      const labels = namespaces.find(({ ref }) => ref.name === route.ref.namespace)?.labels ?? {}
      return matchesSelector(allowedRoutes.selector, labels)
    }
  }
  return false
}

function effectiveHosts(route: HttpRoute, listener: Listener): readonly string[] {
  if (route.hostnames.length === 0) return [listener.hostname]
  return route.hostnames.flatMap((host) => intersection(host, listener.hostname) ?? [])
}
