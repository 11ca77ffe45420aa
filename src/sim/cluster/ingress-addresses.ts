/**
 * Models ingress-nginx's status syncer (internal/ingress/status/status.go) at rest: an Ingress of its class gets
 * `--publish-status-address`, else the addresses of the Service that `--publish-service` names, else those of the nodes that its
 * controller's Pods run on. Ingresses of any other controller keep the addresses that their manifests give.
 */
import { listAt, sameJson, textAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import { classControllerOf, controllerFlags, namespacedName } from './ingress-controller-pod.ts'
import type { ApiObject, Pod } from './objects.ts'
import { readIngress, readIngressClass } from './read-ingress.ts'
import { readPod } from './read-pod.ts'
import { readService } from './read-service.ts'

/** Writes `status.loadBalancer` of every Ingress whose class has a running ingress-nginx. */
export function syncIngressAddresses(loop: ControlLoop): void {
  const ingresses = loop.store.ofKind('Ingress')
  if (ingresses.length === 0) return
  const controllers = loop.store
    .ofKind('Pod')
    .map(readPod)
    .filter((pod) => pod.ready && classControllerOf(pod) !== undefined)
  const classes = new Map(
    loop.store.ofKind('IngressClass').map((item) => [item.ref.name, readIngressClass(item)]),
  )
  for (const ingress of ingresses) {
    const controller = classes.get(readIngress(ingress).ingressClassName ?? '')?.controller
    const pods = controllers.filter((pod) => classControllerOf(pod) === controller)
    const isGiven = ingress.source?.ranges['status'] !== undefined
    if (controller === undefined || pods.length === 0 || isGiven) continue
    const addresses = publishedAddresses(loop, pods)
    if (!sameJson(listAt(ingress.body, 'status', 'loadBalancer', 'ingress'), addresses))
      update(loop, ingress, { status: { loadBalancer: { ingress: addresses } } })
  }
}

/** `{ ip }` or `{ hostname }` each: those of the flag in its order, others by hostname, then ip as text. */
function publishedAddresses(loop: ControlLoop, pods: readonly Pod[]): readonly JsonObject[] {
  const [pod] = pods
  const flags = pod === undefined ? {} : controllerFlags(pod)
  const given = (flags['publish-status-address'] ?? '').split(',').filter((text) => text !== '')
  const service = publishedService(loop, pod, flags['publish-service'])
  if (given.length > 0) return given.map((text) => entryOf(text.trim()))
  const found =
    service === undefined
      ? nodeAddresses(loop, pods, flags['report-node-internal-ip-address'] === 'true')
      : serviceAddresses(service)
  return [...new Set(found)].map(entryOf).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

function publishedService(loop: ControlLoop, pod: Pod | undefined, flag = ''): ApiObject | undefined {
  if (flag === '' || pod === undefined) return undefined
  const [namespace, name] = namespacedName(flag, pod)
  return loop.store.get({ kind: 'Service', namespace, name })
}

/** Of a NodePort Service the ClusterIP is published unless it has externalIPs; of a LoadBalancer that waits, its externalIPs alone. */
function serviceAddresses(object: ApiObject): readonly string[] {
  const { type, clusterIps, externalIps, externalName } = readService(object)
  switch (type) {
    case 'ExternalName':
      return externalName === undefined ? [] : [externalName]
    case 'LoadBalancer': {
      const entries = listAt(object.body, 'status', 'loadBalancer', 'ingress')
      const own = entries.flatMap((entry) => textAt(entry, 'ip') ?? textAt(entry, 'hostname') ?? [])
      return [...own, ...externalIps]
    }
    case 'NodePort':
      return externalIps.length > 0 ? externalIps : clusterIps.slice(0, 1)
    case 'ClusterIP':
      return clusterIps.slice(0, 1)
  }
}

/** GetNodeIPOrName: an ExternalIP if the node has any and the flag does not forbid it, else the InternalIP. */
function nodeAddresses(loop: ControlLoop, pods: readonly Pod[], onlyInternal: boolean): readonly string[] {
  return pods.flatMap(({ nodeName = '' }) => {
    const node = loop.store.get({ kind: 'Node', namespace: '', name: nodeName })
    const of = (type: string) =>
      listAt(node?.body, 'status', 'addresses')
        .filter((entry) => textAt(entry, 'type') === type)
        .flatMap((entry) => textAt(entry, 'address') ?? [])
    return [...(onlyInternal ? [] : of('ExternalIP')), ...of('InternalIP')].slice(0, 1)
  })
}

function entryOf(text: string): JsonObject {
  return /^[\d.]+$|:/.test(text) ? { ip: text } : { hostname: text }
}

function keyOf(entry: JsonObject): string {
  return `${textAt(entry, 'hostname') ?? ''} ${textAt(entry, 'ip') ?? ''}`
}
