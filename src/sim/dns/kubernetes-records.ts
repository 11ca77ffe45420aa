/**
 * Which records a name of the cluster's zone has: Services, endpoints and Pods (CoreDNS 1.14.7 plugin/kubernetes/kubernetes.go, Records,
 * findServices, findPods; reverse.go).
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { Service } from '../cluster/objects.ts'
import { parseIp } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'
import { absoluteName } from './domain-name.ts'
import type { KubernetesIndex, ReadyEndpoint } from './kubernetes-index.ts'
import type { NameFinding, NameParts } from './kubernetes-name.ts'
import type { KubernetesConfig } from './plugin-config.ts'

/** One address (or external name) and port that a name stands for. */
export interface RecordSource {
  /** An address, or the target of an ExternalName. */
  readonly host: IpAddress | { readonly target: string }
  /** -1: the Service or endpoint has no port. */
  readonly port: number
  /** The absolute name under which this address stands alone: the target of SRV records. */
  readonly ownName: string
  readonly because: Origin
}

/** What was found; `exists` false means NXDOMAIN. A name may exist without any source: NODATA. */
export interface Found {
  readonly exists: boolean
  readonly finding: NameFinding
  readonly sources: readonly RecordSource[]
}

/** Looks a name's parts up. `zone` in the letters of the question. */
export function findRecords(
  index: KubernetesIndex,
  config: KubernetesConfig,
  parts: NameParts,
  zone: string,
): Found {
  if (parts.fault === 'not-svc-or-pod')
    return missing({ kind: 'not-svc-or-pod', label: parts.stranger ?? '' })
  if (parts.fault === 'too-many-labels') return missing({ kind: 'too-many-labels' })
  const { namespace, service } = parts
  if (parts.kind === undefined || namespace === undefined) return bare({ kind: 'root' })
  if (!index.namespaces.has(namespace)) return missing({ kind: 'no-namespace', namespace })
  if (!isServed(config, namespace)) return missing({ kind: 'namespace-left-out', namespace })
  if (parts.kind === 'pod') return findPod(index, config, namespace, service, zone)
  if (service === undefined) return bare({ kind: 'namespace', namespace })
  return findService(index, config, { ...parts, namespace, service }, zone)
}

/** The names that an address leads back to: a Service with that ClusterIP, else each ready endpoint of any Service. */
export function reverseNames(
  index: KubernetesIndex,
  config: KubernetesConfig,
  address: IpAddress,
): readonly { readonly name: string; readonly because: Origin }[] {
  const service = index.serviceByIp.get(address)
  if (service !== undefined && isServed(config, service.ref.namespace))
    return [
      { name: serviceName(service, config.primaryZone), because: fieldOf(service, ['spec', 'clusterIP']) },
    ]
  const names = new Map<string, Origin>()
  for (const ready of index.endpointsByIp.get(address) ?? []) {
    const { namespace } = ready.slice.ref
    if (!isServed(config, namespace) || ready.slice.serviceName === undefined) continue
    const name = absoluteName(
      `${endpointName(ready, address, config)}.${ready.slice.serviceName}.${namespace}.svc.${config.primaryZone}`,
    )
    if (!names.has(name)) names.set(name, endpointOrigin(ready))
  }
  return [...names].map(([name, because]) => ({ name, because }))
}

/** The absolute name of a Service in a zone. */
export function serviceName(service: Service, zone: string): string {
  return absoluteName(`${service.ref.name}.${service.ref.namespace}.svc.${zone}`)
}

/** An endpoint's label: its hostname, its Pod's name with `endpoint_pod_names`, else its address with dashes. */
export function endpointName(ready: ReadyEndpoint, address: IpAddress, config: KubernetesConfig): string {
  const { hostname, targetRef } = ready.endpoint
  if (hostname !== undefined && hostname !== '') return hostname
  if (config.endpointPodNames && targetRef !== undefined && targetRef.name.length < 64) return targetRef.name
  return address.replaceAll(/[.:]/g, '-').replace(/-$/, '-0')
}

type ServiceParts = NameParts & { readonly namespace: string; readonly service: string }

function findService(
  index: KubernetesIndex,
  config: KubernetesConfig,
  parts: ServiceParts,
  zone: string,
): Found {
  const { namespace, service: name, endpoint, port, protocol } = parts
  const key = `${namespace}/${name}`
  const service = index.services.get(key)
  const names = { namespace, service: name }
  if (service === undefined) return missing({ kind: 'no-service', ...names })
  const ready = config.noEndpoints ? [] : (index.endpoints.get(key) ?? [])
  if (service.type === 'ExternalName') {
    const pointsAtAddress = parseIp(service.externalName ?? '') !== undefined
    if (endpoint !== undefined || port !== undefined || pointsAtAddress)
      return missing({ kind: 'no-service', ...names })
    return found({ kind: 'service', ...names, of: 'ExternalName' }, [externalSource(service, zone)])
  }
  if (config.ignoreEmptyService && !service.headless && ready.length === 0)
    return missing({ kind: 'no-ready-endpoint', ...names })
  const ask = { port, protocol }
  if (service.headless || endpoint !== undefined) {
    const sources = ready.flatMap((each) =>
      endpointSources(each, service, config, { ...ask, endpoint }, zone),
    )
    if (sources.length > 0 && endpoint === undefined)
      return found({ kind: 'service', ...names, of: 'headless' }, sources)
    if (sources.length > 0) return found({ kind: 'endpoint', ...names, endpoint: endpoint ?? '' }, sources)
    if (endpoint !== undefined) return missing({ kind: 'no-endpoint', ...names, endpoint })
    return missing(
      ready.length > 0 && port !== undefined
        ? { kind: 'no-port', ...names, port, protocol: protocol ?? '' }
        : { kind: 'no-ready-endpoint', ...names },
    )
  }
  const ports = service.ports.length === 0 ? [noPort] : service.ports.filter((each) => portFits(each, ask))
  if (ports.length === 0)
    return missing({ kind: 'no-port', ...names, port: port ?? '', protocol: protocol ?? '' })
  const because = fieldOf(service, ['spec', 'clusterIP'])
  const ownName = serviceName(service, zone)
  const sources = ports.flatMap((each) =>
    service.clusterIps.map((host) => ({ host, port: each.port, ownName, because })),
  )
  return { exists: true, finding: { kind: 'service', ...names, of: 'ClusterIP' }, sources }
}

/** Stands for the ports of a Service or slice that declares none. */
const noPort = { name: '', protocol: 'TCP', port: -1 } as const

interface PortAsk {
  readonly port: string | undefined
  readonly protocol: string | undefined
}

function portFits(port: { readonly name?: string; readonly protocol: string }, ask: PortAsk): boolean {
  const nameFits = ask.port === undefined || ask.port === (port.name ?? '').toLowerCase()
  return nameFits && (ask.protocol === undefined || ask.protocol === port.protocol.toLowerCase())
}

function endpointSources(
  ready: ReadyEndpoint,
  service: Service,
  config: KubernetesConfig,
  ask: PortAsk & { readonly endpoint: string | undefined },
  zone: string,
): readonly RecordSource[] {
  const ports = ready.slice.ports.length === 0 ? [noPort] : ready.slice.ports
  return ready.endpoint.addresses.flatMap((host) => {
    const label = endpointName(ready, host, config)
    if (ask.endpoint !== undefined && ask.endpoint !== label.toLowerCase()) return []
    const ownName = `${label}.${serviceName(service, zone)}`
    return ports
      .filter((port) => portFits(port, ask))
      .map((port) => ({ host, port: port.port ?? -1, ownName, because: endpointOrigin(ready) }))
  })
}

function externalSource(service: Service, zone: string): RecordSource {
  const host = { target: absoluteName(service.externalName ?? '.') }
  const because = fieldOf(service, ['spec', 'externalName'])
  return { host, port: service.ports[0]?.port ?? -1, ownName: serviceName(service, zone), because }
}

function findPod(
  index: KubernetesIndex,
  config: KubernetesConfig,
  namespace: string,
  label: string | undefined,
  zone: string,
): Found {
  if (config.pods === 'disabled') return missing({ kind: 'pods-disabled' })
  if (label === undefined) return bare({ kind: 'namespace', namespace })
  const isIpv4 = label.split('-').length === 4 && !label.includes('--')
  const address = parseIp(label.replaceAll('-', isIpv4 ? '.' : ':'))
  if (address === undefined) return missing({ kind: 'not-an-address', label })
  const pod = index.podByIp.get(`${namespace}/${address}`)
  if (config.pods === 'verified' && pod === undefined) return missing({ kind: 'no-pod', address })
  const because: Origin = {
    object: pod?.ref ?? { kind: 'Namespace', namespace: '', name: namespace },
    paths: pod === undefined ? [] : [['status', 'podIP']],
  }
  const ownName = absoluteName(`${label}.${namespace}.pod.${zone}`)
  return found({ kind: 'pod-address', address }, [{ host: address, port: 0, ownName, because }])
}

function isServed(config: KubernetesConfig, namespace: string): boolean {
  return config.namespaces.length === 0 || config.namespaces.includes(namespace)
}

function fieldOf(service: Service, path: Origin['paths'][number]): Origin {
  return { object: service.ref, paths: [path] }
}

function endpointOrigin(ready: ReadyEndpoint): Origin {
  return { object: ready.slice.ref, paths: [['endpoints', ready.at]] }
}

function found(finding: NameFinding, sources: readonly RecordSource[]): Found {
  return { exists: true, finding, sources }
}

function bare(finding: NameFinding): Found {
  return { exists: true, finding, sources: [] }
}

function missing(finding: NameFinding): Found {
  return { exists: false, finding, sources: [] }
}
