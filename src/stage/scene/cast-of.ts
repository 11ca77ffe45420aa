/** Chooses who plays in an act, and what leads where. */
import { objectKey, type ObjectRef } from '../../sim/cluster/object-ref.ts'
import { cardOf } from '../../playback/stations.ts'
import type { PodView, Snapshot, VantageView } from '../../sim/snapshot.ts'
import type { Trace } from '../../sim/trace/trace.ts'
import { hopsOf } from './act.ts'
import type { Cast, Link, Part } from './cast.ts'
import { chainBetween } from './chain-between.ts'
import { middleParts } from './middle-parts.ts'
import { frameParts } from './pod-parts.ts'
import { refusalOf } from './refusal.ts'
import { routeOf, type Leg, type Route } from './route.ts'
import { vantageOf, type StageRequest } from './requested.ts'
import { ladderRows } from './rows.ts'
import type { Act, ClientContent, LadderContent } from './scene.ts'

/** The cast of an act of a trace; of the cluster at rest without one. */
export function castOf(snapshot: Snapshot, trace: Trace | undefined, act: Act, request: StageRequest): Cast {
  const route = routeOf(trace)
  const played = new Set(hopsOf(trace, act))
  const clients = clientParts(snapshot, route, trace?.request ?? request)
  const middle = middleParts(snapshot, route, played, act, trace?.request ?? request)
  const frames = frameParts(snapshot, route, middle, act, played, new Set(clients.map(({ id }) => id)))
  const below = act === 'lookup' ? ladderOf(trace) : refusalOf(trace)
  const services = middle.filter(({ content }) => content.kind === 'service').length
  return {
    act,
    clients,
    middle,
    // The lane is called CoreDNS by node: nodes without one say nothing.
    frames: act === 'lookup' ? frames.filter(({ pods }) => pods.length > 0) : frames,
    ...(below === undefined ? {} : { below }),
    links: linksOf(snapshot, route, clients, middle),
    otherServices: snapshot.services.length + snapshot.crowd - services,
  }
}

function clientParts(snapshot: Snapshot, route: Route, request: StageRequest): readonly Part[] {
  const vantage = vantageOf(snapshot, request)
  const visited = [...route.stops.values()].flatMap(({ id, subject }) =>
    subject.kind === 'client' ? [{ id, vantage: subject.vantage }] : [],
  )
  const start =
    visited.length > 0 || vantage === undefined
      ? visited
      : [{ id: cardOf({ kind: 'client', vantage: vantage.id }) ?? '', vantage: vantage.id }]
  return start.map(({ id, vantage: from }) => ({
    id,
    content: clientContent(from, vantageOf(snapshot, { from, url: '' })),
    onPath: route.stops.size > 0,
    rank: 0,
  }))
}

function clientContent(id: string, view: VantageView | undefined): ClientContent {
  if (view === undefined) return { kind: 'client', name: id, where: 'outside', address: '' }
  const home = view.namespace === undefined ? undefined : `${view.namespace} · ${view.node ?? ''}`
  return {
    kind: 'client',
    name: view.name,
    where: view.kind,
    address: view.address,
    ...(home === undefined ? {} : { home }),
  }
}

function ladderOf(trace: Trace | undefined): LadderContent | undefined {
  const ladder = ladderRows(hopsOf(trace, 'lookup'))
  return ladder && { kind: 'ladder', title: ladder.evidence.title, rows: ladder.rows, tall: true }
}

/** Rows to their Pods, clients to what they can ask, and every way that the trace takes and nobody had drawn. */
function linksOf(
  snapshot: Snapshot,
  route: Route,
  clients: readonly Part[],
  middle: readonly Part[],
): readonly Link[] {
  const links = [
    ...middle.flatMap((part) => partLinks(snapshot, route, part)),
    ...clientLinks(clients, middle, route),
    ...readLinks(snapshot, route, middle),
  ]
  const lane = new Map([
    ...clients.map(({ id }) => [id, 0] as const),
    ...middle.map(({ id }) => [id, 1] as const),
  ])
  const laneOf = (id: string) => lane.get(id) ?? 2
  for (const leg of [...route.legs, ...opening(clients, route)]) {
    if (chainBetween(links, leg.from, leg.to) !== undefined) continue
    const [from, to] = laneOf(leg.from) <= laneOf(leg.to) ? [leg.from, leg.to] : [leg.to, leg.from]
    links.push({ from, to, kind: to.startsWith('Service/') || to.startsWith('name/') ? 'idea' : 'exists' })
  }
  return links
}

/** A trace that begins away from its client: the client still asked. */
function opening(clients: readonly Part[], route: Route): readonly Leg[] {
  const [client, first] = [clients[0]?.id, route.stops.keys().next().value]
  return client === undefined || first === undefined || route.stops.has(client)
    ? []
    : [{ from: client, to: first }]
}

function partLinks(snapshot: Snapshot, route: Route, { id, content, onPath }: Part): readonly Link[] {
  if (content.kind !== 'service' && content.kind !== 'stop') return []
  const fromRows = content.rows.flatMap((row) =>
    row.leadsTo === undefined ? [] : [{ from: id, to: row.leadsTo, row: row.id, kind: 'exists' as const }],
  )
  if (fromRows.length > 0 || content.kind === 'stop') return fromRows
  if (isRead(snapshot, route, id)) return []
  const ends = endpointsOf(snapshot, id)
  // A compact card of a trace shows the way that was taken; at rest the name server shows all that answer.
  const shown = onPath ? ends.filter((end) => route.stops.has(end)) : ends
  const isNeeded = content.role === 'dns' && route.stops.size === 0
  return shown.map((to) => ({
    from: id,
    to,
    kind: 'exists' as const,
    ...(isNeeded ? {} : { optional: true as const }),
  }))
}

function clientLinks(clients: readonly Part[], middle: readonly Part[], route: Route): readonly Link[] {
  if (route.stops.size > 0) return []
  return clients.flatMap(({ id: from }) =>
    middle
      .filter(({ rank }) => rank < 2)
      .map(({ id: to, content }) => ({
        from,
        to,
        kind: content.kind === 'service' ? ('idea' as const) : ('exists' as const),
      })),
  )
}

/**
 * From an Ingress, a Gateway or a Route, and in a trace that it decided from the Services behind it, to the controller's Pod: read, and
 * no packet goes there.
 */
function readLinks(snapshot: Snapshot, route: Route, middle: readonly Part[]): readonly Link[] {
  return controllersOf(snapshot, route).flatMap((pod) =>
    middle
      .filter(({ id }) => reads(snapshot, pod, id) && !route.stops.has(id))
      .map(({ id: from }) => ({
        from,
        to: objectKey(pod.ref),
        kind: 'read' as const,
        optional: true as const,
      })),
  )
}

/** The Pods of ingress controllers and Gateways that the trace visits; without one all that there are. */
function controllersOf(snapshot: Snapshot, route: Route): readonly PodView[] {
  const all = snapshot.pods.filter(({ role }) => role === 'ingress')
  return route.stops.size === 0 ? all : all.filter(({ ref }) => route.stops.has(objectKey(ref)))
}

/** Whether a card is of an object that the Pod's controller has read for it; of Services those that its rules name. */
function reads(snapshot: Snapshot, pod: PodView, card: string): boolean {
  const { ingresses, gateways, routes } = snapshot
  const name = pod.labels['gateway.networking.k8s.io/gateway-name']
  if (name === undefined)
    return ingresses.some(
      ({ ref, rules }) =>
        card === objectKey(ref) ||
        rules.some(({ paths }) =>
          paths.some(({ service }) => card === objectKey({ ...ref, kind: 'Service', name: service })),
        ),
    )
  const isOwn = (ref: ObjectRef) => ref.namespace === pod.ref.namespace && ref.name === name
  return (
    gateways.some(({ ref }) => isOwn(ref) && card === objectKey(ref)) ||
    routes.some(
      ({ ref, parents, rules }) =>
        parents.some(({ gateway }) => isOwn(gateway)) &&
        (card === objectKey(ref) ||
          rules.some(({ backends }) => backends.some(({ service }) => card === objectKey(service)))),
    )
  )
}

/** Whether a Service stands beside the path, and a controller on it reads its endpoints. */
function isRead(snapshot: Snapshot, route: Route, card: string): boolean {
  if (route.stops.has(card) || route.stops.size === 0) return false
  return controllersOf(snapshot, route).some((pod) => reads(snapshot, pod, card))
}

function endpointsOf(snapshot: Snapshot, card: string): readonly string[] {
  const view = snapshot.services.find(({ ref }) => objectKey(ref) === card)
  return (view?.ports[0]?.rows ?? []).flatMap(({ pod }) => (pod === undefined ? [] : [objectKey(pod)]))
}
