/** The Pods of each node, in the order of the rules that lead to them. */
import { objectKey, sameObject } from '../../sim/cluster/object-ref.ts'
import type { NodeView, PodView, Snapshot } from '../../sim/snapshot.ts'
import type { Hop } from '../../sim/trace/trace.ts'
import type { FramePart, Part } from './cast.ts'
import type { Route, Stop } from './route.ts'
import { controllerRows, saidRows } from './rows.ts'
import type { Act, PodContent } from './scene.ts'

/**
 * The frames, a node each, so that wires do not cross: by the rows that lead to them, then as the path visits them, then in the cluster's
 * order; last what is on no node yet. Pods stand by the Service in the middle lane that has them, then by its rules.
 * @param taken cards of other lanes: the Pod that asks has no second card
 */
export function frameParts(
  snapshot: Snapshot,
  route: Route,
  middle: readonly Part[],
  act: Act,
  played: ReadonlySet<Hop>,
  taken: ReadonlySet<string>,
): readonly FramePart[] {
  const order = podOrder(snapshot, middle)
  const gone = gonePods(snapshot, route)
  const frameOf = (node: NodeView | undefined): FramePart => {
    const here = [...snapshot.pods, ...gone].filter(
      (pod) => pod.node === node?.name && !taken.has(objectKey(pod.ref)),
    )
    const parts = here.map((pod) =>
      podPart(pod, playedStop(route, pod, played), order, act, route.stops.has(objectKey(pod.ref))),
    )
    const drawn = parts.filter(({ rank }) => rank < never)
    return {
      node,
      pods: drawn.toSorted((a, b) => placeOf(order, a.id) - placeOf(order, b.id)),
      others: parts.length - drawn.length,
    }
  }
  const waiting = frameOf(undefined)
  return [...byRow(snapshot.nodes.map(frameOf), middle, route), ...(waiting.pods.length > 0 ? [waiting] : [])]
}

/** Frames by the mean row of what leads to their Pods, then by the first visit; those that nothing leads to last. */
function byRow(frames: readonly FramePart[], middle: readonly Part[], route: Route): readonly FramePart[] {
  const rows = middle.flatMap(({ content }) => ('rows' in content ? content.rows : []))
  const led = rows.flatMap(({ leadsTo }) => leadsTo ?? [])
  const visited = [...route.stops.keys()]
  const place = ({ pods }: FramePart) => {
    const at = (list: readonly string[]) =>
      pods.flatMap(({ id }) => (list.includes(id) ? [list.indexOf(id)] : []))
    const [ends, visits] = [at(led), at(visited)]
    if (ends.length > 0) return ends.reduce((sum, row) => sum + row, 0) / ends.length
    return led.length + (visits.length > 0 ? Math.min(...visits) : unordered)
  }
  return frames.toSorted((a, b) => place(a) - place(b))
}

const never = 9
const unordered = 1e6

function podPart(
  pod: PodView,
  stop: Stop | undefined,
  order: ReadonlyMap<string, number>,
  act: Act,
  onPath: boolean,
): Part {
  const id = objectKey(pod.ref)
  const rank = stop !== undefined ? 0 : rankOf(pod, order.has(id), act, onPath)
  return { id, content: podContent(pod, stop), onPath, rank }
}

/** A Pod's part of this act; undefined where only the other act visits it, or none. */
function playedStop(route: Route, { ref }: PodView, played: ReadonlySet<Hop>): Stop | undefined {
  const stop = route.stops.get(objectKey(ref))
  return stop?.hops.some((hop) => played.has(hop)) === true ? stop : undefined
}

function rankOf(pod: PodView, isEndpoint: boolean, act: Act, onPath: boolean): number {
  if (act === 'lookup') return pod.role === 'dns' ? 1 : never
  if (onPath) return 1
  if (pod.role === 'dns') return isEndpoint ? 3 : never
  if (pod.role === 'app') return isEndpoint ? 1 : 2
  return isEndpoint && pod.role === 'ingress' ? 1 : never
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
    rows: stop === undefined ? [] : [...controllerRows(stop.hops), ...saidRows(stop.hops)],
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
      if (pod !== undefined && !order.has(objectKey(pod))) order.set(objectKey(pod), order.size)
    }
  }
  return order
}

function placeOf(order: ReadonlyMap<string, number>, id: string): number {
  return order.get(id) ?? unordered
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
