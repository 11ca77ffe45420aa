/** Derives the page's {@link Snapshot} from a cluster and the rules compiled from it. */
import type { Cluster } from './cluster/cluster.ts'
import { inCrowd } from './cluster/crowd.ts'
import { objectKey, type ObjectRef } from './cluster/object-ref.ts'
import type { Node, Pod, Service, ServicePort } from './cluster/objects.ts'
import { hasIpv6Rules, modeOf } from './cluster/pasted-rules.ts'
import { slicesOfService } from './cluster/slices-of-service.ts'
import type { NodeRules } from './kube-proxy/compile-node-rules.ts'
import type { ServiceChain } from './kube-proxy/service-chain.ts'
import { rulesTexts } from './node-text.ts'
import type { Diagnostic } from './manifest/diagnostic.ts'
import type {
  ChainRowView,
  FileView,
  IngressView,
  NodeView,
  PodView,
  ServicePortView,
  ServiceView,
  Snapshot,
  VantageView,
} from './snapshot.ts'
import { LAPTOP } from './trace/outside-hosts.ts'
import { gatewayCardView, routeCardView } from './gateway-views.ts'
import { becauseOfAll } from './trace/recorder.ts'
import { isCoreDns, isGatewayProxy, isIngressController } from './trace/subjects.ts'
import { surroundingsOf } from './trace/surroundings.ts'
import { nodeRules } from './trace/world.ts'
import { announcedBy } from './trace/announce-balancers.ts'

/** What is not in the cluster itself. */
export interface SnapshotParts {
  readonly revision: number
  readonly scenario: string
  readonly files: readonly FileView[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The snapshot. Chains are those of the first node: for Services without local policies they are the same on each. */
export function buildSnapshot(cluster: Cluster, parts: SnapshotParts): Snapshot {
  const first = cluster.nodes[0]?.ref.name
  const chains = chainsByPort(first === undefined ? undefined : nodeRules(cluster, first))
  const servicesOfPod = servicesByPod(cluster)
  const own = cluster.services.filter(({ ref }) => !inCrowd(ref))
  const { revision, scenario, files, diagnostics } = parts
  return {
    revision,
    scenario,
    files,
    diagnostics,
    proxyMode: cluster.config.kubeProxy.mode,
    nodes: cluster.nodes.map((node) => nodeView(cluster, node)),
    pods: cluster.pods.map((pod) => podView(cluster, pod, servicesOfPod.get(objectKey(pod.ref)) ?? [])),
    services: own.map((service) => serviceView(cluster, service, chains)),
    crowd: cluster.services.length - own.length,
    ingresses: cluster.ingresses.map((ingress) => ingressView(cluster, ingress)),
    gateways: cluster.gateways.map((gateway) => gatewayCardView(cluster, gateway)),
    routes: cluster.httpRoutes.map((route) => routeCardView(cluster, route)),
    vips: cluster.vips.map(({ address, node }) => ({ address, node })),
    outsideNames: cluster.dnsEndpoints.flatMap((each) =>
      each.endpoints.map(({ dnsName, targets }) => ({ name: dnsName, targets })),
    ),
    vantages: vantages(cluster),
  }
}

function nodeView(cluster: Cluster, node: Node): NodeView {
  const { name } = node.ref
  const pastes = cluster.pastedRules.filter((pasted) => pasted.node === name)
  return {
    name,
    address: node.addresses[0] ?? '',
    ready: node.ready,
    lost: node.lost,
    floating: [
      ...cluster.vips.filter((vip) => vip.node === name).map(({ address }) => address),
      ...announcedBy(cluster, node),
    ],
    proxyMode: modeOf(cluster, name),
    rules: rulesTexts(modeOf(cluster, name), hasIpv6Rules(cluster, name)).map((text) => {
      const pasted = pastes.find(({ kind }) => kind === text)
      return { text, ...(pasted && { pastedFrom: pasted.file }) }
    }),
  }
}

function podView(cluster: Cluster, pod: Pod, services: readonly ObjectRef[]): PodView {
  const workload = workloadOf(cluster, pod)
  return {
    ref: pod.ref,
    ...(pod.nodeName === undefined ? {} : { node: pod.nodeName }),
    ...(pod.ip === undefined ? {} : { address: pod.ip }),
    hostNetwork: pod.hostNetwork,
    ready: pod.ready,
    terminating: pod.terminating,
    status: pod.terminating ? 'Terminating' : (pod.waitingReason ?? pod.phase),
    role: podRole(pod),
    image: pod.containers[0]?.image ?? '',
    labels: pod.labels,
    listens: pod.listens,
    services,
    ...(workload === undefined ? {} : { workload }),
  }
}

function podRole(pod: Pod): PodView['role'] {
  if (isCoreDns(pod)) return 'dns'
  if (isIngressController(pod) || isGatewayProxy(pod)) return 'ingress'
  return isSystem(pod.ref) ? 'system' : 'app'
}

/** The workload that a person wrote: the owner above the ReplicaSet. */
function workloadOf(cluster: Cluster, pod: Pod): ObjectRef | undefined {
  const owner = pod.owner
  if (owner?.kind !== 'ReplicaSet') return owner
  return cluster.objects[objectKey(owner)]?.owner ?? owner
}

function servicesByPod(cluster: Cluster): ReadonlyMap<string, readonly ObjectRef[]> {
  const services = new Map<string, ObjectRef[]>()
  for (const slice of cluster.endpointSlices) {
    if (slice.serviceName === undefined) continue
    const service = { kind: 'Service', namespace: slice.ref.namespace, name: slice.serviceName }
    for (const { targetRef } of slice.endpoints) {
      if (targetRef === undefined) continue
      const key = objectKey(targetRef)
      services.set(key, [...(services.get(key) ?? []), service])
    }
  }
  return services
}

function serviceView(cluster: Cluster, service: Service, chains: ServiceChains): ServiceView {
  return {
    ref: service.ref,
    type: service.type,
    headless: service.headless,
    clusterIp: service.clusterIps[0] ?? '',
    ...(service.externalName === undefined ? {} : { externalName: service.externalName }),
    externalAddresses: [
      ...service.externalIps,
      ...service.loadBalancerIngress.map((each) => each.ip ?? each.hostname ?? ''),
    ],
    selector: service.selector,
    ports: service.ports.map((port) => portView(service, port, chains)),
    role: serviceRole(cluster, service),
    because: becauseOfAll(cluster, [{ object: service.ref, paths: [[]] }]),
  }
}

/** The namespaces of a cluster's own parts end so: kube-system, metallb-system, calico-system. */
function isSystem({ namespace }: ObjectRef): boolean {
  return namespace.endsWith('-system')
}

/** What stands behind a Service: CoreDNS, an ingress controller, something of the system, or an application. */
function serviceRole(cluster: Cluster, service: Service): ServiceView['role'] {
  const behind = new Set(
    slicesOfService(cluster, service.ref).flatMap(({ endpoints }) =>
      endpoints.flatMap(({ targetRef }) => targetRef?.name ?? []),
    ),
  )
  const pods =
    behind.size === 0
      ? []
      : cluster.pods.filter(({ ref }) => ref.namespace === service.ref.namespace && behind.has(ref.name))
  if (service.ref.namespace === 'kube-system' && pods.some(isCoreDns)) return 'dns'
  if (pods.some((pod) => isIngressController(pod) || isGatewayProxy(pod))) return 'ingress'
  const isOfSystem = isSystem(service.ref) || service.ref.name === 'kubernetes'
  return isOfSystem ? 'system' : 'app'
}

/** By Service, port and protocol. */
type ServiceChains = ReadonlyMap<string, ServiceChain>

function chainsByPort(rules: NodeRules | undefined): ServiceChains {
  const chains = rules?.cards.ofServices((service) => !inCrowd(service)) ?? []
  return new Map(chains.map((chain) => [portKey(chain.service, chain), chain]))
}

function portKey(
  { namespace, name }: ObjectRef,
  { port, protocol }: Pick<ServicePort, 'port' | 'protocol'>,
): string {
  return `${namespace}/${name} ${port}/${protocol}`
}

function portView(service: Service, port: ServicePort, chains: ServiceChains): ServicePortView {
  const chain = chains.get(portKey(service.ref, port))
  return {
    name: port.name,
    protocol: port.protocol,
    port: port.port,
    nodePort: port.nodePort,
    targetPort: String(port.targetPort),
    chain: chain?.chain ?? '',
    rows: (chain?.rows ?? []).map((row) => ({
      ruleId: row.ruleId,
      probability: row.probability,
      chosenBy: chosenBy(chain, row),
      share: row.share,
      endpoint: row.endpoint,
      ...(row.pod === undefined ? {} : { pod: row.pod }),
    })),
  }
}

function chosenBy(
  chain: ServiceChain | undefined,
  { threshold }: ServiceChain['rows'][number],
): ChainRowView['chosenBy'] {
  if (chain?.scheduler !== undefined) return 'scheduler'
  if (chain?.drawnOnce === true) return 'one-draw'
  return threshold === undefined ? 'no-draw' : 'own-draw'
}

function ingressView(cluster: Cluster, ingress: Cluster['ingresses'][number]): IngressView {
  return {
    ref: ingress.ref,
    ...(ingress.ingressClassName === undefined ? {} : { className: ingress.ingressClassName }),
    addresses: ingress.addresses,
    rules: ingress.rules.map((rule) => ({
      host: rule.host,
      paths: (rule.paths ?? []).map((path) => ({
        path: path.path,
        pathType: path.pathType,
        service: path.backend.service?.name ?? '',
        port: String(path.backend.service?.port ?? ''),
      })),
    })),
    because: becauseOfAll(cluster, [{ object: ingress.ref, paths: [['spec', 'rules']] }]),
  }
}

function vantages(cluster: Cluster): readonly VantageView[] {
  const pods = cluster.pods.filter((pod) => pod.ip !== undefined && !pod.terminating)
  return [
    ...pods.toSorted(systemLast).map((pod): VantageView => ({
      id: `pod/${pod.ref.namespace}/${pod.ref.name}`,
      kind: 'pod',
      name: pod.ref.name,
      address: pod.ip ?? '',
      namespace: pod.ref.namespace,
      ...(pod.nodeName === undefined ? {} : { node: pod.nodeName }),
    })),
    ...cluster.nodes.map((node): VantageView => ({
      id: node.ref.name,
      kind: 'node',
      name: node.ref.name,
      address: node.addresses[0] ?? '',
      node: node.ref.name,
    })),
    { id: LAPTOP, kind: 'outside', name: LAPTOP, address: surroundingsOf(cluster).laptop },
  ]
}

/** Pods that a person made come first, those without an owner before the others. */
function systemLast(a: Pod, b: Pod): number {
  const rank = (pod: Pod) => (isSystem(pod.ref) ? 2 : 0) + (pod.owner === undefined ? 0 : 1)
  return rank(a) - rank(b)
}
