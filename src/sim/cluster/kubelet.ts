/**
 * Models the kubelets at rest (pkg/kubelet, 1.32): every Pod that has a node gets a sandbox with an address, its containers run and
 * are ready. Every image is assumed to exist and to start, and every probe to succeed. What a status in a manifest says (a Pod
 * pasted from a real cluster) stays.
 */
import { ipVersion, type IpAddress } from '../network/address.ts'
import { fill, isObject, listAt, objectAt, textAt, valueAt } from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'
import { update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import { timestamp } from './object-identity.ts'
import type { ApiObject, Node } from './objects.ts'
import { openAddresses } from './pod-addresses.ts'
import type { AddressesOf } from './pod-addresses.ts'
import { readNode } from './read-node.ts'
import { isConditionTrue, readPod } from './read-pod.ts'

/** Runs every Pod that has a node. */
export function runPods(loop: ControlLoop): void {
  const nodes = new Map(loop.store.ofKind('Node').map((node) => [node.ref.name, readNode(node)]))
  const nextAddresses = openAddresses(loop)
  for (const pod of loop.store.ofKind('Pod')) {
    const { nodeName, phase } = readPod(pod)
    if (nodeName === undefined || phase === 'Succeeded' || phase === 'Failed') continue
    runPod(loop, pod, nodes.get(nodeName), nextAddresses)
  }
}

function runPod(loop: ControlLoop, pod: ApiObject, node: Node | undefined, nextAddresses: AddressesOf): void {
  const status = objectAt(pod.body, 'status')
  if (textAt(status, 'phase') === 'Running' && isWhole(pod, status)) {
    update(loop, pod, { status: withNodeHealth(loop, pod, status, node) })
    return
  }
  const addresses = addressesOf(pod, node, nextAddresses)
  const [address] = addresses
  if (address === undefined) return
  const time = textAt(status, 'startTime') ?? timestamp(loop.nowMs)
  const ready = listAt(status, 'conditions').some((item) => textAt(item, 'type') === 'Ready')
    ? isConditionTrue(status, 'Ready')
    : node?.ready !== false
  const filled = fill(status, {
    hostIP: node?.addresses[0] ?? '',
    hostIPs: oneOfEach(node?.addresses ?? []).map((item) => ({ ip: item })),
    podIP: address,
    podIPs: addresses.map((item) => ({ ip: item })),
    startTime: time,
    conditions: conditionsOf(time, ready),
    containerStatuses: containerStatuses(pod, time, ready),
    qosClass: qosClassOf(pod),
  })
  update(loop, pod, { status: { ...filled, phase: 'Running' } })
}

/** Those that a status gave, the node's own on its network, else new ones; none for a Pod whose node is not there. */
function addressesOf(
  pod: ApiObject,
  node: Node | undefined,
  nextAddresses: AddressesOf,
): readonly IpAddress[] {
  const { ips, hostNetwork, nodeName = '' } = readPod(pod)
  const isPasted = textAt(pod.body, 'status', 'phase') !== 'Pending'
  if (ips.length > 0) return ips
  if (hostNetwork) return oneOfEach(node?.addresses ?? [])
  return node === undefined && !isPasted ? [] : nextAddresses(nodeName)
}

/** The first address of each family, in their order. */
function oneOfEach(addresses: readonly IpAddress[]): readonly IpAddress[] {
  return addresses.filter(
    (address, index) => addresses.findIndex((each) => ipVersion(each) === ipVersion(address)) === index,
  )
}

/** Whether the status already has all that a running Pod's has. */
function isWhole(pod: ApiObject, status: JsonObject): boolean {
  const hasConditions = listAt(status, 'conditions').length > 0
  const hasContainers =
    listAt(status, 'containerStatuses').length >= listAt(pod.body, 'spec', 'containers').length
  return hasConditions && hasContainers && readPod(pod).ip !== undefined
}

/**
 * The node lifecycle controller takes Ready from the Pods of a node that is not ready, and the kubelet gives it back. A status that a
 * manifest gave stays as it is.
 */
function withNodeHealth(
  loop: ControlLoop,
  pod: ApiObject,
  status: JsonObject,
  node: Node | undefined,
): JsonObject {
  if (
    node === undefined ||
    isGiven(pod) ||
    isCrashing(status) ||
    isConditionTrue(status, 'Ready') === node.ready
  )
    return status
  return {
    ...status,
    conditions: listAt(status, 'conditions').map((item) =>
      isObject(item) && item['type'] === 'Ready'
        ? { ...item, status: node.ready ? 'True' : 'False', lastTransitionTime: timestamp(loop.nowMs) }
        : item,
    ),
  }
}

/** A program that ends as soon as it starts never becomes ready; whoever knows of it says when that is over. */
function isCrashing(status: JsonObject): boolean {
  return listAt(status, 'containerStatuses').some(
    (container) => textAt(container, 'state', 'waiting', 'reason') === 'CrashLoopBackOff',
  )
}

function isGiven(pod: ApiObject): boolean {
  return pod.source?.ranges['status'] !== undefined
}

const conditionTypes = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
]

function conditionsOf(time: string, ready: boolean): readonly JsonObject[] {
  return conditionTypes.map((type) => ({
    type,
    status: ready || !type.endsWith('Ready') ? 'True' : 'False',
    lastProbeTime: null,
    lastTransitionTime: time,
  }))
}

function containerStatuses(pod: ApiObject, time: string, ready: boolean): readonly JsonObject[] {
  return listAt(pod.body, 'spec', 'containers').map((container) => ({
    name: textAt(container, 'name') ?? '',
    image: textAt(container, 'image') ?? '',
    imageID: '',
    ready,
    started: true,
    restartCount: 0,
    state: { running: { startedAt: time } },
    lastState: {},
  }))
}

/** Guaranteed, Burstable or BestEffort (pkg/apis/core/v1/helper/qos). */
function qosClassOf(pod: ApiObject): string {
  const resources = listAt(pod.body, 'spec', 'containers').map((container) =>
    objectAt(container, 'resources'),
  )
  const amounts = (item: JsonObject, field: string): JsonObject => objectAt(item, field)
  const isEmpty = (item: JsonObject) =>
    Object.keys(amounts(item, 'limits')).length + Object.keys(amounts(item, 'requests')).length === 0
  if (resources.every(isEmpty)) return 'BestEffort'
  const isGuaranteed = (item: JsonObject) => ['cpu', 'memory'].every((name) => isFullyRequested(item, name))
  return resources.every(isGuaranteed) ? 'Guaranteed' : 'Burstable'
}

function isFullyRequested(resources: JsonObject, name: string): boolean {
  const limit: JsonValue | undefined = valueAt(resources, 'limits', name)
  const request = valueAt(resources, 'requests', name) ?? limit
  return limit !== undefined && JSON.stringify(limit) === JSON.stringify(request)
}
