/**
 * The requests with which a Service is asked from a vantage, or why there is none. Several, where chance decides whom they reach: the first
 * whose answer comes from where the vantage says is the cell's.
 */
import type { Cluster } from '../cluster/cluster.ts'
import type { Pod, Service, ServicePort } from '../cluster/objects.ts'
import { objectKey, sameObject } from '../cluster/object-ref.ts'
import { ipVersion, type IpAddress } from '../network/address.ts'
import { LAPTOP } from '../trace/outside-hosts.ts'
import type { TraceRequest } from '../trace/request.ts'
import { servingEndpoints } from '../trace/serving-endpoints.ts'
import type { SourceVantage } from './source-vantages.ts'

/** Why a vantage has no request in this cluster. */
export type NoSource =
  | 'external-name'
  | 'no-cluster-ip'
  | 'no-port'
  | 'no-pod-beside'
  | 'no-pod-elsewhere'
  | 'local-stays'
  | 'no-endpoint'
  | 'no-node'
  | 'no-node-port'
  | 'every-node-serves'
  | 'no-vip'
  | 'no-balancer-address'
  | 'no-ingress'
  | 'no-controller'
  | 'no-door'

export type SourceRequests =
  | { readonly kind: 'none'; readonly because: NoSource }
  | {
      readonly kind: 'requests'
      readonly from: readonly string[]
      readonly url: string
      readonly headers: TraceRequest['headers']
      readonly sni?: string
      /** Whether the endpoint that took it makes it the vantage's own. */
      readonly fits: (client: string, endpoint: Pod | undefined) => boolean
    }

/** The requests for all vantages but `ingress`. */
export function requestsFrom(
  cluster: Cluster,
  service: Service,
  vantage: Exclude<SourceVantage, 'ingress'>,
): SourceRequests {
  if (service.type === 'ExternalName') return none('external-name')
  const port = portOf(service)
  if (port === undefined) return none('no-port')
  const crew = crewOf(cluster, service)
  switch (vantage) {
    case 'pod-same-node':
    case 'pod-other-node':
    case 'self':
      return fromPods(cluster, service, port, crew, vantage)
    case 'node': {
      const [address] = service.clusterIps
      const node = crew.nodes[0] ?? cluster.nodes[0]?.ref.name
      if (address === undefined) return none('no-cluster-ip')
      return node === undefined ? none('no-node') : from([node], crew.urlAt(address, port.port))
    }
    case 'vip': {
      const vip = cluster.vips[0]
      if (vip === undefined) return none('no-vip')
      return byNodePort(port, crew, vip.address)
    }
    case 'node-port':
    case 'node-port-elsewhere': {
      if (port.nodePort === 0) return none('no-node-port')
      const serves = vantage === 'node-port'
      const node = cluster.nodes.find(({ ref, ready }) => ready && crew.nodes.includes(ref.name) === serves)
      const address = node?.addresses[0]
      if (address === undefined) return none(serves ? 'no-endpoint' : 'every-node-serves')
      return byNodePort(port, crew, address)
    }
    case 'load-balancer': {
      const address = service.loadBalancerIngress.find(({ ip }) => ip !== undefined)?.ip
      return address === undefined
        ? none('no-balancer-address')
        : from([LAPTOP], crew.urlAt(address, port.port))
    }
  }
}

/** Who stands behind the Service, and where. */
interface Crew {
  readonly pods: readonly Pod[]
  readonly nodes: readonly string[]
  readonly urlAt: (address: IpAddress, port: number) => string
}

function crewOf(cluster: Cluster, service: Service): Crew {
  const endpoints = servingEndpoints(cluster, service)
  const pods = endpoints.flatMap(
    ({ targetRef }) =>
      cluster.pods.find(({ ref }) => targetRef !== undefined && sameObject(ref, targetRef)) ?? [],
  )
  const scheme = schemeOf(portOf(service), pods)
  return {
    pods,
    nodes: [...new Set(endpoints.flatMap(({ nodeName }) => nodeName ?? []))],
    urlAt: (address, port) => urlOf(scheme, address, port),
  }
}

/** The first port of TCP, else of UDP. An SCTP association cannot be asked for. */
function portOf({ ports }: Service): ServicePort | undefined {
  return ports.find(({ protocol }) => protocol === 'TCP') ?? ports.find(({ protocol }) => protocol === 'UDP')
}

/** HTTP where the Service or a Pod says so, or the port is one of its own: then the Pod reads headers too. */
function schemeOf(port: ServicePort | undefined, pods: readonly Pod[]): 'http' | 'tcp' | 'udp' {
  if (port?.protocol === 'UDP') return 'udp'
  const isNamed = port?.appProtocol === 'http' || /^(http|web)(?!s)/.test(port?.name ?? '')
  const isUsual = port !== undefined && [80, 8000, 8080].includes(port.port)
  const isTold = pods.some(({ annotations }) => annotations['podpath.dev/http'] !== undefined)
  return isNamed || isUsual || isTold ? 'http' : 'tcp'
}

function urlOf(scheme: 'http' | 'tcp' | 'udp', address: IpAddress, port: number): string {
  const host = ipVersion(address) === 6 ? `[${address}]` : address
  if (scheme !== 'http') return `${scheme}://${host}:${port}`
  return `http://${host}${port === 80 ? '' : `:${port}`}/`
}

/** A Pod on the same node as its endpoint, one on another, and the endpoint itself: the relation holds once the draw is known. */
function fromPods(
  cluster: Cluster,
  service: Service,
  port: ServicePort,
  crew: Crew,
  vantage: 'pod-same-node' | 'pod-other-node' | 'self',
): SourceRequests {
  const [address] = service.clusterIps
  if (address === undefined) return none('no-cluster-ip')
  const url = crew.urlAt(address, port.port)
  if (vantage === 'self') {
    const own = crew.pods.filter(canAsk)
    return own.length === 0
      ? none('no-endpoint')
      : from(
          own.map(vantageOf),
          url,
          (client, endpoint) => endpoint !== undefined && vantageOf(endpoint) === client,
        )
  }
  const clients = clientsOf(cluster, crew)
  const nodeOf = (client: string) => clients.find((pod) => vantageOf(pod) === client)?.nodeName
  if (crew.pods.length === 0)
    return clients.length === 0 ? none('no-pod-beside') : from(clients.map(vantageOf), url)
  if (vantage === 'pod-same-node') {
    const beside = clients.filter(({ nodeName = '' }) => crew.nodes.includes(nodeName))
    return beside.length === 0
      ? none('no-pod-beside')
      : from(
          beside.map(vantageOf),
          url,
          (client, endpoint) =>
            endpoint === undefined ||
            (endpoint.nodeName === nodeOf(client) && vantageOf(endpoint) !== client),
        )
  }
  const isLocal = service.internalTrafficPolicy === 'Local'
  const apart = clients.filter(({ nodeName = '' }) =>
    isLocal ? !crew.nodes.includes(nodeName) : crew.nodes.some((node) => node !== nodeName),
  )
  if (apart.length === 0) return none(isLocal ? 'local-stays' : 'no-pod-elsewhere')
  return from(
    apart.map(vantageOf),
    url,
    (client, endpoint) => endpoint === undefined || endpoint.nodeName !== nodeOf(client),
  )
}

/** One Pod a node: of those that ask and do not serve, people's own first; an endpoint where no other Pod runs. */
function clientsOf(cluster: Cluster, crew: Crew): readonly Pod[] {
  const serves = (pod: Pod) => crew.pods.some(({ ref }) => sameObject(ref, pod.ref))
  const rank = (pod: Pod) => Number(serves(pod)) * 2 + Number(pod.ref.namespace.startsWith('kube-'))
  const asking = cluster.pods.filter(canAsk).toSorted((a, b) => rank(a) - rank(b))
  const nodes = [...new Set(asking.map(({ nodeName }) => nodeName))]
  return nodes.flatMap((node) => asking.find(({ nodeName }) => nodeName === node) ?? [])
}

/** A Pod with a network of its own that runs. */
function canAsk({ hostNetwork, ip, nodeName, phase }: Pod): boolean {
  return !hostNetwork && ip !== undefined && nodeName !== undefined && phase === 'Running'
}

function vantageOf({ ref }: Pod): string {
  return objectKey(ref).replace(/^Pod/, 'pod')
}

function byNodePort(port: ServicePort, crew: Crew, address: IpAddress): SourceRequests {
  return port.nodePort === 0 ? none('no-node-port') : from([LAPTOP], crew.urlAt(address, port.nodePort))
}

function none(because: NoSource): SourceRequests {
  return { kind: 'none', because }
}

function from(
  clients: readonly string[],
  url: string,
  fits: (client: string, endpoint: Pod | undefined) => boolean = () => true,
): SourceRequests {
  return { kind: 'requests', from: clients, url, headers: [], fits }
}
