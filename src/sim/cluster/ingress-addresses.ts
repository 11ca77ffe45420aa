/**
 * Models ingress-nginx's status syncer (internal/ingress/status/status.go) at rest: an Ingress of its class gets the addresses of
 * the nodes that its controller's Pods run on, or those of the Service that `--publish-service` names. Ingresses of any other
 * controller keep the addresses that their manifests give.
 */
import { textAt, textsAt, valueAt } from '../manifest/json-fields.ts'
import { listAt, objectAt, sameJson } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import type { ApiObject } from './objects.ts'
import { readIngress, readIngressClass } from './read-ingress.ts'
import { readNode } from './read-node.ts'
import { readPod } from './read-pod.ts'
import { readService } from './read-service.ts'

/** The class controller that ingress-nginx answers to, unless told otherwise. */
const INGRESS_NGINX = 'k8s.io/ingress-nginx'

/** Writes `status.loadBalancer` of every Ingress whose class has a running ingress-nginx. */
export function syncIngressAddresses(loop: ControlLoop): void {
  const ingresses = loop.store.ofKind('Ingress')
  if (ingresses.length === 0) return
  const controllers = loop.store
    .ofKind('Pod')
    .filter((pod) => controllerOf(pod) !== undefined && readPod(pod).ready)
  const classes = new Map(
    loop.store.ofKind('IngressClass').map((item) => [item.ref.name, readIngressClass(item)]),
  )
  for (const ingress of ingresses) {
    const controller = classes.get(readIngress(ingress).ingressClassName ?? '')?.controller
    const pods = controllers.filter((pod) => controllerOf(pod) === controller)
    const isGiven = ingress.source?.ranges['status'] !== undefined
    if (controller === undefined || pods.length === 0 || isGiven) continue
    const addresses = publishedAddresses(loop, pods)
    if (!sameJson(listAt(ingress.body, 'status', 'loadBalancer', 'ingress'), addresses))
      update(loop, ingress, { status: { loadBalancer: { ingress: addresses } } })
  }
}

/** The class controller that a Pod's ingress-nginx answers to, or undefined where the Pod runs none. */
function controllerOf(pod: ApiObject): string | undefined {
  for (const container of listAt(pod.body, 'spec', 'containers')) {
    const words = [...textsAt(container, 'command'), ...textsAt(container, 'args')]
    const named = words.find((word) => word.startsWith('--controller-class='))
    if (named !== undefined) return named.slice('--controller-class='.length)
    if (/ingress-nginx\/(controller|kubernetes-ingress-controller)/.test(textAt(container, 'image') ?? ''))
      return INGRESS_NGINX
  }
  return undefined
}

function publishedAddresses(loop: ControlLoop, pods: readonly ApiObject[]): readonly JsonObject[] {
  const published = publishedService(loop, pods)
  if (published !== undefined)
    return listAt(published.body, 'status', 'loadBalancer', 'ingress').length > 0
      ? listAt(published.body, 'status', 'loadBalancer', 'ingress').map((entry) => pick(objectAt(entry)))
      : serviceAddresses(published)
  const nodes = [...new Set(pods.map((pod) => readPod(pod).nodeName ?? ''))].toSorted()
  return nodes.flatMap((name) => {
    const node = loop.store.get({ kind: 'Node', namespace: '', name })
    const address = node === undefined ? undefined : readNode(node).addresses[0]
    return address === undefined ? [] : [{ ip: address }]
  })
}

function publishedService(loop: ControlLoop, pods: readonly ApiObject[]): ApiObject | undefined {
  const [pod] = pods
  const args = listAt(pod?.body, 'spec', 'containers').flatMap((container) => textsAt(container, 'args'))
  const named = args.find((arg) => arg.startsWith('--publish-service='))?.slice('--publish-service='.length)
  if (named === undefined || pod === undefined) return undefined
  const [namespace, name] = named.replace('$(POD_NAMESPACE)', pod.ref.namespace).split('/')
  return loop.store.get({ kind: 'Service', namespace: namespace ?? '', name: name ?? '' })
}

/** Of a NodePort Service the ClusterIP is published; of a LoadBalancer that waits for its address, nothing. */
function serviceAddresses(object: ApiObject): readonly JsonObject[] {
  const { type, clusterIps, externalIps } = readService(object)
  if (type === 'LoadBalancer') return externalIps.map((address) => ({ ip: address }))
  return [...clusterIps, ...externalIps].map((address) => ({ ip: address }))
}

function pick(entry: JsonObject): JsonObject {
  const kept = ['ip', 'hostname'].filter((name) => valueAt(entry, name) !== undefined)
  return Object.fromEntries(kept.map((name) => [name, entry[name] ?? '']))
}
