/**
 * One packet's way from the socket that sends it to the socket, rule or silence that ends it, as Linux moves it: a host's hooks,
 * its routes, a link, the next host. A generator, so that whoever watches can change the world between two events: a Pod can be
 * deleted while the packet is under way.
 *
 *     a process sends     routing · OUTPUT · routing again if rewritten · POSTROUTING · link
 *     a packet arrives    PREROUTING · routing · INPUT · socket
 *                                             └ FORWARD · POSTROUTING · link
 *     IPVS takes it       at OUTPUT or INPUT: routing · OUTPUT once more · POSTROUTING · link
 *     a tunnel takes it   instead of the link: wrapped, and the outer packet is sent as by a process of the host;
 *                         at its socket: unwrapped, and the inner packet arrives on the tunnel's device
 *
 * Models Linux net/ipv4/{ip_input,ip_forward,ip_output,route}.c and drivers/net/vxlan. Left out: fragmentation, MTU, reverse-path
 * filters, TTL expiry messages.
 */
import type { Millis } from '../clock.ts'
import type { Draw } from '../draw.ts'
import type { HookPass, NetfilterState } from '../netfilter/evaluation.ts'
import type { ConntrackSettings } from '../netfilter/conntrack-settings.ts'
import type { IpSets } from '../netfilter/ip-sets.ts'
import { passHook } from '../netfilter/pass-hook.ts'
import type { Sender } from '../netfilter/sender.ts'
import type { Hook, RuleId } from '../netfilter/ruleset.ts'
import { ipVersion, type IpAddress, type IpVersion } from './address.ts'
import { ownsAddress, socketFor, type Host, type Network, type Socket, type VxlanPeer } from './network.ts'
import { hasPorts, innerPacket, type DatagramPacket, type Packet } from './packet.ts'
import { chooseRoute, errorSource, firstAddress, interfaceAddress, type RouteDecision } from './route.ts'
import { encapsulated, isOuter, peerOf, tunnelFor, tunnelInterface, type TunnelInterface } from './vxlan.ts'

/** The world that a packet walks through. It may change between two events; the walk always asks it anew. */
export interface WalkWorld {
  network(): Network
  /** What the host's netfilter is for packets of a family, 4 unless named; connections of both have one limit. */
  netfilter(host: string, version?: IpVersion): NetfilterState
  /** The ipsets of a host, which its rules ask. */
  sets(host: string, version?: IpVersion): IpSets
  /** Who on the host sends a packet of its own. */
  sender(host: string, packet: Packet): Sender
  /** How the host tracks connections. */
  conntrack(host: string): ConntrackSettings
  /** See HookContext; absent: no packet of this walk races another. */
  racingFrom?(host: string, version: IpVersion): number
  remember(host: string, state: NetfilterState, version?: IpVersion): void
  now(): Millis
  passed(ms: Millis): void
  /** The stream of one node's kernel. */
  draw(host: string): Draw
}

export type WalkEvent =
  | { readonly kind: 'hook'; readonly host: string; readonly pass: HookPass }
  | {
      readonly kind: 'routed'
      readonly host: string
      readonly packet: Packet
      readonly decision: RouteDecision
    }
  | {
      readonly kind: 'crossed'
      readonly from: string
      readonly to: string
      readonly outInterface: string
      readonly inInterface: string
      readonly link: 'point-to-point' | 'lan'
      readonly packet: Packet
    }
  | {
      /** Wrapped: `packet` is the outer one. */ readonly kind: 'encapsulated'
      readonly host: string
      readonly device: TunnelInterface
      readonly peer: VxlanPeer
      readonly inner: Packet
      readonly packet: DatagramPacket
    }
  | {
      /** Unwrapped: `inner` arrives on the device. */ readonly kind: 'decapsulated'
      readonly host: string
      readonly device: TunnelInterface
      readonly inner: Packet
      readonly packet: Packet
    }

export type WalkEnd =
  | {
      /** Taken in by the host; without a socket its kernel answers. */ readonly kind: 'delivered'
      readonly host: string
      readonly packet: Packet
      readonly socket?: Socket
    }
  | {
      readonly kind: 'dropped'
      readonly host: string
      readonly packet: Packet
      readonly hook: Hook
      readonly by?: RuleId
      readonly pass: HookPass
    }
  | {
      readonly kind: 'rejected'
      readonly host: string
      readonly packet: Packet
      readonly hook: Hook
      /** Absent: IPVS. */
      readonly by?: RuleId
      readonly with: string
      readonly from: IpAddress
      readonly pass: HookPass
    }
  | {
      readonly kind: 'blackhole'
      readonly host: string
      readonly packet: Packet
      readonly decision: RouteDecision
      /** The sender's own host: `send` fails at once. */ readonly atSender: boolean
    }
  | {
      readonly kind: 'no-route'
      readonly host: string
      readonly packet: Packet
      readonly decision: RouteDecision
      readonly atSender: boolean
      readonly silent: boolean
    }
  | {
      /** Nobody on the link owns the next address. */ readonly kind: 'no-neighbour'
      readonly host: string
      readonly packet: Packet
      readonly nextHop: IpAddress
    }
  | { readonly kind: 'not-forwarding'; readonly host: string; readonly packet: Packet }
  | {
      readonly kind: 'not-modelled'
      readonly host: string
      readonly packet: Packet
      readonly what: 'rule' | 'balancer' | 'overlay' | 'pod-rules'
      /** The rule that is beyond us. */
      readonly by?: RuleId
      readonly text: string
    }
  | {
      /** The host vanished under the packet, or the interface by which it was to leave. */ readonly kind: 'gone'
      readonly host: string
      readonly packet: Packet
    }

export type Walk = Generator<WalkEvent, WalkEnd, void>

/** How long a host takes for a packet, in milliseconds: of the order that a kernel needs, the same everywhere. */
const HOST_MS = 0.01

/** Sends a packet from a process on `host`. It ends with its TTL at the latest. */
export function* walkFrom(world: WalkWorld, host: string, packet: Packet): Walk {
  const here = world.network().hosts[host]
  if (here === undefined) return { kind: 'gone', host, packet }
  const first = chooseRoute(here, packet.dst)
  yield { kind: 'routed', host, packet, decision: first }
  const failed = routeFailure(here, packet, first, true)
  if (failed !== undefined) return failed
  const sender = world.sender(host, packet)
  const out = yield* hookStep(world, here, 'OUTPUT', packet, { outInterface: outInterfaceOf(first), sender })
  if (out.end !== undefined) return out.end
  if (out.stolen) return yield* steer(world, here, out.packet, sender)
  const moved = out.packet.dst !== packet.dst
  const decision = moved ? chooseRoute(here, out.packet.dst) : first
  if (moved) yield { kind: 'routed', host, packet: out.packet, decision }
  const failedThen = routeFailure(here, out.packet, decision, true)
  if (failedThen !== undefined) return moved ? unheardByTcp(failedThen) : failedThen
  return yield* leave(world, here, out.packet, decision, sender)
}

function* leave(world: WalkWorld, host: Host, packet: Packet, decision: RouteDecision, sender: Sender): Walk {
  const outInterface = outInterfaceOf(decision)
  const post = yield* hookStep(world, host, 'POSTROUTING', packet, { outInterface, sender })
  if (post.end !== undefined) return post.end
  world.passed(HOST_MS)
  if (decision.kind === 'local') return yield* arrive(world, host.name, 'lo', post.packet)
  if (decision.kind !== 'unicast') throw new Error('leaves a host without a route')
  const { route, nextHop } = decision
  if (route.overlay !== undefined) return unknownOverlay(host, post.packet, route.overlay)
  const tunnel = tunnelInterface(host, route.interfaceName)
  if (tunnel !== undefined) return yield* encapsulate(world, host, post.packet, tunnel, nextHop)
  return yield* cross(world, host, post.packet, route.interfaceName, nextHop)
}

function* encapsulate(
  world: WalkWorld,
  host: Host,
  inner: Packet,
  device: TunnelInterface,
  nextHop: IpAddress,
): Walk {
  // A tunnel that leads into itself goes nowhere.
  if (isOuter(inner)) return unknownOverlay(host, inner, 'vxlan')
  const peer = peerOf(device, nextHop)
  if (peer === undefined) return { kind: 'no-neighbour', host: host.name, packet: inner, nextHop }
  const packet = encapsulated(device, peer, inner)
  yield { kind: 'encapsulated', host: host.name, device, peer, inner, packet }
  return yield* walkFrom(world, host.name, packet)
}

/** The socket of the tunnel has the outer packet. */
function* decapsulate(world: WalkWorld, host: Host, packet: Packet, inner: Packet): Walk {
  const device = tunnelFor(host, packet)
  if (device === undefined) return unknownOverlay(host, packet, 'vxlan')
  yield { kind: 'decapsulated', host: host.name, device, inner, packet }
  return yield* arrive(world, host.name, device.name, inner)
}

/**
 * IPVS sends the packet to its real server: routed anew, then through OUTPUT like one of the host's own (Linux
 * net/netfilter/ipvs/ip_vs_xmit.c, ip_vs_nat_xmit: TTL less one).
 */
function* steer(world: WalkWorld, host: Host, packet: Packet, sender: Sender): Walk {
  const decision = chooseRoute(host, packet.dst)
  yield { kind: 'routed', host: host.name, packet, decision }
  const failed = routeFailure(host, packet, decision, sender !== elsewhere)
  if (failed !== undefined) return failed
  if (packet.ttl <= 1) return { kind: 'not-forwarding', host: host.name, packet }
  const hopped: Packet = { ...packet, ttl: packet.ttl - 1 }
  const out = yield* hookStep(world, host, 'OUTPUT', hopped, {
    outInterface: outInterfaceOf(decision),
    sender,
  })
  if (out.end !== undefined) return out.end
  return yield* leave(world, host, out.packet, decision, sender)
}

/** Of a packet that came in by an interface. */
const elsewhere: Sender = { kind: 'elsewhere' }

function* cross(
  world: WalkWorld,
  host: Host,
  packet: Packet,
  outInterface: string,
  nextHop: IpAddress,
): Walk {
  const network = world.network()
  const linkName = host.interfaces.find((each) => each.name === outInterface)?.link
  const link = linkName === undefined ? undefined : network.links[linkName]
  const end = link?.ends.find((each) => {
    if (each.host === host.name) return false
    const other = network.hosts[each.host]
    if (other === undefined) return false
    return link.kind === 'point-to-point' || answersFor(other, each.interfaceName, nextHop)
  })
  // The interface went with the Pod at its other end while the packet was in this host.
  if (link === undefined) return { kind: 'gone', host: host.name, packet }
  if (end === undefined) return { kind: 'no-neighbour', host: host.name, packet, nextHop }
  world.passed(link.latencyMs)
  const sent: Packet = { ...packet, mark: 0 }
  yield {
    kind: 'crossed',
    from: host.name,
    to: end.host,
    outInterface,
    inInterface: end.interfaceName,
    link: link.kind,
    packet: sent,
  }
  return yield* arrive(world, end.host, end.interfaceName, sent)
}

function* arrive(world: WalkWorld, hostName: string, inInterface: string, packet: Packet): Walk {
  const host = world.network().hosts[hostName]
  if (host === undefined) return { kind: 'gone', host: hostName, packet }
  const pre = yield* hookStep(world, host, 'PREROUTING', packet, { inInterface })
  if (pre.end !== undefined) return pre.end
  const decision = chooseRoute(host, pre.packet.dst)
  yield { kind: 'routed', host: hostName, packet: pre.packet, decision }
  if (decision.kind === 'local') {
    const input = yield* hookStep(world, host, 'INPUT', pre.packet, { inInterface })
    if (input.end !== undefined) return input.end
    if (input.stolen) return yield* steer(world, host, input.packet, elsewhere)
    world.passed(HOST_MS)
    const inner = innerPacket(input.packet)
    if (inner !== undefined) return yield* decapsulate(world, host, input.packet, inner)
    return delivered(host, input.packet)
  }
  if (!host.forwards) return { kind: 'not-forwarding', host: hostName, packet: pre.packet }
  const failed = routeFailure(host, pre.packet, decision, false)
  if (failed !== undefined) return failed
  if (pre.packet.ttl <= 1) return { kind: 'not-forwarding', host: hostName, packet: pre.packet }
  const hopped: Packet = { ...pre.packet, ttl: pre.packet.ttl - 1 }
  const forward = yield* hookStep(world, host, 'FORWARD', hopped, {
    inInterface,
    outInterface: outInterfaceOf(decision),
  })
  if (forward.end !== undefined) return forward.end
  return yield* leave(world, host, forward.packet, decision, elsewhere)
}

interface HookStep {
  readonly packet: Packet
  readonly end?: WalkEnd
  /** IPVS took it and sends it on. */
  readonly stolen?: true
}

function* hookStep(
  world: WalkWorld,
  host: Host,
  hook: Hook,
  packet: Packet,
  interfaces: { readonly inInterface?: string; readonly outInterface?: string; readonly sender?: Sender },
): Generator<WalkEvent, HookStep, void> {
  if (host.unreadRulesOf !== undefined) {
    const text = host.unreadRulesOf
    return { packet, end: { kind: 'not-modelled', host: host.name, packet, what: 'pod-rules', text } }
  }
  if (!host.hasNetfilter) return { packet }
  const version = ipVersion(packet.dst)
  const { inInterface, outInterface } = interfaces
  const out = outInterface === undefined ? undefined : interfaceAddress(host, outInterface, version)
  const masqueradeAddress = out ?? firstAddress(host, version)
  const redirectAddress = inInterface === undefined ? undefined : interfaceAddress(host, inInterface, version)
  const pass = passHook(world.netfilter(host.name, version), hook, packet, {
    ...interfaces,
    isLocal: (address, interfaceName) =>
      interfaceName === undefined
        ? ownsAddress(host, address)
        : host.interfaces.some(
            ({ name, addresses }) => name === interfaceName && addresses.includes(address),
          ),
    routeTo: (address) => {
      const decision = chooseRoute(host, address)
      return decision.kind === 'local' || decision.kind === 'unicast' ? outInterfaceOf(decision) : undefined
    },
    ...(masqueradeAddress === undefined ? {} : { masqueradeAddress }),
    ...(redirectAddress === undefined ? {} : { redirectAddress }),
    sets: world.sets(host.name, version),
    conntrack: world.conntrack(host.name),
    ...(world.racingFrom === undefined ? {} : { racingFrom: world.racingFrom(host.name, version) }),
    now: world.now(),
    draw: world.draw(host.name),
  })
  world.remember(host.name, pass.state, version)
  yield { kind: 'hook', host: host.name, pass }
  const end = hookEnd(host, hook, pass)
  if (pass.verdict.kind === 'stolen') return { packet: pass.after, stolen: true }
  return end === undefined ? { packet: pass.after } : { packet: pass.after, end }
}

function hookEnd(host: Host, hook: Hook, pass: HookPass): WalkEnd | undefined {
  const { verdict } = pass
  const where = { host: host.name, packet: pass.after, hook, pass }
  switch (verdict.kind) {
    case 'accept':
    case 'stolen':
      return undefined
    case 'drop':
      return { kind: 'dropped', ...where, ...(verdict.by === undefined ? {} : { by: verdict.by }) }
    case 'reject':
      return {
        kind: 'rejected',
        ...where,
        ...(verdict.by === undefined ? {} : { by: verdict.by }),
        with: verdict.with,
        from: errorSource(host, pass.after) ?? pass.after.dst,
      }
    case 'unknown':
      return {
        kind: 'not-modelled',
        host: host.name,
        packet: pass.after,
        what: 'rule',
        ...(verdict.by === undefined ? {} : { by: verdict.by }),
        text: verdict.text,
      }
  }
}

function routeFailure(
  host: Host,
  packet: Packet,
  decision: RouteDecision,
  atSender: boolean,
): WalkEnd | undefined {
  const where = { host: host.name, packet, decision, atSender }
  switch (decision.kind) {
    case 'local':
    case 'unicast':
      return undefined
    case 'blackhole':
      return { kind: 'blackhole', ...where }
    case 'unreachable':
      return { kind: 'no-route', ...where, silent: host.noRoute === 'silent' }
  }
}

/**
 * Where OUTPUT's rewrite leads nowhere, the system call of a datagram fails, but TCP takes its segment for sent and sends it again
 * (netfilter.c, ip_route_me_harder; tcp_output.c, tcp_connect).
 */
function unheardByTcp(end: WalkEnd): WalkEnd {
  if (end.packet.protocol !== 'tcp') return end
  if (end.kind === 'no-route') return { ...end, atSender: false, silent: true }
  return end.kind === 'blackhole' ? { ...end, atSender: false } : end
}

function unknownOverlay(host: Host, packet: Packet, text: string): WalkEnd {
  return { kind: 'not-modelled', host: host.name, packet, what: 'overlay', text }
}

function delivered(host: Host, packet: Packet): WalkEnd {
  const socket = hasPorts(packet) ? socketFor(host, packet.protocol, packet.dst, packet.dstPort) : undefined
  return { kind: 'delivered', host: host.name, packet, ...(socket === undefined ? {} : { socket }) }
}

function outInterfaceOf(decision: RouteDecision): string {
  return decision.kind === 'unicast' ? decision.route.interfaceName : 'lo'
}

/** Whether the host answers the LAN's question who has the address. */
function answersFor(host: Host, interfaceName: string, address: IpAddress): boolean {
  return host.interfaces.some(
    ({ name, addresses, announces = [] }) =>
      name === interfaceName && (addresses.includes(address) || announces.includes(address)),
  )
}
