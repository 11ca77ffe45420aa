/** Defaults of Pod specs (pkg/apis/core/v1/defaults.go), and what admission adds to Pods alone (ServiceAccount, Priority, tolerations). */
import { fill, flagAt, isObject, listAt, objectAt, textAt, valueAt } from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'

/** A Pod spec with its defaults, wherever it stands. */
export function withPodSpecDefaults(spec: JsonObject): JsonObject {
  const hostNetwork = flagAt(spec, 'hostNetwork')
  const containers = (field: string) =>
    valueAt(spec, field) === undefined
      ? {}
      : { [field]: listAt(spec, field).map((item) => withContainerDefaults(item, hostNetwork)) }
  const serviceAccount = textAt(spec, 'serviceAccountName')
  return {
    ...fill(spec, {
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
      ...(serviceAccount === undefined ? {} : { serviceAccount }),
    }),
    ...containers('containers'),
    ...containers('initContainers'),
  }
}

/** What admission adds to a Pod when it is created; a template never has these. */
export function withPodAdmission(spec: JsonObject): JsonObject {
  const serviceAccountName = textAt(spec, 'serviceAccountName') ?? 'default'
  const tolerations = listAt(spec, 'tolerations')
  return {
    ...fill(spec, {
      enableServiceLinks: true,
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 0,
      serviceAccount: serviceAccountName,
      serviceAccountName,
    }),
    tolerations: [...tolerations, ...evictionTolerations.filter((added) => !isTolerated(tolerations, added))],
  }
}

/** DefaultTolerationSeconds: a Pod outlives its node's trouble by five minutes. */
const evictionTolerations: readonly JsonObject[] = ['not-ready', 'unreachable'].map((key) => ({
  effect: 'NoExecute',
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  tolerationSeconds: 300,
}))

function isTolerated(tolerations: readonly JsonValue[], added: JsonObject): boolean {
  return tolerations.some((toleration) => {
    const key = textAt(toleration, 'key') ?? ''
    const effect = textAt(toleration, 'effect') ?? ''
    return (key === '' || key === added['key']) && (effect === '' || effect === 'NoExecute')
  })
}

function withContainerDefaults(container: JsonValue, hostNetwork: boolean): JsonValue {
  if (!isObject(container)) return container
  const image = textAt(container, 'image') ?? ''
  const tag = image.includes('@') ? 'digest' : (/:([^/]+)$/.exec(image)?.[1] ?? 'latest')
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].filter((name) =>
    isObject(container[name]),
  )
  return {
    ...fill(container, {
      imagePullPolicy: tag === 'latest' ? 'Always' : 'IfNotPresent',
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    }),
    ...(valueAt(container, 'ports') === undefined
      ? {}
      : { ports: listAt(container, 'ports').map((port) => withPortDefaults(port, hostNetwork)) }),
    ...Object.fromEntries(probes.map((name) => [name, withProbeDefaults(objectAt(container, name))])),
  }
}

function withPortDefaults(port: JsonValue, hostNetwork: boolean): JsonValue {
  if (!isObject(port)) return port
  const containerPort = valueAt(port, 'containerPort')
  const hostPort = hostNetwork && containerPort !== undefined ? { hostPort: containerPort } : {}
  return fill(port, { protocol: 'TCP', ...hostPort })
}

function withProbeDefaults(probe: JsonObject): JsonObject {
  const http = valueAt(probe, 'httpGet')
  return {
    ...fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
    ...(isObject(http) ? { httpGet: fill(http, { path: '/', scheme: 'HTTP' }) } : {}),
  }
}
