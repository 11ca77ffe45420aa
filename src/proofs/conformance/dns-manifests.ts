/**
 * Upstream's test objects as the cluster's lists. The golden manifests are not valid Kubernetes objects (no `type`, invalid names), so they
 * are read here as they stand, without the API server's defaults and checks.
 */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { plainConfig, plainService } from '../../sim/cluster/plain-cluster.fixture.ts'
import type { EndpointSlice, Meta, Namespace, Pod, Service } from '../../sim/cluster/objects.ts'
import { parseIp } from '../../sim/network/address.ts'
import type { IpAddress } from '../../sim/network/address.ts'

type Wire = Readonly<Record<string, unknown>>

/** What the CoreDNS of a case sees. */
export type CaseCluster = Pick<Cluster, 'services' | 'endpointSlices' | 'namespaces' | 'pods' | 'config'>

/** The lists of the manifests, in the order in which they stand. */
export function clusterOf(manifests: readonly unknown[]): CaseCluster {
  const of = (kind: string) => manifests.map(record).filter((each) => each.kind === kind)
  return {
    namespaces: of('Namespace').map((wire): Namespace => metaOf(wire)),
    services: of('Service').map(serviceOf),
    endpointSlices: of('EndpointSlice').map(sliceOf),
    pods: of('Pod').map(podOf),
    config: plainConfig,
  }
}

/** A Pod of a case. */
export function podOf(manifest: unknown): Pod {
  const wire = record(manifest)
  const [spec, status] = [record(wire.spec), record(wire.status)]
  const address = parseIp(text(status.podIP))
  const dnsConfig = record(spec.dnsConfig)
  return {
    ...metaOf({ ...wire, kind: 'Pod' }),
    ...(address === undefined ? {} : { ip: address }),
    ips: address === undefined ? [] : [address],
    hostNetwork: spec.hostNetwork === true,
    containers: [],
    dnsPolicy: (spec.dnsPolicy ?? 'ClusterFirst') as Pod['dnsPolicy'],
    ...(spec.dnsConfig === undefined
      ? {}
      : {
          dnsConfig: {
            nameservers: list(dnsConfig.nameservers).map(text),
            searches: list(dnsConfig.searches).map(text),
            options: list(dnsConfig.options) as NonNullable<Pod['dnsConfig']>['options'],
          },
        }),
    hostAliases: [],
    phase: 'Running',
    ready: true,
    terminating: false,
    restarts: 0,
    listens: [],
    secretVolumes: [],
  }
}

function serviceOf(wire: Wire): Service {
  const spec = record(wire.spec)
  const clusterIps = spec.clusterIPs === undefined ? [spec.clusterIP] : list(spec.clusterIPs)
  return {
    ...metaOf(wire),
    ...plainService,
    type: (spec.type ?? 'ClusterIP') as Service['type'],
    clusterIps: clusterIps.flatMap((address) => parseIp(text(address)) ?? []),
    headless: spec.clusterIP === 'None',
    ...(spec.externalName === undefined ? {} : { externalName: text(spec.externalName) }),
    ports: portsOf(spec.ports).map((port) => ({
      ...port,
      name: port.name ?? '',
      port: port.port ?? 0,
      targetPort: 0,
      nodePort: 0,
    })),
  }
}

function sliceOf(wire: Wire): EndpointSlice {
  const meta = metaOf(wire)
  const serviceName = meta.labels['kubernetes.io/service-name']
  return {
    ...meta,
    ...(serviceName === undefined ? {} : { serviceName }),
    addressType: text(wire.addressType) as EndpointSlice['addressType'],
    endpoints: list(wire.endpoints).map((each) => {
      const endpoint = record(each)
      const conditions = record(endpoint.conditions)
      return {
        addresses: list(endpoint.addresses).flatMap((address): readonly IpAddress[] => {
          const parsed = parseIp(text(address))
          return parsed === undefined ? [] : [parsed]
        }),
        ready: conditions.ready !== false,
        serving: conditions.serving !== false,
        terminating: conditions.terminating === true,
        ...(endpoint.hostname === undefined ? {} : { hostname: text(endpoint.hostname) }),
        hintZones: [],
        hintNodes: [],
      }
    }),
    ports: portsOf(wire.ports),
  }
}

function portsOf(value: unknown) {
  return list(value).map((each) => {
    const port = record(each)
    return {
      ...(port.name === undefined ? {} : { name: text(port.name) }),
      ...(port.port === undefined ? {} : { port: Number(port.port) }),
      protocol: (port.protocol ?? 'TCP') as 'TCP' | 'UDP' | 'SCTP',
    }
  })
}

function metaOf(wire: Wire): Meta {
  const metadata = record(wire.metadata)
  return {
    ref: { kind: text(wire.kind), namespace: text(metadata.namespace), name: text(metadata.name) },
    labels: record(metadata.labels) as Readonly<Record<string, string>>,
    annotations: {},
    createdAtMs: 0,
  }
}

function record(value: unknown): Wire {
  return typeof value === 'object' && value !== null ? (value as Wire) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
