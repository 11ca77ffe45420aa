/** Gateways and HTTPRoutes as the page shows them: what they say, and what their controller says of them in `status`. */
import type { Cluster } from './cluster/cluster.ts'
import type { Gateway, HttpRoute } from './cluster/gateway-objects.ts'
import { objectKey, type ObjectRef } from './cluster/object-ref.ts'
import { printPath } from './gateway/match-request.ts'
import { listAt, numberAt, textAt, valueAt } from './manifest/json-fields.ts'
import type { JsonValue } from './manifest/manifest.ts'
import type { ConditionView, GatewayCardView, RouteCardView } from './snapshot.ts'
import { becauseOfAll } from './trace/recorder.ts'

/** A Gateway with the state of each listener. */
export function gatewayCardView(cluster: Cluster, gateway: Gateway): GatewayCardView {
  const status = statusOf(cluster, gateway.ref)
  return {
    ref: gateway.ref,
    className: gateway.gatewayClassName,
    addresses: listAt(status, 'addresses').flatMap((each) => textAt(each, 'value') ?? []),
    conditions: conditionsIn(status),
    listeners: gateway.listeners.map(({ name, protocol, port, hostname }) => {
      const said = listAt(status, 'listeners').find((each) => textAt(each, 'name') === name)
      return {
        name,
        protocol,
        port,
        hostname,
        attachedRoutes: numberAt(said, 'attachedRoutes') ?? 0,
        conditions: conditionsIn(said),
      }
    }),
    because: becauseOfAll(cluster, [{ object: gateway.ref, paths: [['spec', 'listeners']] }]),
  }
}

/** An HTTPRoute; `parents` are those that a controller has spoken of, or all that it names. */
export function routeCardView(cluster: Cluster, route: HttpRoute): RouteCardView {
  const said = listAt(statusOf(cluster, route.ref), 'parents')
  return {
    ref: route.ref,
    hostnames: route.hostnames,
    parents: route.parentRefs.map(({ namespace, name, sectionName }) => {
      const found = said.find(
        (each) =>
          textAt(each, 'parentRef', 'name') === name &&
          textAt(each, 'parentRef', 'sectionName') === sectionName,
      )
      return {
        gateway: { kind: 'Gateway', namespace: namespace ?? route.ref.namespace, name },
        ...(sectionName === undefined ? {} : { sectionName }),
        conditions: conditionsIn(found),
      }
    }),
    rules: route.rules.map(({ matches, filters, backendRefs }) => ({
      matches: matches.map(({ path, method, headers, queryParams }) =>
        [
          method,
          printPath(path),
          ...headers.map(({ name, value }) => `${name}: ${value}`),
          ...queryParams.map(({ name, value }) => `?${name}=${value}`),
        ]
          .filter((part) => part !== undefined)
          .join(' '),
      ),
      filters: filters.map((filter) => (filter.kind === 'unsupported' ? filter.type : filter.kind)),
      backends: backendRefs.map(({ namespace, name, port, weight }) => ({
        service: { kind: 'Service', namespace: namespace ?? route.ref.namespace, name },
        port: port ?? 0,
        weight,
      })),
    })),
    because: becauseOfAll(cluster, [{ object: route.ref, paths: [['spec', 'rules']] }]),
  }
}

function statusOf(cluster: Cluster, ref: ObjectRef): JsonValue | undefined {
  return valueAt(cluster.objects[objectKey(ref)]?.body, 'status')
}

function conditionsIn(value: JsonValue | undefined): readonly ConditionView[] {
  return listAt(value, 'conditions').map((each) => ({
    type: textAt(each, 'type') ?? '',
    status: textAt(each, 'status') ?? '',
    reason: textAt(each, 'reason') ?? '',
    message: textAt(each, 'message') ?? '',
  }))
}
