/** What the API server fills in where a manifest says nothing (pkg/apis/core/v1/defaults.go, apps/v1/defaults.go, 1.32). */
import { utf8ToBytes } from '@noble/hashes/utils.js'
import {
  fill,
  isObject,
  listAt,
  numberAt,
  objectAt,
  textAt,
  textMapAt,
  valueAt,
} from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'
import { encodeBase64 } from '../tls/base64.ts'
import { withGatewayDefaults } from './fill-gateway-defaults.ts'
import { withPodSpecDefaults } from './fill-pod-defaults.ts'

/** The object with its defaults. Addresses and ports, which are allocated, are not among them. */
export function withDefaults(kind: string, body: JsonObject): JsonObject {
  switch (kind) {
    case 'Service':
      return {
        ...body,
        spec: serviceSpec(objectAt(body, 'spec')),
        status: fill(objectAt(body, 'status'), { loadBalancer: {} }),
      }
    case 'Pod':
      return { ...body, spec: withPodSpecDefaults(objectAt(body, 'spec')) }
    case 'Deployment':
      return { ...body, spec: deploymentSpec(objectAt(body, 'spec')) }
    case 'ReplicaSet':
      return { ...body, spec: withTemplate(fill(objectAt(body, 'spec'), { replicas: 1 })) }
    case 'StatefulSet':
      return { ...body, spec: withTemplate(fill(objectAt(body, 'spec'), statefulSetDefaults)) }
    case 'DaemonSet':
      return { ...body, spec: withTemplate(fill(objectAt(body, 'spec'), daemonSetDefaults)) }
    case 'Ingress':
      return { ...body, status: fill(objectAt(body, 'status'), { loadBalancer: {} }) }
    case 'Secret':
      return secret(body)
    case 'GatewayClass':
    case 'Gateway':
    case 'HTTPRoute':
      return withGatewayDefaults(kind, body)
    case 'Namespace':
      return namespace(body)
    case 'Node':
      return node(body)
    case 'EndpointSlice':
      return {
        ...body,
        ports: listAt(body, 'ports').map((port) => fill(objectAt(port), { name: '', protocol: 'TCP' })),
      }
  }
  return body
}

const statefulSetDefaults: JsonObject = {
  replicas: 1,
  podManagementPolicy: 'OrderedReady',
  revisionHistoryLimit: 10,
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
}

const daemonSetDefaults: JsonObject = {
  revisionHistoryLimit: 10,
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
}

function deploymentSpec(spec: JsonObject): JsonObject {
  const filled = fill(spec, {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  })
  return withTemplate(filled)
}

function withTemplate(spec: JsonObject): JsonObject {
  const template = objectAt(spec, 'template')
  const podSpec = withPodSpecDefaults(objectAt(template, 'spec'))
  return {
    ...spec,
    template: {
      ...template,
      metadata: { creationTimestamp: null, ...objectAt(template, 'metadata') },
      spec: podSpec,
    },
  }
}

function serviceSpec(spec: JsonObject): JsonObject {
  const type = textAt(spec, 'type') ?? 'ClusterIP'
  const isExternal = type === 'NodePort' || type === 'LoadBalancer'
  const affinity = textAt(spec, 'sessionAffinity') ?? 'None'
  return fill(
    {
      ...spec,
      ...(isList(spec['ports']) ? { ports: listAt(spec, 'ports').map(servicePort) } : {}),
    },
    {
      type,
      sessionAffinity: affinity,
      ...(affinity === 'ClientIP' ? { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } } } : {}),
      ...(type === 'ExternalName' ? {} : { internalTrafficPolicy: 'Cluster' }),
      ...(isExternal ? { externalTrafficPolicy: 'Cluster' } : {}),
      ...(type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {}),
    },
  )
}

function servicePort(port: JsonValue): JsonValue {
  if (!isObject(port)) return port
  const target = valueAt(port, 'targetPort')
  const number = numberAt(port, 'port') ?? 0
  const targetPort =
    target === undefined || target === null || target === 0 || target === '' ? number : target
  return { ...fill(port, { protocol: 'TCP' }), targetPort }
}

function namespace(body: JsonObject): JsonObject {
  const name = textAt(body, 'metadata', 'name') ?? ''
  const labels = { ...objectAt(body, 'metadata', 'labels'), 'kubernetes.io/metadata.name': name }
  return {
    ...body,
    metadata: { ...objectAt(body, 'metadata'), labels },
    spec: fill(objectAt(body, 'spec'), { finalizers: ['kubernetes'] }),
    status: fill(objectAt(body, 'status'), { phase: 'Active' }),
  }
}

/** `stringData` is for writing alone: it goes into `data` in base64 (pkg/apis/core/v1/conversion.go, Convert_v1_Secret_To_core_Secret). */
function secret({ stringData, ...body }: JsonObject): JsonObject {
  const written = Object.entries(textMapAt({ stringData: stringData ?? {} }, 'stringData'))
  const data = {
    ...objectAt(body, 'data'),
    ...Object.fromEntries(written.map(([key, text]) => [key, encodeBase64(utf8ToBytes(text))])),
  }
  return { type: 'Opaque', ...body, ...(written.length === 0 ? {} : { data }) }
}

/** The labels that every kubelet gives its node when it registers. */
function node(body: JsonObject): JsonObject {
  const name = textAt(body, 'metadata', 'name') ?? ''
  const labels = fill(objectAt(body, 'metadata', 'labels'), {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'beta.kubernetes.io/arch': 'amd64',
  })
  return { ...body, metadata: { ...objectAt(body, 'metadata'), labels } }
}

function isList(value: JsonValue | undefined): boolean {
  return Array.isArray(value)
}
