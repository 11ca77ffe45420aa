/** The Pods of each node, in the order of the rules that lead to them. */
import { cardOf } from '../../playback/stations.ts'
import { sameObject, type ObjectRef } from '../../sim/cluster/object-ref.ts'
import type { PodView, Snapshot } from '../../sim/snapshot.ts'
import type { FramePart, Part } from './cast.ts'
import type { Route, Stop } from './route.ts'
import { controllerRows } from './rows.ts'
import type { Act, PodContent } from './scene.ts'

/**
 * The frames, a node each, in the cluster's order. Pods stand by the Service in the middle lane that has them, then by its rules.
 * @param taken cards of other lanes: a client's own Pod has no second card unless the trace visits it
 */
export function frameParts(
  snapshot: Snapshot,
  route: Route,
  middle: readonly Part[],
  act: Act,
  taken: ReadonlySet<string>,
): readonly FramePart[] {
  const order = podOrder(snapshot, middle)
  const gone = gonePods(snapshot, route)
  return snapshot.nodes.map((node) => {
    const here = [...snapshot.pods, ...gone].filter(
      (pod) => pod.node === node.name && !isTaken(pod, taken, route),
    )
    const parts = here.map((pod) => podPart(pod, route, order, act))
    const drawn = parts.filter(({ rank }) => rank < never)
    return {
      node,
      pods: drawn.toSorted((a, b) => placeOf(order, a.id) - placeOf(order, b.id)),
      others: parts.length - drawn.length,
    }
  })
}

/** The id of a Pod's card. */
export function podCard(ref: ObjectRef): string {
  return cardOf({ kind: 'pod', ref }) ?? ''
}

const never = 9
const unordered = 1e6

function podPart(pod: PodView, route: Route, order: ReadonlyMap<string, number>, act: Act): Part {
  const id = podCard(pod.ref)
  const stop = route.stops.get(id)
  return {
    id,
    content: podContent(pod, stop),
    onPath: stop !== undefined,
    rank: rankOf(pod, stop, order.has(id), act),
  }
}

function rankOf(pod: PodView, stop: Stop | undefined, isEndpoint: boolean, act: Act): number {
  if (stop !== undefined) return 0
  if (act === 'lookup') return pod.role === 'dns' ? 1 : never
  if (pod.role === 'dns') return isEndpoint ? 3 : never
  if (pod.role === 'app') return isEndpoint ? 1 : 2
  return isEndpoint && pod.role === 'ingress' ? 2 : never
}

function podContent(pod: PodView, stop: Stop | undefined): PodContent {
  const status = statusOf(pod)
  return {
    kind: 'pod',
    ref: pod.ref,
    role: pod.role,
    size: stop === undefined ? 'line' : 'full',
    address: pod.address ?? '',
    ports: pod.listens.filter(({ loopbackOnly }) => !loopbackOnly).map(({ port }) => port),
    ...(status === undefined ? {} : { status }),
    rows: stop === undefined ? [] : controllerRows(stop.hops),
  }
}

function statusOf(pod: PodView): string | undefined {
  if (pod.terminating) return 'Terminating'
  if (pod.status !== 'Running') return pod.status
  return pod.ready ? undefined : 'NotReady'
}

/** Where each endpoint stands: by Service from the top, then by rule. */
function podOrder(snapshot: Snapshot, middle: readonly Part[]): ReadonlyMap<string, number> {
  const order = new Map<string, number>()
  for (const { content } of middle) {
    const ref = content.kind === 'service' ? content.ref : undefined
    const view = ref && snapshot.services.find((service) => sameObject(service.ref, ref))
    for (const { pod } of view?.ports.flatMap(({ rows }) => rows) ?? []) {
      if (pod !== undefined && !order.has(podCard(pod))) order.set(podCard(pod), order.size)
    }
  }
  return order
}

function placeOf(order: ReadonlyMap<string, number>, id: string): number {
  return order.get(id) ?? unordered
}

function isTaken(pod: PodView, taken: ReadonlySet<string>, route: Route): boolean {
  return taken.has(`client/pod/${pod.ref.namespace}/${pod.ref.name}`) && !route.stops.has(podCard(pod.ref))
}

/** Pods that the trace met and that are no more. */
function gonePods(snapshot: Snapshot, route: Route): readonly PodView[] {
  return [...route.stops.values()].flatMap(({ subject, hops }) => {
    if (subject.kind !== 'pod' && subject.kind !== 'ingress-controller') return []
    const { ref } = subject
    const node = hops.find(({ place }) => place.hostKind === 'pod')?.place.node ?? hops[0]?.place.node
    if (node === undefined || snapshot.pods.some((pod) => sameObject(pod.ref, ref))) return []
    return [{ ...gonePod, ref, node }]
  })
}

const gonePod = {
  hostNetwork: false,
  ready: false,
  terminating: false,
  status: 'Deleted',
  role: 'app',
  image: '',
  labels: {},
  listens: [],
  services: [],
} as const satisfies Omit<PodView, 'ref'>
