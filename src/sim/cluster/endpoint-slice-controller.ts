/**
 * Models the EndpointSlice controller at rest (pkg/controller/endpointslice, staging endpointslice/reconciler.go, 1.32): for every
 * Service with a selector the slices of the Pods that it selects, at most 100 endpoints each. Within a slice endpoints stand in the
 * order of their addresses; the real order depends on when the Pods came.
 */
import { ipValue, type IpAddress } from '../network/address.ts'
import { listAt, objectAt, sameJson, textAt, textMapAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { create, streamOf, uidIn, update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import { generateName } from './object-identity.ts'
import { minorRelease } from './minor-release.ts'
import { withHints, type ZoneCpus } from './endpoint-hints.ts'
import type { ObjectRef } from './object-ref.ts'
import type { ApiObject, Pod, Service } from './objects.ts'
import type { PodIndex } from './pod-index.ts'
import { SERVICE_NAME_LABEL } from './read-endpoint-slice.ts'
import { readPod } from './read-pod.ts'
import { readService } from './read-service.ts'
import { groupBy } from './group-by.ts'
import { familyOf, type IpFamily } from './service-families.ts'
import { portsForPod } from './service-ports-of-pod.ts'
import { ZONE_LABEL, zoneCpus } from './zone-cpus.ts'

/** The label that says which controller a slice belongs to. */
export const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by'
const CONTROLLER = 'endpointslice-controller.k8s.io'
const MAX_ENDPOINTS = 100

/**
 * Writes the slices of every Service that has a selector. Slices made by hand stay as they are, and so do those of a Service whose
 * selector was taken away, and pasted ones whose Pods were not pasted with them.
 */
export function syncEndpointSlices(loop: ControlLoop, pods: PodIndex): void {
  const nodes = loop.store.ofKind('Node')
  const zones = new Map(
    nodes.map((node) => [node.ref.name, textAt(node.body, 'metadata', 'labels', ZONE_LABEL)]),
  )
  const cpus = zoneCpus(nodes)
  const release = minorRelease(loop.config.kubernetesVersion)
  const managed = managedSlices(loop)
  for (const object of loop.store.ofKind('Service')) {
    const service = readService(object)
    const key = `${object.ref.namespace}/${object.ref.name}`
    syncService(loop, {
      object,
      service,
      slices: managed.get(key) ?? [],
      pods: pods.selectedBy(service),
      zones,
      cpus,
      release,
    })
  }
}

interface Work {
  readonly object: ApiObject
  readonly service: Service
  readonly slices: readonly ApiObject[]
  readonly pods: readonly ApiObject[]
  readonly zones: ReadonlyMap<string, string | undefined>
  readonly cpus: ZoneCpus
  readonly release: number
}

function managedSlices(loop: ControlLoop): ReadonlyMap<string, readonly ApiObject[]> {
  const slices = loop.store
    .ofKind('EndpointSlice')
    .filter((slice) => textAt(slice.body, 'metadata', 'labels', MANAGED_BY_LABEL) === CONTROLLER)
  return groupBy(slices, (slice) => {
    const name = textAt(slice.body, 'metadata', 'labels', SERVICE_NAME_LABEL) ?? ''
    return `${slice.ref.namespace}/${name}`
  })
}

function syncService(loop: ControlLoop, work: Work): void {
  const { service, slices } = work
  const isPasteWithoutPods = work.pods.length === 0 && slices.some((slice) => slice.source !== undefined)
  const isManaged = Object.keys(service.selector).length > 0 && service.type !== 'ExternalName'
  if (isPasteWithoutPods || !isManaged) return
  const wanted = wantedSlices(work)
  const free = [...slices]
  for (const content of wanted) {
    const fitting = free.filter((slice) => slice.body['addressType'] === content['addressType'])
    const samePorts = fitting.find((slice) => sameJson(slice.body['ports'], content['ports'] ?? null))
    const existing = samePorts ?? fitting[0]
    if (existing !== undefined) free.splice(free.indexOf(existing), 1)
    if (existing === undefined) createSlice(loop, work.object, content)
    else if (!hasSameEndpoints(existing, content)) update(loop, existing, content)
  }
  for (const slice of free) loop.store.remove(slice.ref)
}

/** Slices of each of the Service's families (reconciler.go, Reconcile). */
function wantedSlices(work: Work): readonly JsonObject[] {
  const { ipFamilies } = work.service
  return (ipFamilies.length > 0 ? ipFamilies : (['IPv4'] as const)).flatMap((family) =>
    slicesOfFamily(work, family),
  )
}

/** One slice for every hundred Pods that resolve the ports alike; without any Pod an empty slice holds the place. */
function slicesOfFamily(work: Work, addressType: IpFamily): readonly JsonObject[] {
  const selected = work.pods.filter((pod) => hasEndpoint(readPod(pod), addressType))
  if (selected.length === 0) return [{ addressType, endpoints: [], ports: [] }]
  const groups = groupBy(selected, (pod) => JSON.stringify(portsForPod(work.service, pod)))
  const slices = [...groups.values()].flatMap((group) => {
    const sorted = group.toSorted((a, b) => compareAddresses(readPod(a), readPod(b), addressType))
    const [first] = sorted
    const ports = first === undefined ? [] : portsForPod(work.service, first)
    return Array.from({ length: Math.ceil(sorted.length / MAX_ENDPOINTS) }, (_, index) => ({
      addressType,
      endpoints: sorted
        .slice(index * MAX_ENDPOINTS, (index + 1) * MAX_ENDPOINTS)
        .map((pod) => endpointOf(work, pod, addressType)),
      ports,
    }))
  })
  return withHints(slices, work.service, work.cpus, work.release)
}

/** ShouldPodBeInEndpoints: has an address, and has not ended for good. */
function hasEndpoint(pod: Pod, family: IpFamily): boolean {
  return addressOf(pod, family) !== undefined && pod.phase !== 'Succeeded' && pod.phase !== 'Failed'
}

function addressOf(pod: Pod, family: IpFamily): IpAddress | undefined {
  return pod.ips.find((address) => familyOf(address) === family)
}

function compareAddresses(a: Pod, b: Pod, family: IpFamily): number {
  const [first, second] = [addressOf(a, family), addressOf(b, family)]
  if (first === undefined || second === undefined) return 0
  const [left, right] = [ipValue(first), ipValue(second)]
  return left < right ? -1 : left > right ? 1 : 0
}

function endpointOf(work: Work, object: ApiObject, family: IpFamily): JsonObject {
  const pod = readPod(object)
  const address = addressOf(pod, family)
  const isServing = pod.ready
  const zone = work.zones.get(pod.nodeName ?? '')
  const hasName = pod.hostname !== undefined && pod.subdomain === work.object.ref.name
  return {
    addresses: address === undefined ? [] : [address],
    conditions: {
      ready: work.service.publishNotReadyAddresses || (isServing && !pod.terminating),
      serving: isServing,
      terminating: pod.terminating,
    },
    ...(hasName && pod.hostname !== undefined ? { hostname: pod.hostname } : {}),
    ...(pod.nodeName === undefined ? {} : { nodeName: pod.nodeName }),
    targetRef: { kind: 'Pod', name: object.ref.name, namespace: object.ref.namespace, uid: uidIn(object) },
    ...(zone === undefined ? {} : { zone }),
  }
}

/** A slice from a paste keeps its order of endpoints while they are the same. */
function hasSameEndpoints(slice: ApiObject, content: JsonObject): boolean {
  const now = listAt(slice.body, 'endpoints')
  const wanted = listAt(content, 'endpoints')
  if (now.length !== wanted.length || !sameJson(slice.body['ports'], content['ports'])) return false
  if (sameJson(slice.body['endpoints'], content['endpoints'])) return true
  const outline = (endpoint: (typeof now)[number]) => {
    const conditions = objectAt(endpoint, 'conditions')
    return JSON.stringify([
      listAt(endpoint, 'addresses'),
      objectAt(endpoint, 'hints'),
      conditions['ready'] ?? true,
      conditions['terminating'] ?? false,
    ])
  }
  return sameJson(now.map(outline).toSorted(), wanted.map(outline).toSorted())
}

function createSlice(loop: ControlLoop, service: ApiObject, content: JsonObject): void {
  const { namespace, name } = service.ref
  const draw = streamOf(loop, `endpoint-slice/${namespace}/${name}`)
  const refOf = (candidate: string): ObjectRef => ({ kind: 'EndpointSlice', namespace, name: candidate })
  const sliceName = generateName(
    `${name}-`,
    draw,
    (candidate) => loop.store.get(refOf(candidate)) !== undefined,
  )
  const isHeadless = readService(service).headless
  create(loop, {
    ref: refOf(sliceName),
    apiVersion: 'discovery.k8s.io/v1',
    metadata: {
      generateName: `${name}-`,
      generation: 1,
      labels: {
        ...textMapAt(service.body, 'metadata', 'labels'),
        [MANAGED_BY_LABEL]: CONTROLLER,
        [SERVICE_NAME_LABEL]: name,
        ...(isHeadless ? { 'service.kubernetes.io/headless': '' } : {}),
      },
    },
    rest: content,
    owner: service,
  })
}
