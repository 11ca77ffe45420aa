/**
 * Who stands behind a Service port for nginx: Pod addresses from EndpointSlices, which nginx connects to itself.
 * Models serviceEndpoints (ingress-nginx internal/ingress/controller/controller.go) and getEndpointsFromSlices (endpointslices.go).
 * An endpoint counts if it is ready; there is no fallback to serving, terminating ones as in kube-proxy.
 */
import type { EndpointSlice, Service, ServicePort } from '../cluster/objects.ts'
import { parseIp } from '../network/address.ts'
import type { BackendService, UpstreamEndpoint, UpstreamMembers } from './virtual-server.ts'

/** What the controller sees of Services. */
export interface ServicesInView {
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
}

/** The members of one upstream. `serviceUpstream`: the ClusterIP alone, where the Service has one. */
export function upstreamMembers(
  backend: BackendService,
  view: ServicesInView,
  serviceUpstream: boolean,
): UpstreamMembers {
  const service = findService(backend, view.services)
  if (service === undefined) return { kind: 'none', reason: { kind: 'no-service' } }
  const clusterIp = serviceUpstream ? clusterIpMember(service, backend.port) : undefined
  if (clusterIp !== undefined) return clusterIp
  if (service.type === 'ExternalName') return externalMember(service, backend.port)
  const port = findPort(service, backend.port)
  if (port === undefined) return { kind: 'none', reason: { kind: 'no-such-port', port: backend.port } }
  return readyEndpoints(service, port, view.endpointSlices)
}

/** The members behind the first port of a Service, as `--default-backend-service` uses it. */
export function firstPortMembers(service: Service, view: ServicesInView): UpstreamMembers {
  const port = service.ports[0]
  if (port === undefined) return { kind: 'none', reason: { kind: 'no-such-port', port: '' } }
  return readyEndpoints(service, port, view.endpointSlices)
}

/** The Service of a backend, by namespace and name. */
export function findService(
  wanted: { readonly namespace: string; readonly name: string },
  services: readonly Service[],
): Service | undefined {
  return services.find(({ ref }) => ref.namespace === wanted.namespace && ref.name === wanted.name)
}

/** EndpointSlices of a Service. */
export function slicesOf(service: Service, slices: readonly EndpointSlice[]): readonly EndpointSlice[] {
  return slices.filter(
    (slice) => slice.serviceName === service.ref.name && slice.ref.namespace === service.ref.namespace,
  )
}

/** The first port whose number, targetPort or name is what the Ingress wrote. */
function findPort(service: Service, wanted: number | string): ServicePort | undefined {
  const text = String(wanted)
  return service.ports.find(
    (port) => String(port.port) === text || String(port.targetPort) === text || port.name === text,
  )
}

function readyEndpoints(
  service: Service,
  port: ServicePort,
  slices: readonly EndpointSlice[],
): UpstreamMembers {
  const found = new Map<string, UpstreamEndpoint>()
  let total = 0
  for (const slice of slicesOf(service, slices)) {
    const slicePort = slice.ports.find(
      (each) => each.protocol === port.protocol && (port.name === '' || (each.name ?? '') === port.name),
    )?.port
    if (slicePort === undefined) continue
    for (const endpoint of slice.endpoints) {
      total++
      if (!endpoint.ready) continue
      for (const address of endpoint.addresses) {
        const pod = endpoint.targetRef?.kind === 'Pod' ? { pod: endpoint.targetRef } : {}
        found.set(`${address} ${slicePort}`, { address, port: slicePort, ...pod })
      }
    }
  }
  if (found.size === 0) return { kind: 'none', reason: { kind: 'none-ready', total } }
  return { kind: 'endpoints', endpoints: [...found.values()] }
}

/** getServiceClusterEndpoint: a port given by number is used as it stands, unchecked; one given by name must exist. */
function clusterIpMember(service: Service, wanted: number | string): UpstreamMembers | undefined {
  const address = service.clusterIps[0]
  const port = typeof wanted === 'number' ? wanted : service.ports.find(({ name }) => name === wanted)?.port
  return address === undefined || port === undefined
    ? undefined
    : { kind: 'cluster-ip', endpoint: { address, port } }
}

/** The targetPort of the Service's port that fits; a number that fits none is used as it stands (externalNamePorts). */
function externalMember(service: Service, wanted: number | string): UpstreamMembers {
  const hostname = service.externalName ?? ''
  const refused: UpstreamMembers = { kind: 'none', reason: { kind: 'external-name-refused', hostname } }
  const port = Number(findPort(service, wanted)?.targetPort ?? wanted)
  if (!Number.isInteger(port) || port <= 0) return refused
  const address = parseIp(hostname)
  if (address !== undefined)
    return /^127\.|^::1$/.test(address) ? refused : { kind: 'endpoints', endpoints: [{ address, port }] }
  const isDnsName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(hostname)
  return hostname === 'localhost' || !isDnsName ? refused : { kind: 'external-name', hostname, port }
}
