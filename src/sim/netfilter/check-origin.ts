/**
 * Matches that ask where a packet came from beside its addresses.
 * Models Linux net/netfilter/{xt_addrtype,xt_owner,xt_physdev,xt_pkttype}.c and net/ipv4/netfilter/ipt_rpfilter.c. No network here has a
 * bridge, and the broadcast address of a subnet counts as UNICAST.
 */
import { isLoopback, type IpAddress } from '../network/address.ts'
import type { Packet } from '../network/packet.ts'
import type { CheckedMatch, Moment } from './moment.ts'
import { printMatch } from './print-match.ts'
import type { Match, OwnerCondition } from './ruleset.ts'
import type { Sender } from './sender.ts'

/** `--src-type`, `--dst-type`: LOCAL, BROADCAST and MULTICAST are what the local table says, UNICAST is all the rest. */
export function checkAddrtype(
  match: Extract<Match, { kind: 'addrtype' }>,
  packet: Packet,
  moment: Moment,
): CheckedMatch {
  const wanted = match.type.split(',')
  const option = match.side === 'source' ? '--src-type' : '--dst-type'
  if (!wanted.every((type) => knownTypes.includes(type)))
    return { kind: 'not-modelled', text: `-m addrtype ${option} ${match.type}` }
  const address = match.side === 'source' ? packet.src : packet.dst
  const type = addressType(address, moment, match.limit)
  if (wanted.includes(type) !== (match.negated ?? false)) return { kind: 'holds' }
  return { kind: 'fails', actual: type === 'UNICAST' ? address : `${address} ${type}` }
}

const knownTypes = ['LOCAL', 'UNICAST', 'BROADCAST', 'MULTICAST']

function addressType(address: IpAddress, moment: Moment, limit: 'in' | 'out' | undefined): string {
  const way = wayOfSending(address)
  if (way !== 'unicast') return way.toUpperCase()
  const { isLocal, inInterface, outInterface } = moment
  const limited = limit === 'in' ? inInterface : outInterface
  const isOwn = limit === undefined ? isLoopback(address) || isLocal(address) : isLocal(address, limited)
  return isOwn ? 'LOCAL' : 'UNICAST'
}

function wayOfSending(address: IpAddress): 'broadcast' | 'multicast' | 'unicast' {
  if (address === '255.255.255.255' || address.startsWith('0.')) return 'broadcast'
  const isMulticast = address.includes(':') ? address.startsWith('ff') : /^(22[4-9]|23\d)\./.test(address)
  return isMulticast ? 'multicast' : 'unicast'
}

/** Without a bridge a packet has no port, and the match holds where all that it asks has a `!`. */
export function checkPhysdev(match: Extract<Match, { kind: 'physdev' }>, moment: Moment): CheckedMatch {
  if (match.conditions.every(({ negated }) => negated)) return { kind: 'holds' }
  return { kind: 'fails', actual: moment.inInterface ?? '-' }
}

/** How the packet was sent, told by where it goes. */
export function checkPkttype(match: Extract<Match, { kind: 'pkttype' }>, packet: Packet): CheckedMatch {
  const actual = wayOfSending(packet.dst)
  if ((actual === match.type) !== (match.negated ?? false)) return { kind: 'holds' }
  return { kind: 'fails', actual }
}

/** Whether an answer would leave by the interface that the packet came in by; marks choose no routes here. */
export function checkRpfilter(
  match: Extract<Match, { kind: 'rpfilter' }>,
  packet: Packet,
  moment: Moment,
): CheckedMatch {
  const { inInterface, routeTo } = moment
  if (routeTo === undefined) return { kind: 'not-modelled', text: '-m rpfilter' }
  const back = routeTo(packet.src)
  const comesBack =
    inInterface === 'lo' ||
    (back !== undefined &&
      (back !== 'lo' || match.acceptLocal === true) &&
      (back === inInterface || match.loose === true || back === 'lo'))
  if (comesBack !== (match.negated ?? false)) return { kind: 'holds' }
  return { kind: 'fails', actual: back ?? '-' }
}

/** All conditions of `-m owner`. Without a process behind the packet the match holds where all that it asks has a `!`. */
export function checkOwner(
  match: Extract<Match, { kind: 'owner' }>,
  sender: Sender | undefined,
): CheckedMatch {
  for (const condition of match.conditions) {
    const holds = holdsFor(condition, sender)
    if (holds === undefined) return { kind: 'not-modelled', text: printMatch(match) }
    if (holds === (condition.negated ?? false)) return { kind: 'fails', actual: said(sender) }
  }
  return { kind: 'holds' }
}

function holdsFor(condition: OwnerCondition, sender: Sender | undefined): boolean | undefined {
  if (sender === undefined) return undefined
  if (condition.ask === 'socket-exists') return sender.kind !== 'elsewhere'
  switch (sender.kind) {
    case 'elsewhere':
    case 'kernel':
      return false
    case 'unknown':
      return undefined
    case 'process':
      return condition.from <= sender[condition.ask] && sender[condition.ask] <= condition.to
  }
}

function said(sender: Sender | undefined): string {
  return sender?.kind === 'process' ? `uid ${sender.uid} gid ${sender.gid}` : '-'
}
