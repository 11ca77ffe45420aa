/** What the controller says of an HTTPRoute at each parent of its own (apis/v1 RouteConditionType and its reasons). */
import type { Gateway, HttpRoute, HttpRouteRule, ParentRef } from '../cluster/gateway-objects.ts'
import type { Attachment } from './attach-routes.ts'
import { attachRoute, namesGateway } from './attach-routes.ts'
import type { Condition } from './condition.ts'
import type { GatewayView } from './gateway-view.ts'
import { isOurs } from './gateway-view.ts'
import type { UnresolvedReason } from './resolve-backend.ts'
import { resolveBackend } from './resolve-backend.ts'

/** One entry of `status.parents`. */
export interface RouteParent {
  readonly parent: ParentRef
  readonly gateway: Gateway
  readonly attachment: Attachment
  readonly conditions: readonly Condition[]
}

/** The entries of the Route's parents that are Gateways of ours, in the order of its parentRefs. Other parents get none. */
export function routeParents(route: HttpRoute, view: GatewayView): readonly RouteParent[] {
  return route.parentRefs.flatMap((parent) => {
    const gateway = view.gateways.find((each) => namesGateway(route, parent, each))
    if (gateway === undefined || !isOurs(gateway, view.gatewayClasses)) return []
    const attachment = attachRoute(route, parent, gateway, view.namespaces)
    const conditions = [acceptance(route, attachment), resolution(route, view), ...partial(route)]
    return [{ parent, gateway, attachment, conditions }]
  })
}

/** Whether a rule has a filter that is not carried out here; the rule is then left out. */
export function unsupportedFilter(rule: HttpRouteRule): string | undefined {
  const all = [...rule.filters, ...rule.backendRefs.flatMap(({ filters }) => filters)]
  return all.flatMap((filter) => (filter.kind === 'unsupported' ? [filter.type] : []))[0]
}

const refusals = {
  NoMatchingParent: 'No listener of the Gateway has the sectionName and port of the parentRef',
  NotAllowedByListeners: 'No listener allows Routes of this kind and namespace',
  NoMatchingListenerHostname: 'No listener has a hostname in common with the Route',
} as const

function acceptance(route: HttpRoute, attachment: Attachment): Condition {
  if (attachment.kind === 'refused')
    return {
      type: 'Accepted',
      status: 'False',
      reason: attachment.reason,
      message: refusals[attachment.reason],
    }
  const dropped = route.rules.filter((rule) => unsupportedFilter(rule) !== undefined)
  if (dropped.length > 0 && dropped.length === route.rules.length)
    return {
      type: 'Accepted',
      status: 'False',
      reason: 'UnsupportedValue',
      message: `Filter ${unsupportedFilter(route.rules[0] ?? emptyRule)} is not supported`,
    }
  return { type: 'Accepted', status: 'True', reason: 'Accepted', message: 'Route is accepted' }
}

const emptyRule: HttpRouteRule = { matches: [], filters: [], backendRefs: [] }

const unresolved: Readonly<Record<UnresolvedReason, string>> = {
  RefNotPermitted: 'No ReferenceGrant permits the reference to',
  InvalidKind: 'Not a kind of backend that is supported:',
  BackendNotFound: 'There is no such Service and port:',
}

function resolution(route: HttpRoute, view: GatewayView): Condition {
  for (const rule of route.rules) {
    const mirrors = rule.filters.flatMap((filter) =>
      filter.kind === 'RequestMirror' ? [filter.backendRef] : [],
    )
    for (const ref of [...rule.backendRefs, ...mirrors]) {
      const found = resolveBackend(route.ref, ref, view)
      if (found.kind === 'service') continue
      const name = `${ref.kind} ${ref.namespace ?? route.ref.namespace}/${ref.name}${ref.port === undefined ? '' : `:${ref.port}`}`
      const message = `${unresolved[found.reason]} ${name}`
      return { type: 'ResolvedRefs', status: 'False', reason: found.reason, message }
    }
  }
  return {
    type: 'ResolvedRefs',
    status: 'True',
    reason: 'ResolvedRefs',
    message: 'All references are resolved',
  }
}

function partial(route: HttpRoute): readonly Condition[] {
  const types = route.rules.flatMap((rule) => unsupportedFilter(rule) ?? [])
  if (types.length === 0 || types.length === route.rules.length) return []
  return [
    {
      type: 'PartiallyInvalid',
      status: 'True',
      reason: 'UnsupportedValue',
      message: `Dropped Rule: filter ${types[0]} is not supported`,
    },
  ]
}
