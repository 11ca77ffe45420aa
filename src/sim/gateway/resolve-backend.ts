/** What stands behind a backendRef: the Service and its ready Pods, or why the reference does not resolve (apis/v1 BackendRef). */
import type { BackendRef } from '../cluster/gateway-objects.ts'
import type { ObjectRef } from '../cluster/object-ref.ts'
import type { EndpointSlice, Service, ServicePort } from '../cluster/objects.ts'
import type { IpAddress } from '../network/address.ts'
import type { GatewayView } from './gateway-view.ts'
import { isGranted } from './reference-grants.ts'

/** An address that the gateway connects to itself. `pod` absent: nobody gave the address a Pod. */
export interface BackendEndpoint {
  readonly address: IpAddress
  readonly port: number
  readonly pod?: ObjectRef
}

export type ResolvedBackend =
  /** Ready endpoints, maybe none. */
  | {
      readonly kind: 'service'
      readonly service: ObjectRef
      readonly port: number
      readonly endpoints: readonly BackendEndpoint[]
    }
  | { readonly kind: 'unresolved'; readonly reason: UnresolvedReason }

/** The reasons of `ResolvedRefs: False`. */
export type UnresolvedReason = 'RefNotPermitted' | 'InvalidKind' | 'BackendNotFound'

type Targets = Pick<GatewayView, 'services' | 'endpointSlices' | 'referenceGrants'>

/**
 * Resolves a reference of the object `from`. ExternalName Services are not taken: an implementation should not follow them
 * (apis/v1 BackendObjectReference), so they count as not found.
 */
export function resolveBackend(from: ObjectRef, to: BackendRef, view: Targets): ResolvedBackend {
  if (to.group !== '' || to.kind !== 'Service') return { kind: 'unresolved', reason: 'InvalidKind' }
  if (!isGranted(from, to, view.referenceGrants)) return { kind: 'unresolved', reason: 'RefNotPermitted' }
  const namespace = to.namespace ?? from.namespace
  const service = view.services.find(({ ref }) => ref.namespace === namespace && ref.name === to.name)
  const port = service?.ports.find((each) => each.port === to.port && each.protocol === 'TCP')
  if (service === undefined || port === undefined || service.type === 'ExternalName')
    return { kind: 'unresolved', reason: 'BackendNotFound' }
  return {
    kind: 'service',
    service: service.ref,
    port: port.port,
    endpoints: readyEndpoints(service, port, view.endpointSlices),
  }
}

/** Each ready address once, in the order of the slices. Of two families the Service's first. */
function readyEndpoints(
  service: Service,
  port: ServicePort,
  slices: readonly EndpointSlice[],
): readonly BackendEndpoint[] {
  const found = new Map<string, BackendEndpoint>()
  for (const slice of slices) {
    const isOwn =
      slice.serviceName === service.ref.name &&
      slice.ref.namespace === service.ref.namespace &&
      slice.addressType === (service.ipFamilies[0] ?? 'IPv4')
    const slicePort = slice.ports.find(
      (each) => each.protocol === port.protocol && (each.name ?? '') === port.name,
    )?.port
    if (!isOwn || slicePort === undefined) continue
    for (const { ready, addresses, targetRef } of slice.endpoints) {
      if (!ready) continue
      const pod = targetRef?.kind === 'Pod' ? { pod: targetRef } : {}
      for (const address of addresses)
        found.set(`${address} ${slicePort}`, { address, port: slicePort, ...pod })
    }
  }
  return [...found.values()]
}
