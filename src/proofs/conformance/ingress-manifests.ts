/**
 * The objects of a golden file as the controller sees them, read as they stand: some would not pass the API server, and a Deployment
 * stands for its Pods (ready, an address each, listening on their containerPorts and nothing else).
 */
import { parseAllDocuments } from 'yaml'
import type {
  EndpointSlice,
  Ingress,
  IngressBackend,
  IngressClass,
  IngressPath,
  Meta,
  Namespace,
  Service,
} from '../../sim/cluster/objects.ts'
import type { ControllerInput } from '../../sim/ingress/controller-config.ts'
import { ip, parseIp } from '../../sim/network/address.ts'

type Wire = Readonly<Record<string, unknown>>

/** A Pod of a Deployment. */
interface GoldenPod {
  readonly meta: Meta
  readonly ip: string
  readonly ports: readonly { readonly name: string; readonly port: number }[]
}

/** What the controller watches, and what listens. */
export interface GoldenCluster {
  readonly objects: Omit<ControllerInput, 'controller'>
  /** `ADDRESS:PORT` of every listening container. */
  readonly listening: ReadonlySet<string>
}

/**
 * Reads the manifests, a second apart in their order.
 * @param certificates names by Secret, `namespace/name`
 */
export function readGoldenCluster(
  manifests: string,
  certificates: Readonly<Record<string, readonly string[]>>,
): GoldenCluster {
  const wires = parseAllDocuments(manifests).map((document, index) => ({
    wire: record(document.toJS()),
    createdAtMs: index * 1000,
  }))
  const of = (kind: string) => wires.filter(({ wire }) => wire.kind === kind)
  const ingressClasses = of('IngressClass').map(readClass)
  const pods = of('Deployment').flatMap(({ wire }, index) => readPods(wire, index))
  const services = of('Service').map(({ wire }, index) => readService(wire, index))
  return {
    objects: {
      ingressClasses,
      ingresses: of('Ingress').map((each) => readIngress(each.wire, each.createdAtMs, ingressClasses)),
      services,
      endpointSlices: services.filter(hasSelector).flatMap((service) => sliceOf(service, pods)),
      namespaces: of('Namespace').map(({ wire }): Namespace => readMeta(wire)),
      secrets: of('Secret').map(({ wire }) => {
        const { ref } = readMeta(wire)
        return { ref, dnsNames: certificates[`${ref.namespace}/${ref.name}`] ?? [] }
      }),
    },
    listening: new Set(pods.flatMap((pod) => pod.ports.map(({ port }) => `${pod.ip}:${port}`))),
  }
}

function readClass({
  wire,
  createdAtMs,
}: {
  readonly wire: Wire
  readonly createdAtMs: number
}): IngressClass {
  const meta = readMeta(wire)
  return {
    ...meta,
    createdAtMs,
    controller: text(record(wire.spec).controller),
    isDefault: meta.annotations['ingressclass.kubernetes.io/is-default-class'] === 'true',
  }
}

function readIngress(wire: Wire, createdAtMs: number, classes: readonly IngressClass[]): Ingress {
  const spec = record(wire.spec)
  const meta = readMeta(wire)
  const created = record(wire.metadata).creationTimestamp
  const hasAnnotation = meta.annotations['kubernetes.io/ingress.class'] !== undefined
  const byDefault = hasAnnotation ? undefined : classes.findLast(({ isDefault }) => isDefault)?.ref.name
  const className = spec.ingressClassName === undefined ? byDefault : text(spec.ingressClassName)
  return {
    ...meta,
    createdAtMs: created === undefined ? createdAtMs : Date.parse(text(created)),
    ...(className !== undefined && { ingressClassName: className }),
    ...(spec.defaultBackend !== undefined && { defaultBackend: readBackend(spec.defaultBackend) }),
    rules: list(spec.rules).map((rule) => {
      const { host, http } = record(rule)
      const paths = list(record(http).paths).map(readPath)
      return { host: text(host), ...(http !== undefined && { paths }) }
    }),
    tls: list(spec.tls).map((each) => {
      const { hosts, secretName } = record(each)
      return {
        hosts: list(hosts).map(text),
        ...(secretName !== undefined && { secretName: text(secretName) }),
      }
    }),
    addresses: [],
  }
}

function readPath(value: unknown): IngressPath {
  const { path, pathType, backend } = record(value)
  const known = pathType === 'Exact' || pathType === 'Prefix' ? pathType : 'ImplementationSpecific'
  return { path: text(path), pathType: known, backend: readBackend(backend) }
}

function readBackend(value: unknown): IngressBackend {
  const { service } = record(value)
  if (service === undefined) return {}
  const { name, port } = record(service)
  const { number, name: portName } = record(port)
  return { service: { name: text(name), port: typeof number === 'number' ? number : text(portName) } }
}

function readService(wire: Wire, index: number): Service {
  const spec = record(wire.spec)
  const externalName = spec.externalName === undefined ? {} : { externalName: text(spec.externalName) }
  const address = parseIp(text(spec.clusterIP)) ?? ip(`10.96.1.${index + 1}`)
  return {
    ...readMeta(wire),
    ...externalName,
    type: spec.type === 'ExternalName' ? 'ExternalName' : 'ClusterIP',
    clusterIps: spec.type === 'ExternalName' ? [] : [address],
    headless: false,
    ports: list(spec.ports).map((value) => {
      const { name, port, targetPort } = record(value)
      const target = typeof targetPort === 'number' ? targetPort : text(targetPort) || Number(port)
      return { name: text(name), protocol: 'TCP', port: Number(port), targetPort: target, nodePort: 0 }
    }),
    selector: texts(spec.selector),
    externalIps: [],
    loadBalancerIngress: [],
    loadBalancerSourceRanges: [],
    sessionAffinity: 'None',
    sessionAffinityTimeoutSeconds: 10800,
    internalTrafficPolicy: 'Cluster',
    externalTrafficPolicy: 'Cluster',
    healthCheckNodePort: 0,
    publishNotReadyAddresses: false,
    ipFamilies: ['IPv4'],
  }
}

function hasSelector(service: Service): boolean {
  return Object.keys(service.selector).length > 0
}

function readPods(wire: Wire, index: number): readonly GoldenPod[] {
  const spec = record(wire.spec)
  const template = record(spec.template)
  const { ref } = readMeta(wire)
  const ports = list(record(template.spec).containers).flatMap((container) =>
    list(record(container).ports).map((value) => {
      const { name, containerPort } = record(value)
      return { name: text(name), port: Number(containerPort) }
    }),
  )
  return Array.from({ length: Number(spec.replicas ?? 1) }, (_, at) => ({
    meta: {
      ...readMeta({ ...wire, metadata: record(template.metadata) }),
      ref: { kind: 'Pod', namespace: ref.namespace, name: `${ref.name}-${at}` },
    },
    ip: `172.31.${index + 1}.${at + 1}`,
    ports,
  }))
}

function sliceOf(service: Service, pods: readonly GoldenPod[]): readonly EndpointSlice[] {
  const chosen = pods.filter(
    ({ meta }) =>
      meta.ref.namespace === service.ref.namespace &&
      Object.entries(service.selector).every(([key, value]) => meta.labels[key] === value),
  )
  const portOf = (target: number | string) =>
    typeof target === 'number'
      ? target
      : chosen.flatMap(({ ports }) => ports).find(({ name }) => name === target)?.port
  const { namespace, name } = service.ref
  return [
    {
      ref: { kind: 'EndpointSlice', namespace, name: `${name}-abcde` },
      labels: {},
      annotations: {},
      createdAtMs: 0,
      serviceName: name,
      addressType: 'IPv4',
      ports: service.ports.flatMap((port) => {
        const number = portOf(port.targetPort)
        return number === undefined ? [] : [{ name: port.name, port: number, protocol: 'TCP' as const }]
      }),
      endpoints: chosen.map((pod) => ({
        addresses: [ip(pod.ip)],
        ready: true,
        serving: true,
        terminating: false,
        targetRef: pod.meta.ref,
        hintZones: [],
        hintNodes: [],
      })),
    },
  ]
}

function readMeta(wire: Wire): Meta {
  const metadata = record(wire.metadata)
  const namespace = text(metadata.namespace) || 'default'
  return {
    ref: { kind: text(wire.kind), namespace, name: text(metadata.name) },
    labels: texts(metadata.labels),
    annotations: texts(metadata.annotations),
    createdAtMs: 0,
  }
}

function record(value: unknown): Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record(value)).map(([key, each]) => [key, text(each)]))
}
