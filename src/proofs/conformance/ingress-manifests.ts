/**
 * The objects of a golden file as the controller sees them, without the API server's checks: some would not pass them. A Deployment
 * stands for its Pods (ready, an address each, listening on their containerPorts and nothing else).
 */
import { parseAllDocuments } from 'yaml'
import { withDefaults } from '../../sim/cluster/fill-defaults.ts'
import type {
  ApiObject,
  EndpointSlice,
  Ingress,
  IngressClass,
  Pod,
  Secret,
  Service,
} from '../../sim/cluster/objects.ts'
import { readIngress, readIngressClass } from '../../sim/cluster/read-ingress.ts'
import { readNamespace } from '../../sim/cluster/read-meta.ts'
import { readPod } from '../../sim/cluster/read-pod.ts'
import { readSecret } from '../../sim/cluster/read-secret.ts'
import { readService } from '../../sim/cluster/read-service.ts'
import { certificateSecrets } from '../../sim/ingress/certificate-secrets.ts'
import type { ControllerInput } from '../../sim/ingress/controller-config.ts'
import { numberAt, objectAt, textAt } from '../../sim/manifest/json-fields.ts'
import { isNamespaced } from '../../sim/manifest/resources.ts'
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { ip } from '../../sim/network/address.ts'

/** What the controller watches, and what listens. */
export interface GoldenCluster {
  readonly objects: Omit<ControllerInput, 'controller'>
  /** `ADDRESS:PORT` of every listening container. */
  readonly listening: ReadonlySet<string>
  readonly secrets: readonly Secret[]
}

/** Reads the manifests, a second apart in their order. */
export function readGoldenCluster(manifests: string): GoldenCluster {
  const objects = parseAllDocuments(manifests).map((document, index) =>
    apiObject(document.toJS() as JsonObject, index),
  )
  const of = (kind: string) => objects.filter(({ ref }) => ref.kind === kind)
  const ingressClasses = of('IngressClass').map(readIngressClass)
  const pods = of('Deployment').flatMap(podsOf)
  const services = of('Service').map(withClusterIp).map(readService)
  const secrets = of('Secret').map(readSecret)
  return {
    objects: {
      ingressClasses,
      ingresses: of('Ingress').map((each) => withDefaultClass(readIngress(each), ingressClasses)),
      services,
      endpointSlices: services.flatMap((service) => slicesOf(service, pods)),
      namespaces: of('Namespace').map(readNamespace),
      secrets: certificateSecrets(secrets),
    },
    secrets,
    listening: new Set(pods.flatMap((pod) => containerPorts(pod).map(({ port }) => `${pod.ip}:${port}`))),
  }
}

/** A manifest as an object of the store, created `index` seconds after the first. */
export function apiObject(body: JsonObject, index: number): ApiObject {
  const kind = textAt(body, 'kind') ?? ''
  const created = textAt(body, 'metadata', 'creationTimestamp')
  return {
    ref: {
      kind,
      namespace: isNamespaced(kind) ? (textAt(body, 'metadata', 'namespace') ?? 'default') : '',
      name: textAt(body, 'metadata', 'name') ?? '',
    },
    apiVersion: textAt(body, 'apiVersion') ?? '',
    body: withDefaults(kind, body),
    createdAtMs: created === undefined ? index * 1000 : Date.parse(created),
  }
}

/** The admission plugin DefaultIngressClass, where at most one class is the default. */
function withDefaultClass(ingress: Ingress, classes: readonly IngressClass[]): Ingress {
  const byDefault = classes.find(({ isDefault }) => isDefault)
  const hasClass =
    ingress.ingressClassName !== undefined || 'kubernetes.io/ingress.class' in ingress.annotations
  return hasClass || byDefault === undefined ? ingress : { ...ingress, ingressClassName: byDefault.ref.name }
}

function withClusterIp(service: ApiObject, index: number): ApiObject {
  const spec = objectAt(service.body, 'spec')
  return 'clusterIP' in spec || textAt(spec, 'type') === 'ExternalName'
    ? service
    : { ...service, body: { ...service.body, spec: { ...spec, clusterIP: `10.96.1.${index + 1}` } } }
}

function podsOf(deployment: ApiObject, index: number): readonly Pod[] {
  const template = objectAt(deployment.body, 'spec', 'template')
  const { namespace, name } = deployment.ref
  return Array.from({ length: numberAt(deployment.body, 'spec', 'replicas') ?? 1 }, (_, at) =>
    readPod({
      ref: { kind: 'Pod', namespace, name: `${name}-${at}` },
      apiVersion: 'v1',
      body: { ...template, status: { podIP: `172.31.${index + 1}.${at + 1}` } },
      createdAtMs: deployment.createdAtMs,
    }),
  )
}

function containerPorts(pod: Pod): readonly { readonly name: string; readonly port: number }[] {
  return pod.containers.flatMap(({ ports }) =>
    ports.map(({ name = '', containerPort }) => ({ name, port: containerPort })),
  )
}

function slicesOf(service: Service, pods: readonly Pod[]): readonly EndpointSlice[] {
  const selector = Object.entries(service.selector)
  if (selector.length === 0) return []
  const chosen = pods.filter(
    ({ ref, labels }) =>
      ref.namespace === service.ref.namespace && selector.every(([key, value]) => labels[key] === value),
  )
  const portOf = (target: number | string) =>
    typeof target === 'number'
      ? target
      : chosen.flatMap(containerPorts).find(({ name }) => name === target)?.port
  const { namespace, name } = service.ref
  return [
    {
      ref: { kind: 'EndpointSlice', namespace, name: `${name}-abcde` },
      labels: {},
      annotations: {},
      createdAtMs: service.createdAtMs,
      serviceName: name,
      addressType: 'IPv4',
      ports: service.ports.flatMap((port) => {
        const number = portOf(port.targetPort)
        return number === undefined ? [] : [{ name: port.name, port: number, protocol: port.protocol }]
      }),
      endpoints: chosen.map((pod) => ({
        addresses: pod.ip === undefined ? [] : [ip(pod.ip)],
        ready: true,
        serving: true,
        terminating: false,
        targetRef: pod.ref,
        hintZones: [],
        hintNodes: [],
      })),
    },
  ]
}
