/** Tells how a packet rides inside another: wrapped on one node, past the router, unwrapped on the next. */
import type { Cluster } from '../cluster/cluster.ts'
import type { Origin } from '../cluster/object-ref.ts'
import { cidrContains, type IpAddress } from '../network/address.ts'
import type { WalkEvent } from '../network/walk.ts'
import { printFdbEntry, printNeighbour, type TunnelInterface } from '../network/vxlan.ts'
import { hopText, phrase } from '../phrase.ts'
import type { Flight, Run } from './run.ts'
import { nameOfAddress, placeOf } from './subjects.ts'
import { flightParts } from './tell-parts.ts'
import type { Evidence } from './trace.ts'

type Encapsulated = Extract<WalkEvent, { kind: 'encapsulated' }>
type Decapsulated = Extract<WalkEvent, { kind: 'decapsulated' }>
type Crossed = Extract<WalkEvent, { kind: 'crossed' }>

/** The packet goes into another one. */
export function tellEncapsulation(run: Run, flight: Flight, event: Encapsulated): void {
  const { host, device, peer, inner, packet } = event
  const cluster = run.world.cluster()
  const values = {
    node: host,
    device: device.name,
    dst: inner.dst,
    local: packet.src,
    remote: peer.remote,
    peer: nameOfAddress(cluster, peer.remote),
    port: device.vxlan.port,
    says: flight.says,
  }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'encapsulate',
    place: placeOf(cluster, host, device.name),
    subject: { kind: 'node', node: host },
    ...hopText('encapsulate', values),
    before: inner,
    after: packet,
    evidence: [peerEvidence(event), outerEvidence(event)],
    origins: overlayOrigins(cluster, inner.dst),
  })
}

/** The outer packet passes a router, which looks at nothing else. */
export function tellRouterCrossing(run: Run, flight: Flight, { packet, from, to }: Crossed): void {
  const place = placeOf(run.world.cluster(), to)
  if (place.hostKind !== 'router') return
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'cross',
    place,
    // On its way from that node: the router decides nothing, and has no card of its own.
    subject: { kind: 'node', node: from },
    ...hopText('cross-router', { router: place.host, src: packet.src, dst: packet.dst }),
    before: packet,
  })
}

/** The packet comes out of the other one. */
export function tellDecapsulation(run: Run, flight: Flight, event: Decapsulated): void {
  const { host, device, inner, packet } = event
  const cluster = run.world.cluster()
  const values = {
    node: host,
    device: device.name,
    dst: inner.dst,
    from: nameOfAddress(cluster, packet.src),
    port: device.vxlan.port,
    says: flight.says,
  }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'decapsulate',
    place: placeOf(cluster, host, device.name),
    subject: { kind: 'node', node: host },
    ...hopText('decapsulate', values),
    before: packet,
    after: inner,
    evidence: [
      { kind: 'tunnel', title: phrase('evidence.tunnel'), candidates: [], texts: [deviceText(device)] },
    ],
    origins: overlayOrigins(cluster, inner.dst),
  })
}

/** The line that says whether packets to this Pod's address ride in a tunnel. */
export function overlayOrigins(cluster: Cluster, address: IpAddress): readonly Origin[] {
  return cluster.ipPools
    .filter(({ cidr }) => cidrContains(cidr, address))
    .map(({ ref }) => ({ object: ref, paths: [['spec', 'vxlanMode']] }))
}

/** The neighbours that the device was told of; the one that the route names won. */
function peerEvidence({ device, peer }: Encapsulated): Evidence {
  return {
    kind: 'tunnel',
    title: phrase('evidence.tunnel-peer'),
    candidates: device.vxlan.peers.map((each) => ({
      id: each.address,
      name: printNeighbour(device.name, each),
      verdict: each === peer ? 'won' : 'lost',
      reason: phrase(each === peer ? 'reason.tunnel-peer' : 'reason.tunnel-other-peer'),
    })),
    texts: [{ text: printFdbEntry(device.name, peer), marks: [peer.remote] }],
  }
}

/** The device, and the header that it puts in front. */
function outerEvidence({ device, packet }: Encapsulated): Evidence {
  const ends = `IP ${packet.src}.${packet.srcPort} > ${packet.dst}.${packet.dstPort}`
  return {
    kind: 'tunnel',
    title: phrase('evidence.tunnel'),
    candidates: [],
    texts: [
      deviceText(device),
      { text: `${ends}: VXLAN, vni ${device.vxlan.vni}`, marks: [String(packet.srcPort)], basis: 'assumed' },
    ],
  }
}

/** As `ip -d link` says it, without what nobody asked for. */
function deviceText({ name, vxlan }: TunnelInterface): Evidence['texts'][number] {
  const { vni, local, port, mtu, mac } = vxlan
  return {
    text: `${name}: mtu ${mtu} link/ether ${mac} vxlan id ${vni} local ${local} dstport ${port} nolearning`,
    marks: [],
  }
}
