/** What the gateway's controller watches. */
import type { Gateway, GatewayClass, HttpRoute, ReferenceGrant } from '../cluster/gateway-objects.ts'
import type { EndpointSlice, Namespace, Secret, Service } from '../cluster/objects.ts'

/** The `controllerName` of the classes that are carried out here; those of any other wait for their controller. */
export const CONTROLLER_NAME = 'podpath.dev/gateway'

/** Everything that status and routing depend on; a `Cluster` is one. */
export interface GatewayView {
  readonly gatewayClasses: readonly GatewayClass[]
  readonly gateways: readonly Gateway[]
  readonly httpRoutes: readonly HttpRoute[]
  readonly referenceGrants: readonly ReferenceGrant[]
  readonly namespaces: readonly Namespace[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly secrets: readonly Secret[]
}

/** Whether a Gateway is of a class of ours that is accepted: one with parameters is not, as no kind of them is known. */
export function isOurs(gateway: Gateway, classes: readonly GatewayClass[]): boolean {
  return classes.some(
    ({ ref, controllerName, parametersRef }) =>
      ref.name === gateway.gatewayClassName &&
      controllerName === CONTROLLER_NAME &&
      parametersRef === undefined,
  )
}
