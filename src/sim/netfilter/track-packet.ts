/**
 * The conntrack step of PREROUTING and OUTPUT: which connection does this packet belong to, and what does it change there?
 * Models Linux net/netfilter/nf_conntrack_core.c (nf_conntrack_in, resolve_normal_ct) and nf_conntrack_proto_{tcp,udp,sctp,icmp}.c.
 * Nothing is expected by helpers (FTP and its kind).
 */
import type { Millis } from '../clock.ts'
import { hasPorts, isIcmpError, type IcmpPacket, type Packet } from '../network/packet.ts'
import {
  expire,
  findEntry,
  removeEntries,
  replaceEntry,
  type ConntrackEntry,
  type ConntrackTable,
} from './conntrack.ts'
import { kernelConntrack, type ConntrackSettings } from './conntrack-settings.ts'
import type { ConntrackCount } from './conntrack-statistics.ts'
import type { Tracking } from './evaluation.ts'
import { nextSctpState, openingSctpState, sctpTimeoutSeconds, type SctpState } from './sctp-states.ts'
import {
  nextState,
  openingState,
  tcpTimeoutSeconds,
  TCP_UNACKNOWLEDGED_SECONDS,
  type TcpStep,
} from './tcp-states.ts'
import { invertTuple, isIcmpRequest, tupleOf, type Direction } from './tuple.ts'

/**
 * What a packet is to the table, and the table after it. A new connection is not in the table yet. `full`: it finds no place, and its
 * packet is dropped.
 */
export interface Tracked {
  readonly tracking: Tracking | { readonly kind: 'full' }
  readonly table: ConntrackTable
  readonly counts?: readonly ConntrackCount[]
}

/** Looks the packet up, makes its connection where it opens one, and moves states and timeouts on. */
export function trackPacket(
  before: ConntrackTable,
  packet: Packet,
  now: Millis,
  settings: ConntrackSettings = kernelConntrack,
): Tracked {
  const table = expire(before, now)
  if (isIcmpError(packet)) return { tracking: relate(table, packet), table }
  const found = findEntry(table, tupleOf(packet))
  if (!found) return openIn(table, packet, now, settings)
  return advance(table, found.entry, found.direction, packet, now, settings)
}

/**
 * A new connection needs a place. In a full table one that is not assured gives up its own (early_drop); where there is none, the
 * packet is lost. The kernel looks for one in eight buckets of its hash, here the oldest goes.
 */
function openIn(table: ConntrackTable, packet: Packet, now: Millis, settings: ConntrackSettings): Tracked {
  const tracking = open(table, packet, now, settings)
  if (tracking.kind === 'invalid') return { tracking, table, counts: ['invalid'] }
  if (tracking.kind !== 'tracked' || table.entries.length < (settings.max ?? Number.POSITIVE_INFINITY))
    return { tracking, table }
  const victim = table.entries.find(({ assured }) => !assured)
  if (victim === undefined) return { tracking: { kind: 'full' }, table, counts: ['drop'] }
  return { tracking, table: removeEntries(table, ({ id }) => id === victim.id), counts: ['earlyDrop'] }
}

/**
 * An ICMP error belongs to the connection that it quotes. The quote is the packet as its receiver had it, so the answer to it is what
 * the table knows (nf_conntrack_inet_error).
 */
function relate(table: ConntrackTable, error: IcmpPacket): Tracking {
  const found = error.about && findEntry(table, invertTuple(tupleOf(error.about)))
  return found ? tracked(found.entry, found.direction, 'RELATED', true) : invalid
}

function open(table: ConntrackTable, packet: Packet, now: Millis, settings: ConntrackSettings): Tracking {
  const state = packet.protocol === 'tcp' ? openingState(packet) : undefined
  const sctpState = packet.protocol === 'sctp' ? openingSctpState(packet.chunk ?? 'INIT') : undefined
  if (state === 'invalid' || sctpState === 'invalid') return invalid
  if (!hasPorts(packet) && !isIcmpRequest(packet)) return invalid
  const original = tupleOf(packet)
  const entry: ConntrackEntry = {
    id: table.nextId,
    original,
    reply: invertTuple(original),
    ...(state && { state }),
    ...(sctpState && { sctpState }),
    seenReply: false,
    assured: false,
    createdAtMs: now,
    expiresAtMs: now,
  }
  return tracked(prolong(entry, now, settings), 'original', 'NEW', false)
}

function advance(
  table: ConntrackTable,
  entry: ConntrackEntry,
  direction: Direction,
  packet: Packet,
  now: Millis,
  settings: ConntrackSettings,
): Tracked {
  const step = packet.protocol === 'tcp' && entry.state && nextState(entry.state, direction, packet)
  const sctpStep =
    packet.protocol === 'sctp' && entry.sctpState
      ? nextSctpState(entry.sctpState, direction, packet.chunk ?? 'DATA')
      : undefined
  if (step === 'invalid' || sctpStep === 'invalid') return { tracking: invalid, table, counts: ['invalid'] }
  if (reopens(entry, step)) {
    const without = removeEntries(table, ({ id }) => id === entry.id)
    return openIn(without, packet, now, settings)
  }
  const seenReply = entry.seenReply || direction === 'reply'
  const ctState = seenReply ? 'ESTABLISHED' : 'NEW'
  if (step === 'ignored') return { tracking: tracked(entry, direction, ctState, true), table }
  const changed = sctpStep === undefined ? moved(entry, step || undefined, now) : withSctp(entry, sctpStep)
  const next = { ...prolong(changed, now, settings), seenReply }
  const tracking = tracked(next, direction, ctState, true)
  // The only answer is a reset: the kernel forgets the connection at once, and translates this packet all the same.
  if (step === 'CLOSE' && !entry.seenReply)
    return { tracking, table: removeEntries(table, ({ id }) => id === entry.id) }
  return { tracking, table: replaceEntry(table, next) }
}

/** A SYN on a connection that is over begins another one, and nat is asked again. */
function reopens(entry: ConntrackEntry, step: TcpStep | false | undefined): boolean {
  return step === 'SYN_SENT' && (entry.state === 'TIME_WAIT' || entry.state === 'CLOSE')
}

/** The entry with its next state. Assured: the handshake is complete, or UDP went on for two seconds after a reply. */
function moved(entry: ConntrackEntry, state: ConntrackEntry['state'], now: Millis): ConntrackEntry {
  const wasOpen = entry.state === 'SYN_RECV' || entry.state === 'ESTABLISHED'
  const completes = state === 'ESTABLISHED' && wasOpen && entry.seenReply
  const assured = entry.assured || completes || isUdpStream(entry, now)
  return { ...entry, ...(state && { state }), assured }
}

/** Assured once the cookie is acknowledged. */
function withSctp(entry: ConntrackEntry, sctpState: SctpState): ConntrackEntry {
  const completes = entry.sctpState === 'COOKIE_ECHOED' && sctpState === 'ESTABLISHED'
  return { ...entry, sctpState, assured: entry.assured || completes }
}

function isUdpStream({ original, seenReply, createdAtMs }: ConntrackEntry, now: Millis): boolean {
  return original.protocol === 'udp' && seenReply && now - createdAtMs > UDP_STREAM_AFTER_MS
}

const UDP_STREAM_AFTER_MS = 2000

function prolong(entry: ConntrackEntry, now: Millis, settings: ConntrackSettings): ConntrackEntry {
  return { ...entry, expiresAtMs: now + 1000 * timeoutSeconds(entry, now, settings) }
}

/** net.netfilter.nf_conntrack_*_timeout*; those that nobody sets are the kernel's own. */
function timeoutSeconds(entry: ConntrackEntry, now: Millis, settings: ConntrackSettings): number {
  const { state } = entry
  switch (entry.original.protocol) {
    case 'tcp':
      if (state === 'ESTABLISHED' && !entry.seenReply) return TCP_UNACKNOWLEDGED_SECONDS
      if (state === 'ESTABLISHED') return settings.tcpEstablishedSeconds
      if (state === 'CLOSE_WAIT') return settings.tcpCloseWaitSeconds
      return tcpTimeoutSeconds[state ?? 'CLOSE']
    case 'udp':
      return isUdpStream(entry, now) ? settings.udpStreamSeconds : settings.udpSeconds
    case 'sctp':
      return sctpTimeoutSeconds[entry.sctpState ?? 'ESTABLISHED']
    case 'icmp':
    case 'icmpv6':
      return 30
  }
}

const invalid: Tracking = { kind: 'invalid' }

/** nat has already decided on what stands in the table. */
function tracked(
  entry: ConntrackEntry,
  direction: Direction,
  ctState: 'NEW' | 'ESTABLISHED' | 'RELATED',
  confirmed: boolean,
): Tracking {
  const decided = confirmed ? (['DNAT', 'SNAT'] as const) : []
  return { kind: 'tracked', entry, direction, ctState, confirmed, decided }
}
