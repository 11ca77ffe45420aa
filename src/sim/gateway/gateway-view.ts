/** What the gateway's controller watches. */
import type { Cluster } from '../cluster/cluster.ts'
import type { Gateway, GatewayClass, HttpRoute, ReferenceGrant } from '../cluster/gateway-objects.ts'
import type { EndpointSlice, Namespace, Service } from '../cluster/objects.ts'
import { readCertificatePair } from './certificate-pair.ts'
import type { CertificatePair } from './certificate-pair.ts'

/** The `controllerName` of the classes that are carried out here; those of any other wait for their controller. */
export const CONTROLLER_NAME = 'podpath.dev/gateway'

/** Everything that status and routing depend on. */
export interface GatewayView {
  readonly gatewayClasses: readonly GatewayClass[]
  readonly gateways: readonly Gateway[]
  readonly httpRoutes: readonly HttpRoute[]
  readonly referenceGrants: readonly ReferenceGrant[]
  readonly namespaces: readonly Namespace[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly secrets: readonly CertificatePair[]
}

/** What a cluster shows the controller. */
export function viewOfCluster(cluster: Cluster): GatewayView {
  const secrets = Object.values(cluster.objects).filter(({ ref }) => ref.kind === 'Secret')
  return { ...cluster, secrets: secrets.map(readCertificatePair) }
}

/** Whether a Gateway is of a class of ours. */
export function isOurs(gateway: Gateway, classes: readonly GatewayClass[]): boolean {
  return classes.some(
    (each) => each.ref.name === gateway.gatewayClassName && each.controllerName === CONTROLLER_NAME,
  )
}
