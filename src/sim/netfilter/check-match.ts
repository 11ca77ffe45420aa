/**
 * One match against one packet: does it hold, and if not, what did the packet have instead?
 * Models the match extensions of Linux net/netfilter/xt_*.c and the IP part of ip_tables.c.
 */
import type { Millis } from '../clock.ts'
import { DRAW_RANGE, type Draw } from '../draw.ts'
import { cidrContains, type Cidr, type IpAddress } from '../network/address.ts'
import { hasPorts, type Packet } from '../network/packet.ts'
import { lookUpSet, type IpSets } from './ip-sets.ts'
import type { VirtualServer } from './ipvs-server.ts'
import { printMatch } from './print-match.ts'
import { isFullMask, seenAt, type RecentLists } from './recent.ts'
import type { ConntrackState, Match, PortCondition, PortRange } from './ruleset.ts'

/** What a match may ask about beyond the packet itself. */
export interface Moment {
  readonly inInterface?: string
  readonly outInterface?: string
  readonly isLocal: (address: IpAddress) => boolean
  /** What conntrack says of the packet: one of NEW to UNTRACKED, and beside it DNAT and SNAT where they are true. */
  readonly ctStates: readonly ConntrackState[]
  readonly recent: RecentLists
  /** The ipsets that are known. */
  readonly sets?: IpSets
  /** The virtual server for which IPVS has rewritten the packet. */
  readonly ipvs?: Pick<VirtualServer, 'protocol' | 'address' | 'port'>
  readonly now: Millis
}

/** `actual` is text for people in iptables' own words; `drawn` is there when chance was asked. */
export type CheckedMatch =
  | { readonly kind: 'holds'; readonly drawn?: number }
  | { readonly kind: 'fails'; readonly actual: string; readonly drawn?: number }
  | { readonly kind: 'not-modelled'; readonly text: string }

/** Checks one match. Draws only for `statistic`. */
export function checkMatch(match: Match, packet: Packet, draw: Draw, moment: Moment): CheckedMatch {
  switch (match.kind) {
    case 'source':
      return verdict(inRange(match.cidr, packet.src), match, packet.src)
    case 'destination':
      return verdict(inRange(match.cidr, packet.dst), match, packet.dst)
    case 'in-interface':
      return verdict(namesInterface(match.name, moment.inInterface), match, moment.inInterface ?? '-')
    case 'out-interface':
      return verdict(namesInterface(match.name, moment.outInterface), match, moment.outInterface ?? '-')
    case 'protocol':
      return verdict(packet.protocol === match.protocol, match, packet.protocol)
    case 'comment':
    case 'nfacct': // counts, and holds
      return { kind: 'holds' }
    case 'ports':
      return checkPorts(match, packet)
    case 'multiport':
      return checkMultiport(match, packet)
    case 'icmp':
      return checkIcmp(match, packet)
    case 'mark':
      return verdict((packet.mark & match.mask) >>> 0 === match.value, match, hex(packet.mark))
    case 'conntrack':
      return verdict(
        match.states.some((state) => moment.ctStates.includes(state)),
        match,
        moment.ctStates.join(','),
      )
    case 'statistic-random':
      return checkChance(match.threshold, draw())
    case 'addrtype':
      return checkAddrtype(match, packet, moment)
    case 'recent':
      return checkRecent(match, packet, moment)
    case 'set':
      return checkSet(match, packet, moment)
    case 'physdev-is-in':
      return verdict(false, match, moment.inInterface ?? '-')
    case 'ipvs':
      return checkIpvs(match, moment)
    case 'statistic-nth':
      return { kind: 'not-modelled', text: '-m statistic --mode nth' }
    case 'unknown':
      return { kind: 'not-modelled', text: match.text }
  }
}

function verdict(holds: boolean, match: { readonly negated?: boolean }, actual: string): CheckedMatch {
  return holds !== (match.negated ?? false) ? { kind: 'holds' } : { kind: 'fails', actual }
}

/** A range of one address, the common case by far, is compared as text. */
function inRange(range: Cidr, address: IpAddress): boolean {
  if (range.endsWith('/32') && !range.includes(':')) return range === `${address}/32`
  if (range.endsWith('/128')) return range === `${address}/128`
  return cidrContains(range, address)
}

/** A final `+` matches any rest; a packet without such an interface (`-o` in INPUT) has the empty name. */
function namesInterface(pattern: string, name = ''): boolean {
  return pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : pattern === name
}

function checkPorts(match: Extract<Match, { kind: 'ports' }>, packet: Packet): CheckedMatch {
  if (!hasPorts(packet) || packet.protocol !== match.protocol)
    return { kind: 'fails', actual: packet.protocol }
  if (match.source && !meets(match.source, packet.srcPort))
    return { kind: 'fails', actual: `--sport ${packet.srcPort}` }
  if (match.destination && !meets(match.destination, packet.dstPort))
    return { kind: 'fails', actual: `--dport ${packet.dstPort}` }
  return { kind: 'holds' }
}

function meets(condition: PortCondition, port: number): boolean {
  return isWithin(condition, port) !== (condition.negated ?? false)
}

function isWithin({ from, to }: PortRange, port: number): boolean {
  return from <= port && port <= to
}

function checkMultiport(match: Extract<Match, { kind: 'multiport' }>, packet: Packet): CheckedMatch {
  if (!hasPorts(packet)) return { kind: 'fails', actual: packet.protocol }
  const asked = {
    source: [packet.srcPort],
    destination: [packet.dstPort],
    both: [packet.srcPort, packet.dstPort],
  }[match.side]
  const holds = match.ports.some((range) => asked.some((port) => isWithin(range, port)))
  return verdict(holds, match, asked.join(','))
}

function checkIcmp(match: Extract<Match, { kind: 'icmp' }>, packet: Packet): CheckedMatch {
  if (hasPorts(packet)) return { kind: 'fails', actual: packet.protocol }
  const holds = packet.type === match.type && (match.code === undefined || match.code === packet.code)
  return verdict(holds, match, `${packet.type}/${packet.code}`)
}

/** xt_statistic.c: the rule is taken when the draw is below the threshold. */
function checkChance(threshold: number, drawn: number): CheckedMatch {
  if (drawn < threshold) return { kind: 'holds', drawn }
  return { kind: 'fails', actual: (drawn / DRAW_RANGE).toFixed(2), drawn }
}

/** LOCAL alone: the other types ask the routing table for a kind of route that is not modelled. */
function checkAddrtype(
  match: Extract<Match, { kind: 'addrtype' }>,
  packet: Packet,
  moment: Moment,
): CheckedMatch {
  const side = match.side === 'source' ? '--src-type' : '--dst-type'
  if (match.type !== 'LOCAL') return { kind: 'not-modelled', text: `-m addrtype ${side} ${match.type}` }
  const address = match.side === 'source' ? packet.src : packet.dst
  const isLocal = isLoopback(address) || moment.isLocal(address)
  return verdict(isLocal, match, `${address}${isLocal ? ' LOCAL' : ''}`)
}

function isLoopback(address: IpAddress): boolean {
  return address.startsWith('127.') || address === '::1'
}

/** `--set` always holds; that it remembers the address is `recentAfter`'s work. */
function checkRecent(
  match: Extract<Match, { kind: 'recent' }>,
  packet: Packet,
  moment: Moment,
): CheckedMatch {
  if (!isFullMask(match.mask)) return { kind: 'not-modelled', text: `-m recent --mask ${match.mask}` }
  if (match.action === 'set') return { kind: 'holds' }
  const seen = seenAt(moment.recent, match.name, packet.src)
  if (seen === undefined) return { kind: 'fails', actual: `${packet.src} -` }
  const ageMs = moment.now - seen
  if (match.seconds === undefined || ageMs <= match.seconds * 1000) return { kind: 'holds' }
  return { kind: 'fails', actual: `${packet.src} ${Math.floor(ageMs / 1000)} s` }
}

/** xt_set.c */
function checkSet(match: Extract<Match, { kind: 'set' }>, packet: Packet, moment: Moment): CheckedMatch {
  const found = lookUpSet(moment.sets ?? {}, match.name, match.directions, packet)
  if (found === undefined) return { kind: 'not-modelled', text: printMatch(match) }
  return verdict(found.isIn, match, found.asked)
}

/** xt_ipvs.c */
function checkIpvs(match: Extract<Match, { kind: 'ipvs' }>, moment: Moment): CheckedMatch {
  const { ipvs } = moment
  if (ipvs === undefined) return { kind: 'fails', actual: '-' }
  const holds =
    protocolNumbers[ipvs.protocol] === match.protocol &&
    ipvs.address === match.address &&
    ipvs.port === match.port
  return verdict(holds, {}, `${ipvs.protocol} ${ipvs.address}:${ipvs.port}`)
}

const protocolNumbers = { tcp: 6, udp: 17, sctp: 132 } as const

function hex(value: number): string {
  return `0x${value.toString(16)}`
}
