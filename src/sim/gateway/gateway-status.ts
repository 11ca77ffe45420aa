/**
 * Writes the status of GatewayClasses, Gateways and HTTPRoutes. What belongs to another controller stays `Unknown`, Pending, `Waiting
 * for controller`, or as a paste gave it.
 */
import type { ControlLoop } from '../cluster/control-loop.ts'
import { update } from '../cluster/control-loop.ts'
import { withGatewayDefaults } from '../cluster/fill-gateway-defaults.ts'
import type { Gateway, ParentRef } from '../cluster/gateway-objects.ts'
import { timestamp } from '../cluster/object-identity.ts'
import type { ApiObject } from '../cluster/objects.ts'
import { readEndpointSlice } from '../cluster/read-endpoint-slice.ts'
import { readGateway, readGatewayClass, readReferenceGrant } from '../cluster/read-gateway.ts'
import { readHttpRoute } from '../cluster/read-http-route.ts'
import { readNamespace } from '../cluster/read-meta.ts'
import { readPod } from '../cluster/read-pod.ts'
import { readSecret } from '../cluster/read-secret.ts'
import { readService } from '../cluster/read-service.ts'
import { listAt, objectAt, textAt } from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'
import type { Condition } from './condition.ts'
import type { Provisioned } from './gateway-conditions.ts'
import { classConditions, gatewayConditions } from './gateway-conditions.ts'
import type { GatewayView } from './gateway-view.ts'
import { CONTROLLER_NAME, isOurs } from './gateway-view.ts'
import type { ListenerState } from './listener-conditions.ts'
import { listenerStates } from './listener-conditions.ts'
import { GATEWAY_NAME_LABEL } from './provision-gateways.ts'
import { GATEWAY_GROUP } from './reference-grants.ts'
import { routeParents } from './route-conditions.ts'

/** Writes all of them; Services have their addresses by now. */
export function writeGatewayStatuses(loop: ControlLoop): void {
  const classes = loop.store.ofKind('GatewayClass')
  const gateways = loop.store.ofKind('Gateway')
  const routes = loop.store.ofKind('HTTPRoute')
  if (classes.length + gateways.length + routes.length === 0) return
  const view = viewOf(loop)
  for (const object of classes) writeClass(loop, object)
  for (const object of gateways) writeGateway(loop, object, view)
  for (const object of routes) writeRoute(loop, object, view)
}

function viewOf({ store }: ControlLoop): GatewayView {
  return {
    gatewayClasses: store.ofKind('GatewayClass').map(readGatewayClass),
    gateways: store.ofKind('Gateway').map(readGateway),
    httpRoutes: store.ofKind('HTTPRoute').map(readHttpRoute),
    referenceGrants: store.ofKind('ReferenceGrant').map(readReferenceGrant),
    namespaces: store.ofKind('Namespace').map(readNamespace),
    services: store.ofKind('Service').map(readService),
    endpointSlices: store.ofKind('EndpointSlice').map(readEndpointSlice),
    secrets: store.ofKind('Secret').map(readSecret),
  }
}

function writeClass(loop: ControlLoop, object: ApiObject): void {
  const gatewayClass = readGatewayClass(object)
  if (gatewayClass.controllerName !== CONTROLLER_NAME) return leaveWaiting(loop, object)
  const conditions = timed(loop, object, ['conditions'], classConditions(gatewayClass))
  update(loop, object, { status: { ...objectAt(object.body, 'status'), conditions } })
}

/** The status that the CRD gives an object, unless the manifest brought one along. */
function leaveWaiting(loop: ControlLoop, object: ApiObject): void {
  if (object.source?.ranges['status'] !== undefined) return
  const { status } = withGatewayDefaults(object.ref.kind, {})
  if (status !== undefined) update(loop, object, { status })
}

function writeGateway(loop: ControlLoop, object: ApiObject, view: GatewayView): void {
  const gateway = readGateway(object)
  if (!isOurs(gateway, view.gatewayClasses)) return leaveWaiting(loop, object)
  const states = listenerStates(gateway, view)
  const provisioned = provisionedFor(loop, object)
  const { addresses } = provisioned
  update(loop, object, {
    status: {
      ...(addresses.length === 0
        ? {}
        : { addresses: addresses.map((value) => ({ type: 'IPAddress', value })) }),
      conditions: timed(loop, object, ['conditions'], gatewayConditions(gateway, states, provisioned)),
      listeners: states.map((state) => listenerStatus(loop, object, state, attachedTo(gateway, state, view))),
    },
  })
}

function provisionedFor({ store }: ControlLoop, gateway: ApiObject): Provisioned {
  const services = store.ownedBy(gateway.ref).filter(({ ref }) => ref.kind === 'Service')
  const { namespace, name } = gateway.ref
  return {
    addresses: services.flatMap((each) =>
      readService(each).loadBalancerIngress.flatMap(({ ip }) => ip ?? []),
    ),
    isReady: store.ofKind('Pod').some((object) => {
      const pod = readPod(object)
      return pod.ref.namespace === namespace && pod.labels[GATEWAY_NAME_LABEL] === name && pod.ready
    }),
  }
}

/** Accepted Routes on the listener, each counted once, resolved or not. */
function attachedTo(gateway: Gateway, { listener }: ListenerState, view: GatewayView): number {
  return view.httpRoutes.filter((route) =>
    routeParents(route, view).some(
      (parent) =>
        parent.gateway === gateway &&
        parent.attachment.kind === 'attached' &&
        parent.conditions.some(({ type, status }) => type === 'Accepted' && status === 'True') &&
        parent.attachment.listeners.some((each) => each.listener === listener),
    ),
  ).length
}

function listenerStatus(
  loop: ControlLoop,
  object: ApiObject,
  state: ListenerState,
  attachedRoutes: number,
): JsonObject {
  const { name } = state.listener
  const index = listAt(object.body, 'status', 'listeners').findIndex((each) => textAt(each, 'name') === name)
  return {
    name,
    supportedKinds: state.supportedKinds.map((kind) => ({ group: GATEWAY_GROUP, kind })),
    attachedRoutes,
    conditions: timed(loop, object, ['listeners', index, 'conditions'], state.conditions),
  }
}

function writeRoute(loop: ControlLoop, object: ApiObject, view: GatewayView): void {
  const before = listAt(object.body, 'status', 'parents')
  const others = before.filter((each) => textAt(each, 'controllerName') !== CONTROLLER_NAME)
  const ours = routeParents(readHttpRoute(object), view).map(({ parent, conditions }) => {
    const parentRef = parentJson(parent)
    const key = JSON.stringify(parentRef)
    const index = before.findIndex((each) => JSON.stringify(objectAt(each, 'parentRef')) === key)
    return {
      parentRef,
      controllerName: CONTROLLER_NAME,
      conditions: timed(loop, object, ['parents', index, 'conditions'], conditions),
    }
  })
  const parents = [...others, ...ours]
  if (parents.length > 0 || before.length > 0) update(loop, object, { status: { parents } })
}

function parentJson({ group, kind, namespace, name, sectionName, port }: ParentRef): JsonObject {
  return {
    group,
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    ...(sectionName === undefined ? {} : { sectionName }),
    ...(port === undefined ? {} : { port }),
  }
}

/** With generation and time; a condition keeps its time while its status stays. */
function timed(
  loop: ControlLoop,
  object: ApiObject,
  path: readonly (string | number)[],
  conditions: readonly Condition[],
): JsonValue {
  const before = listAt(object.body, 'status', ...path)
  const generation = objectAt(object.body, 'metadata')['generation'] ?? 1
  return conditions.map((condition) => {
    const same = before.find(
      (each) => textAt(each, 'type') === condition.type && textAt(each, 'status') === condition.status,
    )
    return {
      ...condition,
      observedGeneration: generation,
      lastTransitionTime: textAt(same, 'lastTransitionTime') ?? timestamp(loop.nowMs),
    }
  })
}
