/**
 * One match against one packet: does it hold, and if not, what did the packet have instead?
 * Models the match extensions of Linux net/netfilter/xt_*.c and the IP part of ip_tables.c.
 */
import type { Draw } from '../draw.ts'
import { cidrContains } from '../network/address.ts'
import { hasPorts, protocolNumbers, type Packet } from '../network/packet.ts'
import { conntrackDifference } from './check-conntrack.ts'
import { checkAddrtype, checkOwner, checkPhysdev, checkPkttype, checkRpfilter } from './check-origin.ts'
import { lookUpSet } from './ip-sets.ts'
import type { CheckedMatch, Moment } from './moment.ts'
import { printMatch } from './print-match.ts'
import { addressOf, askRecent } from './recent.ts'
import type { Match, PortCondition, PortRange } from './ruleset.ts'

/** Checks one match. Draws only for `statistic`. */
export function checkMatch(match: Match, packet: Packet, draw: Draw, moment: Moment): CheckedMatch {
  switch (match.kind) {
    case 'source':
      return verdict(cidrContains(match.cidr, packet.src), match, packet.src)
    case 'destination':
      return verdict(cidrContains(match.cidr, packet.dst), match, packet.dst)
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
    case 'connmark':
      return checkConnmark(match, moment)
    case 'conntrack': {
      const actual = conntrackDifference(match, moment.ctStates, moment.connection)
      return actual === undefined ? { kind: 'holds' } : { kind: 'fails', actual }
    }
    case 'statistic-random':
      return checkChance(match, draw())
    case 'statistic-nth': {
      const number = (moment.nthBefore ?? 0) % match.every
      return verdict(number === match.packet, {}, String(number))
    }
    case 'addrtype':
      return checkAddrtype(match, packet, moment)
    case 'recent':
      return checkRecent(match, packet, moment)
    case 'set':
      return checkSet(match, packet, moment)
    case 'physdev':
      return checkPhysdev(match, moment)
    case 'pkttype':
      return checkPkttype(match, packet)
    case 'rpfilter':
      return checkRpfilter(match, packet, moment)
    case 'owner':
      return checkOwner(match, moment.sender)
    case 'ipvs':
      return checkIpvs(match, moment)
    case 'unknown':
      return { kind: 'not-modelled', text: match.text }
  }
}

function verdict(holds: boolean, match: { readonly negated?: boolean }, actual: string): CheckedMatch {
  return holds !== (match.negated ?? false) ? { kind: 'holds' } : { kind: 'fails', actual }
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
  if (match.flags && packet.protocol === 'tcp') return checkFlags(match.flags, packet.flags)
  return { kind: 'holds' }
}

function checkFlags(
  { mask, set, negated }: NonNullable<Extract<Match, { kind: 'ports' }>['flags']>,
  flags: readonly string[],
): CheckedMatch {
  const holds = mask.every((flag) => flags.includes(flag) === set.includes(flag))
  return verdict(holds, { ...(negated && { negated }) }, flags.join(',') || 'NONE')
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
  const isAny = match.version === 4 && match.type === 255
  const holds =
    isAny || (packet.type === match.type && (match.code === undefined || match.code === packet.code))
  return verdict(holds, match, `${packet.type}/${packet.code}`)
}

/** xt_statistic.c: the rule is taken when the draw is below the threshold. */
function checkChance(
  { threshold, negated = false }: Extract<Match, { kind: 'statistic-random' }>,
  drawn: number,
): CheckedMatch {
  if (drawn < threshold !== negated) return { kind: 'holds', drawn }
  return { kind: 'fails', actual: '', drawn }
}

/** xt_connmark.c: without a connection it fails, `!` or not. */
function checkConnmark(
  match: Extract<Match, { kind: 'mark' | 'connmark' }>,
  { connection }: Moment,
): CheckedMatch {
  if (connection === undefined) return { kind: 'fails', actual: '-' }
  const mark = connection.entry.mark ?? 0
  return verdict((mark & match.mask) >>> 0 === match.value, match, hex(mark))
}

/** What it does to its list is `recentAfter`'s work. */
function checkRecent(
  match: Extract<Match, { kind: 'recent' }>,
  packet: Packet,
  moment: Moment,
): CheckedMatch {
  const { holds, seen } = askRecent(moment.recent, match, packet, moment.now)
  if (holds) return { kind: 'holds' }
  const age = seen === undefined ? '-' : `${Math.floor((moment.now - seen) / 1000)} s`
  return { kind: 'fails', actual: `${addressOf(match, packet)} ${age}` }
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

function hex(value: number): string {
  return `0x${value.toString(16)}`
}
