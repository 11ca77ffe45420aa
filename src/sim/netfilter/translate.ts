/**
 * Rewriting: what nat decides for a connection, and how every packet of it is changed then.
 * Models Linux net/netfilter/nf_nat_core.c, nf_nat_proto.c, nf_nat_masquerade.c and nf_nat_redirect.c.
 */
import { ip, ipVersion, type IpAddress } from '../network/address.ts'
import { hasPorts, isIcmpError, type IcmpPacket, type Packet } from '../network/packet.ts'
import { chooseAddress } from './choose-address.ts'
import { chooseDestination, chooseSource, type WantedEnd } from './choose-end.ts'
import type { ConntrackEntry, ConntrackTable } from './conntrack.ts'
import type { HookContext, Rewrite } from './evaluation.ts'
import type { Hook } from './ruleset.ts'
import {
  invertTuple,
  isDestinationRewritten,
  isSourceRewritten,
  otherTuple,
  type Direction,
  type Tuple,
} from './tuple.ts'
import type { NatTarget } from './table-verdict.ts'

/** Which end a hook rewrites. FORWARD rewrites nothing. */
export function rewriteKindOf(hook: Hook): Rewrite['kind'] {
  return hook === 'PREROUTING' || hook === 'OUTPUT' ? 'DNAT' : 'SNAT'
}

/**
 * The entry as a nat rule wants it; without a target, as it must be so that no two connections have the same reply.
 * Undefined: the rule has no address to write, and the kernel drops the packet.
 */
export function decideRewrite(
  entry: ConntrackEntry,
  target: NatTarget | undefined,
  hook: Hook,
  table: ConntrackTable,
  context: HookContext,
): ConntrackEntry | undefined {
  const seen = invertTuple(entry.reply)
  if (rewriteKindOf(hook) === 'DNAT') {
    const wanted = target && wantedDestination(target, hook, seen, context)
    if (target && !wanted) return undefined
    if (!wanted) return entry
    return { ...entry, reply: invertTuple(chooseDestination(seen, wanted, table, context.draw)) }
  }
  const source = target ? wantedSource(target, seen, context) : { randomly: false }
  if (!source) return undefined
  return { ...entry, reply: invertTuple(chooseSource(seen, source, table, context.draw)) }
}

/** The packet with the end that `kind` names as the connection has it; the same packet where nothing changes. */
export function applyRewrite(
  packet: Packet,
  entry: ConntrackEntry,
  direction: Direction,
  kind: Rewrite['kind'],
): Packet {
  if (!concerns(entry, direction, kind)) return packet
  const wanted = invertTuple(otherTuple(entry, direction))
  if (isIcmpError(packet)) return rewriteError(packet, entry, direction, kind, wanted)
  return rewriteEnd(packet, wanted, kind)
}

/** Which rewrites touch a direction: a reply undoes a DNAT at its source and an SNAT at its destination (IPS_NAT_MASK). */
function concerns(entry: ConntrackEntry, direction: Direction, kind: Rewrite['kind']): boolean {
  const atDestination = (kind === 'DNAT') === (direction === 'original')
  if (atDestination) return entry.byIpvs !== true && isDestinationRewritten(entry)
  return isSourceRewritten(entry)
}

/** Outside, the error is addressed like any packet of its direction; inside, the quote is put back at its other end. */
function rewriteError(
  error: IcmpPacket,
  entry: ConntrackEntry,
  direction: Direction,
  kind: Rewrite['kind'],
  wanted: Tuple,
): Packet {
  const outside = kind === 'DNAT' ? { dst: wanted.dst } : { src: wanted.src }
  const quoteEnd = kind === 'DNAT' ? 'SNAT' : 'DNAT'
  const about = error.about && rewriteEnd(error.about, otherTuple(entry, direction), quoteEnd)
  return { ...error, ...outside, ...(about && { about }) }
}

/** An echo id is written whichever end is rewritten (nf_nat_proto.c, icmp_manip_pkt): a reply has the id that was sent. */
function rewriteEnd(packet: Packet, wanted: Tuple, kind: Rewrite['kind']): Packet {
  const { src, dst, srcPort, dstPort } = wanted
  if (!hasPorts(packet)) return { ...packet, ...(kind === 'DNAT' ? { dst } : { src }), id: srcPort }
  return kind === 'DNAT' ? { ...packet, dst, dstPort } : { ...packet, src, srcPort }
}

function wantedDestination(
  target: NatTarget,
  hook: Hook,
  seen: Tuple,
  context: HookContext,
): WantedEnd | undefined {
  switch (target.kind) {
    case 'DNAT':
      return { address: addressFor(target, seen), ...portsOf(target), randomly: target.random === true }
    case 'REDIRECT': {
      const loopback = ip(ipVersion(seen.dst) === 4 ? '127.0.0.1' : '::1')
      const address = hook === 'OUTPUT' ? loopback : context.redirectAddress
      return address && { address, ...portsOf(target), randomly: target.random === true }
    }
    case 'SNAT':
    case 'MASQUERADE':
      return undefined
  }
}

function wantedSource(target: NatTarget, seen: Tuple, context: HookContext): WantedEnd | undefined {
  switch (target.kind) {
    case 'SNAT':
      return { address: addressFor(target, seen), ...portsOf(target), randomly: isRandom(target) }
    case 'MASQUERADE': {
      const address = context.masqueradeAddress
      return address && { address, ...portsOf(target), randomly: isRandom(target) }
    }
    case 'DNAT':
    case 'REDIRECT':
      return undefined
  }
}

function addressFor(target: Extract<NatTarget, { kind: 'DNAT' | 'SNAT' }>, seen: Tuple): IpAddress {
  const { address, toAddress, persistent = false } = target
  return toAddress === undefined ? address : chooseAddress(address, toAddress, seen, persistent)
}

function portsOf({ port, toPort }: NatTarget): Pick<WantedEnd, 'ports'> {
  return port === undefined ? {} : { ports: { from: port, to: toPort ?? port } }
}

function isRandom({ random, randomFully }: Extract<NatTarget, { kind: 'SNAT' | 'MASQUERADE' }>): boolean {
  return randomFully || random === true
}
