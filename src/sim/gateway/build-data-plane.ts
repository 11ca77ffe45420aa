/** From objects to what one Gateway's proxy is told. */
import type { Gateway, HttpRouteRule } from '../cluster/gateway-objects.ts'
import type { ObjectRef } from '../cluster/object-ref.ts'
import type { DataPlane, RouteEntry, ServedRule } from './data-plane.ts'
import type { GatewayView } from './gateway-view.ts'
import { listenerStates } from './listener-conditions.ts'
import { byPrecedence } from './precedence.ts'
import { resolveBackend } from './resolve-backend.ts'
import { routeParents, unsupportedFilter } from './route-conditions.ts'

/** Builds what the proxy of a Gateway of ours is told. */
export function buildDataPlane(gateway: Gateway, view: GatewayView): DataPlane {
  const entries = new Map<string, RouteEntry[]>()
  for (const route of view.httpRoutes) {
    const seen = new Set<string>()
    for (const { gateway: parent, attachment, conditions } of routeParents(route, view)) {
      const isAccepted = conditions.some(({ type, status }) => type === 'Accepted' && status === 'True')
      if (parent !== gateway || attachment.kind === 'refused' || !isAccepted) continue
      for (const { listener, hosts } of attachment.listeners) {
        // Two parentRefs may lead to one listener.
        if (seen.has(listener.name)) continue
        seen.add(listener.name)
        const list = entries.get(listener.name) ?? []
        entries.set(listener.name, list)
        for (const [ruleIndex, rule] of route.rules.entries()) {
          if (unsupportedFilter(rule) !== undefined) continue
          const served = servedRule(route.ref, rule, view)
          for (const host of new Set(hosts))
            for (const [matchIndex, match] of rule.matches.entries()) {
              const { ref, createdAtMs } = route
              list.push({ route: ref, createdAtMs, host, ruleIndex, matchIndex, match, rule: served })
            }
        }
      }
    }
  }
  return {
    gateway: gateway.ref,
    listeners: listenerStates(gateway, view).map(({ listener, isProgrammed }, index) => ({
      listener,
      isProgrammed,
      entries: (entries.get(listener.name) ?? []).toSorted(byPrecedence),
      because: { object: gateway.ref, paths: [['spec', 'listeners', index]] },
    })),
  }
}

function servedRule(route: ObjectRef, rule: HttpRouteRule, view: GatewayView): ServedRule {
  const { requestTimeoutMs, backendTimeoutMs } = rule
  return {
    filters: rule.filters,
    backends: rule.backendRefs.map((ref) => ({
      name: `${ref.namespace === undefined ? '' : `${ref.namespace}/`}${ref.name}${ref.port === undefined ? '' : `:${ref.port}`}`,
      weight: ref.weight,
      filters: ref.filters,
      backend: resolveBackend(route, ref, view),
    })),
    mirrors: rule.filters.flatMap((filter) =>
      filter.kind === 'RequestMirror'
        ? [{ backend: resolveBackend(route, filter.backendRef, view), share: filter.share }]
        : [],
    ),
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
    ...(backendTimeoutMs === undefined ? {} : { backendTimeoutMs }),
  }
}
