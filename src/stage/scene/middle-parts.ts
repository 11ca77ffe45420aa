/** The middle lane: names, Services and ways in. */
import { objectKey, sameObject } from '../../sim/cluster/object-ref.ts'
import { drawOf } from '../../playback/draw-of.ts'
import { hasPorts } from '../../sim/network/packet.ts'
import type {
  GatewayCardView,
  IngressView,
  RouteCardView,
  ServicePortView,
  ServiceView,
  Snapshot,
} from '../../sim/snapshot.ts'
import type { Hop, Subject } from '../../sim/trace/trace.ts'
import type { Part } from './cast.ts'
import type { Route, Stop } from './route.ts'
import { requestedService, vantageOf, type StageRequest } from './requested.ts'
import { chainRows, dispatchRows, saidRows } from './rows.ts'
import type { Act, ServiceContent, StopContent } from './scene.ts'

/**
 * The parts from top to bottom: what the trace visits, in that order, then what a person may ask next. Services that the act does not
 * play at, and those at rest that nobody asked for, have no rows.
 */
export function middleParts(
  snapshot: Snapshot,
  route: Route,
  played: ReadonlySet<Hop>,
  act: Act,
  request: StageRequest,
): readonly Part[] {
  const visited = [...route.stops.values()].flatMap((stop) => visitedPart(snapshot, stop, played))
  const resting = route.stops.size === 0 ? restingParts(snapshot, request) : []
  const known = new Set([...visited, ...resting].map(({ id }) => id))
  const extras = act === 'lookup' ? [] : [...userServices(snapshot), ...readParts(snapshot)]
  // A lookup has the stage to itself: the search list needs the room.
  const stays = (part: Part) => act === 'way' || part.rank === 0
  return [...visited.filter(stays), ...resting, ...extras.filter(({ id }) => !known.has(id))]
}

/** The id of a Service's card. */
function serviceCard(view: Pick<ServiceView, 'ref'>): string {
  return objectKey(view.ref)
}

function visitedPart(
  snapshot: Snapshot,
  { id, subject, hops }: Stop,
  played: ReadonlySet<Hop>,
): readonly Part[] {
  const here = hops.filter((hop) => played.has(hop))
  // What only the other act plays at stands by without its rows, and leaves before what nobody plays at.
  const part = (content: Part['content']): readonly Part[] => [
    { id, content, onPath: true, rank: here.length > 0 ? 0 : 1 },
  ]
  switch (subject.kind) {
    case 'service': {
      const view = snapshot.services.find((service) => serviceCard(service) === id)
      if (view === undefined) return part(goneService(subject))
      return part(serviceContent(view, portOf(view, hops), here))
    }
    case 'node-port': {
      const view = snapshot.services.find((service) => sameObject(service.ref, subject.ref))
      const address = snapshot.nodes.find(({ name }) => name === subject.node)?.address ?? ''
      const port = view && portOf(view, hops)
      const rows = [
        ...dispatchRows(here),
        ...saidRows(here),
        ...(port === undefined ? [] : drawnRows(here, port)),
      ]
      return part(stop('node-port', subject.node, [`${address}:${port?.nodePort ?? ''}`], rows))
    }
    case 'vip':
      return part(stop('vip', subject.address, [subject.node]))
    case 'name':
      return part(stop('name', subject.name, answersIn(hops) ?? targetsOf(snapshot, subject.name)))
    case 'router':
    case 'outside':
      return part(stop(subject.kind, subject.address, [], saidRows(here)))
    case 'client':
    case 'pod':
    case 'ingress-controller':
    case 'node':
      return []
  }
}

/** Before the first Send: the name server, the Service asked for; from outside, the ways in, those of balancers too. */
function restingParts(snapshot: Snapshot, request: StageRequest): readonly Part[] {
  const asked = requestedService(snapshot, request)
  const fromOutside = vantageOf(snapshot, request)?.kind === 'outside'
  const dns = fromOutside ? [] : snapshot.services.filter(({ role }) => role === 'dns')
  const waysIn = fromOutside
    ? snapshot.vips.map(({ address, node }) => ({
        id: `vip/${address}`,
        ...resting(stop('vip', address, [node])),
      }))
    : []
  const chosen = asked === undefined || fromOutside ? [] : [asked]
  const balanced = fromOutside
    ? snapshot.services.filter(
        ({ type, externalAddresses: [at] }) => type === 'LoadBalancer' && at !== undefined,
      )
    : []
  return [
    ...dns.map((view) => ({ id: serviceCard(view), ...resting(bareService(view)) })),
    ...waysIn,
    ...balanced.map((view) => ({ id: serviceCard(view), ...resting(balancedService(view, request)) })),
    ...chosen.map((view) => ({ id: serviceCard(view), ...resting(restingService(view)) })),
  ]
}

function userServices(snapshot: Snapshot): readonly Part[] {
  return snapshot.services
    .filter(({ role }) => role === 'app')
    .map((view) => ({
      id: serviceCard(view),
      content: serviceContent(view, undefined, []),
      onPath: false,
      rank: 2,
    }))
}

/** Objects that no packet passes: a controller has read them. */
function readParts({ ingresses, gateways, routes }: Snapshot): readonly Part[] {
  return [...ingresses.map(ingressPart), ...routes.map(routePart), ...gateways.map(gatewayPart)]
}

function gatewayPart({ ref, addresses, className }: GatewayCardView): Part {
  const content = stop('gateway', ref.name, [addresses[0] ?? className])
  return { id: objectKey(ref), content, onPath: false, rank: 2 }
}

function routePart({ ref, rules }: RouteCardView): Part {
  const names = new Set(rules.flatMap(({ backends }) => backends.map(({ service }) => service.name)))
  const content = stop('route', ref.name, names.size === 0 ? [] : [`→ ${[...names].join(', ')}`])
  return { id: objectKey(ref), content, onPath: false, rank: 2 }
}

function ingressPart({ ref, rules }: IngressView): Part {
  const paths = rules.flatMap((rule) => rule.paths)
  const first = paths[0]
  const lines = first === undefined ? [] : [`→ ${first.service}:${first.port}`]
  return {
    id: objectKey(ref),
    content: stop('ingress', ref.name, lines),
    onPath: false,
    rank: 2,
  }
}

function resting(content: Part['content']): Omit<Part, 'id'> {
  return { content, onPath: false, rank: 1 }
}

function serviceContent(
  view: ServiceView,
  port: ServicePortView | undefined,
  hops: readonly Hop[],
): ServiceContent {
  const rows =
    port === undefined || hops.length === 0 ? [] : [...saidRows(hops), ...chainRows(hops, port.rows)]
  const asked = hops.find(({ before }) => view.externalAddresses.includes(before.dst))?.before.dst
  return { ...bareService(view, port, asked), rows }
}

function restingService(view: ServiceView): ServiceContent {
  return { ...bareService(view), rows: chainRows([], view.ports[0]?.rows ?? []) }
}

/** As it is met from outside: at its balancer's address. */
function balancedService(view: ServiceView, { url }: StageRequest): ServiceContent {
  const wanted = /^\s*https:/i.test(url) ? 443 : 80
  const port = view.ports.find((each) => each.port === wanted) ?? view.ports[0]
  return bareService(view, port, view.externalAddresses[0])
}

function bareService(
  view: ServiceView,
  port = view.ports[0],
  address: string = view.clusterIp,
): ServiceContent {
  return {
    kind: 'service',
    ref: view.ref,
    type: view.headless ? 'Headless' : view.type,
    role: view.role,
    address: view.externalName ?? (port === undefined ? address : `${address}:${port.port}`),
    endpoints: port?.rows.length ?? 0,
    rows: [],
  }
}

function goneService({ ref }: Extract<Subject, { kind: 'service' }>): ServiceContent {
  return { kind: 'service', ref, type: 'ClusterIP', role: 'app', address: '', endpoints: 0, rows: [] }
}

function drawnRows(hops: readonly Hop[], port: ServicePortView) {
  // The Service's own masquerade check is of no account here: the node port's chain has marked the packet already.
  const rows = chainRows(
    hops.filter((hop) => drawOf(hop) !== undefined),
    port.rows,
  )
  return hops.some((hop) => drawOf(hop) !== undefined) ? rows.filter(({ mark }) => mark !== '·') : []
}

/** The port that the packets at this card ask for: by its own number, by its node port, or the only one. */
function portOf(view: ServiceView, hops: readonly Hop[]): ServicePortView | undefined {
  for (const { before } of hops) {
    if (!hasPorts(before)) continue
    const found = view.ports.find(
      ({ protocol, port, nodePort }) =>
        protocol.toLowerCase() === before.protocol &&
        (port === before.dstPort || nodePort === before.dstPort),
    )
    if (found !== undefined) return found
  }
  return view.ports[0]
}

/** The first address that a name server's reply gave at this card: of a wildcard's record too. */
function answersIn(hops: readonly Hop[]): readonly string[] | undefined {
  const replies = hops.flatMap(({ message }) => (message?.kind === 'dns' ? message.message.answer : []))
  const found = replies.find(({ type }) => type === 'A' || type === 'AAAA')
  return found && [`${found.type} ${found.data}`]
}

function targetsOf(snapshot: Snapshot, name: string): readonly string[] {
  const bare = name.replace(/\.$/, '')
  return (
    snapshot.outsideNames
      .find((outside) => outside.name === bare)
      ?.targets.slice(0, 1)
      .map((target) => `A ${target}`) ?? []
  )
}

function stop(
  what: StopContent['what'],
  name: string,
  lines: readonly string[],
  rows: StopContent['rows'] = [],
): StopContent {
  return { kind: 'stop', what, name, lines, rows }
}
