/** Tells a packet's way between hooks: the route taken, the crossing to another host, a rewrite that conntrack repeats. */
import type { HookPass } from '../netfilter/evaluation.ts'
import type { Cluster, Vip } from '../cluster/cluster.ts'
import type { IpAddress } from '../network/address.ts'
import type { Route } from '../network/network.ts'
import type { Packet } from '../network/packet.ts'
import { printRoute, type RouteDecision } from '../network/route.ts'
import { isOuter } from '../network/vxlan.ts'
import type { WalkEvent } from '../network/walk.ts'
import { hopText, phrase } from '../phrase.ts'
import type { HopName } from '../phrase-ids.ts'
import { announcementOf, announcementOrigins } from './announce-balancers.ts'
import { announcerEvidence } from './announcer-evidence.ts'
import type { HopDraft } from './recorder.ts'
import type { Flight, Run } from './run.ts'
import { nameOfAddress, placeOf, subjectOfAddress } from './subjects.ts'
import { conntrackOf, flightParts } from './tell-parts.ts'
import type { Evidence, Subject } from './trace.ts'

/** The route that a node chose; a Pod's only way out is no news. */
export function tellRoute(run: Run, flight: Flight, event: Extract<WalkEvent, { kind: 'routed' }>): void {
  const { decision, host, packet } = event
  const cluster = run.world.cluster()
  const place = placeOf(cluster, host, 'routing')
  if (place.hostKind !== 'node' || decision.kind !== 'unicast') return
  const { route } = decision
  const values = {
    node: host,
    dst: packet.dst,
    via: route.via ?? route.interfaceName,
    device: route.interfaceName,
    route: printRoute(route),
  }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'route',
    place,
    subject: { kind: 'node', node: host },
    ...hopText(routeName(packet, route), values),
    before: packet,
    evidence: [routeEvidence(decision)],
  })
}

function routeName(packet: Packet, { destination, via }: Extract<Route, { kind: 'unicast' }>): HopName {
  if (isOuter(packet)) return 'route-outer'
  if (destination.endsWith('/0')) return 'route-default'
  return via === undefined ? 'route-direct' : 'route-via'
}

/** The packet comes into a node: from a Pod, from outside, or from another node. */
export function tellCrossing(run: Run, flight: Flight, event: Extract<WalkEvent, { kind: 'crossed' }>): void {
  if (flight.detail !== 'full') return
  const cluster = run.world.cluster()
  const place = placeOf(cluster, event.to, event.inInterface)
  if (place.hostKind !== 'node') return
  const fromNode = betweenNodes(run, event)
  const subject = subjectOfAddress(cluster, event.packet.dst)
  const isVip = subject.kind === 'vip' && subject.node === event.to
  const announcement = fromNode ? undefined : announcementOf(cluster, event.packet.dst)
  const values = {
    node: event.to,
    from: event.from,
    device: event.inInterface,
    dst: event.packet.dst,
    says: flight.says,
  }
  const name = fromNode ? 'cross' : isVip ? 'enter-vip' : announcement ? 'enter-balancer' : 'enter'
  run.recorder.hop({
    ...flightParts(flight),
    kind: fromNode ? 'cross' : 'enter',
    place,
    subject: isVip ? subject : { kind: 'node', node: event.to },
    ...hopText(name, values),
    before: event.packet,
    ...(isVip ? vipParts(cluster, event.packet.dst) : {}),
    ...(announcement
      ? { evidence: [announcerEvidence(announcement)], origins: announcementOrigins(announcement) }
      : {}),
  })
}

/** Whose Pod holds the lease of the address, and where it stands written. */
function vipParts({ vips }: Cluster, address: IpAddress): Pick<HopDraft, 'evidence' | 'origins'> {
  const vip = vips.find((each) => each.address === address)
  return vip === undefined ? {} : { evidence: [vipEvidence(vip)], origins: [vip.origin] }
}

function vipEvidence({ address, node, candidates }: Vip): Evidence {
  return {
    kind: 'announcers',
    title: phrase('evidence.vip-leader', { address }),
    candidates: candidates.map((each) => ({
      id: `announcer ${each.node}`,
      name: each.node,
      verdict: each.node === node ? 'won' : 'lost',
      reason: phrase(`reason.vip-${each.node === node ? 'leads' : each.ready ? 'waits' : 'not-ready'}`),
    })),
    texts: [],
  }
}

/** Whether the packet goes from one node to another. */
export function betweenNodes(run: Run, event: Extract<WalkEvent, { kind: 'crossed' }>): boolean {
  const cluster = run.world.cluster()
  return [event.from, event.to].every((host) => placeOf(cluster, host).hostKind === 'node')
}

/** The routes of a decision as evidence, the winner's line as its text. */
export function routeEvidence(decision: RouteDecision): Evidence {
  const won = decision.candidates.find((each) => each.verdict === 'won')
  return {
    kind: 'routes',
    title: phrase('evidence.routes'),
    candidates: decision.candidates
      .filter((each) => each.verdict !== 'other-destination' || decision.candidates.length <= 8)
      .map((each) => ({
        id: printRoute(each.route),
        name: printRoute(each.route),
        verdict: each.verdict === 'won' ? 'won' : 'lost',
        reason: phrase(`reason.route-${each.verdict}`),
      })),
    texts: won === undefined ? [] : [{ text: printRoute(won.route), marks: [] }],
  }
}

/** A rewrite that conntrack repeated or undid on one host; PREROUTING's and POSTROUTING's are told as one. */
export interface Repeated {
  readonly host: string
  readonly before: Packet
  readonly after: Packet
  readonly pass: HookPass
  /** IPVS had its part in it. */
  readonly byIpvs: boolean
}

/** Adds one hook's passage to what conntrack did on this host so far. */
export function withRepeated(
  known: Repeated | undefined,
  host: string,
  pass: HookPass,
): Repeated | undefined {
  const isNew = pass.ipvs?.kind === 'request' && pass.ipvs.by !== 'connection'
  const isRepeated = !isNew && pass.rewrites.some((rewrite) => rewrite.by === undefined)
  if (!isRepeated) return known
  const byIpvs = known?.byIpvs === true || pass.ipvs !== undefined
  return { host, before: known?.before ?? pass.before, after: pass.after, pass, byIpvs }
}

/** What conntrack repeated or undid, as one hop. */
export function tellRepeated(run: Run, flight: Flight, repeated: Repeated): void {
  const { host, before, after, pass } = repeated
  const cluster = run.world.cluster()
  const isReply = pass.connection?.direction === 'reply'
  const address = isReply ? after.src : before.dst
  const values = {
    node: host,
    address,
    src: after.src,
    dst: after.dst,
    service: nameOfAddress(cluster, address),
    says: flight.says,
  }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'repeat',
    phase: isReply ? 'reply' : flight.phase,
    place: placeOf(cluster, host, 'conntrack'),
    subject: rewriterOf(run, repeated) ?? subjectOfAddress(cluster, address),
    ...hopText(repeatedName(repeated, isReply), values),
    before,
    after,
    ...conntrackOf(run, host, pass),
  })
}

/** Where only the client's address was rewritten, its destination stayed who it was. */
function repeatedName({ before, after, byIpvs }: Repeated, isReply: boolean): HopName {
  if (byIpvs) return isReply ? 'ipvs-restore' : 'ipvs-repeat'
  if (isReply) return before.src === after.src ? 'restore-client' : 'restore'
  return before.dst === after.dst ? 'repeat-source' : 'repeat'
}

/** Whose rule made the rewrite that is repeated or undone here: a Service, or a Service met as a port of the node. */
function rewriterOf(run: Run, { host, pass }: Repeated): Subject | undefined {
  const entry = pass.connection?.entry
  const first = run.recorder.hops.findLast(
    (hop) =>
      hop.kind === 'rewrite' &&
      hop.place.host === host &&
      hop.before.dst === entry?.original.dst &&
      hop.after.dst === entry.reply.src,
  )
  return first?.subject
}
