/**
 * How many ICMP errors a host may send. Every peer has a bucket that fills with time itself, a millisecond a millisecond, and all peers
 * together have one of messages; an error that finds too little in either is not sent, and nobody is told of that.
 *
 *     peer     up to 6 s; an error costs 1 s                      icmp_ratelimit 1000
 *     no way   the same bucket, cut down to 5 s; costs 1 s more   net.ipv4.route.error_burst, error_cost
 *     host     up to 50, 1,000 a second; an error costs 0 to 2    icmp_msgs_burst, icmp_msgs_per_sec
 *
 * So of fifty SYNs at once that a rule rejects, six are refused and the others hang. Models Linux 6.18 net/ipv4/icmp.c
 * (icmpv4_global_allow, icmpv4_xrlim_allow), net/ipv4/inetpeer.c and net/ipv4/route.c (ip_error), all settings as a kernel starts with.
 * Left out: `icmp_ratemask`, since every error that is sent here is one of those that it names (type 3).
 */
import { between, type Millis } from '../clock.ts'
import { drawBelow, type Draw } from '../draw.ts'
import type { IpAddress } from './address.ts'

/** What a host has left. A peer that is not there has all that one can have; so has the host without its bucket. */
export interface IcmpRation {
  readonly peers: Readonly<Record<string, Bucket>>
  readonly host?: Bucket
}

/** `left`: milliseconds of a peer's, messages of the host's; below zero too, where the last one cost more than there was. */
interface Bucket {
  readonly left: number
  readonly atMs: Millis
}

/** An error that a host is about to send. */
export interface DueError {
  readonly peer: IpAddress
  /**
   * What it is about: a packet of the peer's; one of the host's own on its way out, which the host's bucket alone rations; or one that
   * came in by loopback, which nothing rations.
   */
  readonly about: 'peer' | 'own' | 'loopback'
  /** The host knows no way for the packet. */
  readonly noRoute: boolean
}

/** One bucket asked: what was in it, what the error costs, and whether it was let by. */
export interface RationCheck {
  readonly bucket: 'no-way' | 'host' | 'peer'
  readonly left: number
  readonly cost: number
  readonly holds: boolean
}

/** Whether the error is sent, what the host has left then, and the buckets in the order asked: the last one decided. */
export interface Rationed {
  readonly isSent: boolean
  readonly ration: IcmpRation
  readonly checks: readonly RationCheck[]
}

/** Of time, in milliseconds: `icmp_ratelimit` and XRLIM_BURST_FACTOR times as much; `error_cost` and `error_burst`. */
const peerBuckets = {
  peer: { cost: 1000, most: 6000 },
  'no-way': { cost: 1000, most: 5000 },
} as const
/** `icmp_msgs_burst`, and what comes in a second. */
const HOST_MOST = 50
const HOST_EACH_SECOND = 1000
/** The host's bucket is not filled more often. */
const HOST_REFILL_MS = 20

/** Takes an error out of the ration, or holds it back. `ration` absent: the host has sent none yet. */
export function rationError(
  ration: IcmpRation | undefined,
  due: DueError,
  now: Millis,
  draw: Draw,
): Rationed {
  let left = ration ?? { peers: {} }
  const checks: RationCheck[] = []
  for (const bucket of bucketsOf(due)) {
    const asked = bucket === 'host' ? askHost(left, now) : askPeer(left, due.peer, bucket, now)
    left = asked.ration
    checks.push(asked.check)
    if (!asked.check.holds) return { isSent: false, ration: left, checks }
  }
  return { isSent: true, ration: due.about === 'loopback' ? left : spendHost(left, draw), checks }
}

/** The settings of a bucket, as `sysctl` prints them where nobody has changed them. */
export function sysctlOf(bucket: RationCheck['bucket']): readonly string[] {
  switch (bucket) {
    case 'no-way':
      return ['net.ipv4.route.error_burst = 1250', 'net.ipv4.route.error_cost = 250']
    case 'host':
      return ['net.ipv4.icmp_msgs_burst = 50', 'net.ipv4.icmp_msgs_per_sec = 1000']
    case 'peer':
      return ['net.ipv4.icmp_ratelimit = 1000']
  }
}

/** In the kernel's order. What came in by loopback is not looked at by the last two. */
function bucketsOf({ about, noRoute }: DueError): readonly RationCheck['bucket'][] {
  const way = noRoute ? (['no-way'] as const) : []
  switch (about) {
    case 'loopback':
      return way
    case 'own':
      return [...way, 'host']
    case 'peer':
      return [...way, 'host', 'peer']
  }
}

interface Asked {
  readonly ration: IcmpRation
  readonly check: RationCheck
}

/** What has come in since is kept, whether it is enough or not. */
function askPeer(ration: IcmpRation, peer: IpAddress, bucket: 'no-way' | 'peer', now: Millis): Asked {
  const { cost, most } = peerBuckets[bucket]
  const { left: before, atMs } = ration.peers[peer] ?? { left: most, atMs: now }
  const left = Math.min(most, before + Math.max(0, between(atMs, now)))
  const holds = left >= cost
  const peers = { ...ration.peers, [peer]: { left: holds ? left - cost : left, atMs: now } }
  return { ration: { ...ration, peers }, check: { bucket, left, cost, holds } }
}

/** The bucket is looked at alone; {@link spendHost} takes from it. */
function askHost(ration: IcmpRation, now: Millis): Asked {
  const { left: before, atMs } = ration.host ?? { left: 0, atMs: now - 1000 }
  const ask = (left: number, holds: boolean): RationCheck => ({ bucket: 'host', left, cost: 1, holds })
  if (before > 0) return { ration, check: ask(before, true) }
  const sinceMs = Math.min(1000, between(atMs, now))
  if (sinceMs < HOST_REFILL_MS) return { ration, check: ask(before, false) }
  const left = Math.min(HOST_MOST, before + Math.floor((HOST_EACH_SECOND * sinceMs) / 1000))
  return { ration: { ...ration, host: { left, atMs: now } }, check: ask(left, true) }
}

/** One on average: who watches the bucket from outside cannot count what others were sent (icmp_global_consume). */
function spendHost(ration: IcmpRation, draw: Draw): IcmpRation {
  const { host } = ration
  return host === undefined ? ration : { ...ration, host: { ...host, left: host.left - drawBelow(draw, 3) } }
}
