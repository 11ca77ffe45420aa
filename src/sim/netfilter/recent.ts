/**
 * The lists of `-m recent`: who was seen, and when. kube-proxy keeps ClientIP affinity in them.
 * Models Linux net/netfilter/xt_recent.c, recent_mt.
 */
import type { Millis } from '../clock.ts'
import { addressAt, cidr, ipValue, ipVersion, parseIp, type IpAddress } from '../network/address.ts'
import type { Packet } from '../network/packet.ts'
import type { Match, Rule } from './ruleset.ts'

/** List name → address → when seen, the last time at the end; the address that was refreshed longest ago comes first. */
export type RecentLists = Readonly<Record<string, Readonly<Record<string, readonly Millis[]>>>>

type RecentMatch = Extract<Match, { kind: 'recent' }>

/** Addresses that one list holds (module parameter `ip_list_tot`); one more pushes out the oldest. */
const RECENT_LIST_SIZE = 100

/** Times that are kept of one address: as many as `--hitcount` can ask for (XT_RECENT_MAX_NSTAMPS − 1). */
const MOST_TIMES = 255

/** Whether the match holds, and the lists after it was asked; `seen` is when the address was last there before. */
export function askRecent(
  lists: RecentLists,
  match: RecentMatch,
  packet: Packet,
  now: Millis,
): { readonly holds: boolean; readonly lists: RecentLists; readonly seen?: Millis } {
  const list = lists[match.name] ?? {}
  const address = addressOf(match, packet)
  const times = Object.hasOwn(list, address) ? list[address] : undefined
  const seen = times?.at(-1)
  const found = isFound(match, times, now)
  const holds = found !== (match.negated ?? false)
  const after = act(list, match, address, times, holds, now)
  return {
    holds,
    lists: after === list ? lists : { ...lists, [match.name]: after },
    ...(seen !== undefined && { seen }),
  }
}

/** The address that is asked for: of the end that the match names, as far as its mask goes. */
export function addressOf({ side, mask }: RecentMatch, packet: Packet): string {
  const address = side === 'destination' ? packet.dst : packet.src
  return isFullMask(mask) ? address : masked(address, mask)
}

/**
 * The lists after a rule was tried. Every `recent` match that was reached has done its work, whether or not the rule was taken.
 * @param failed the match that ended the rule; absent: all were reached
 */
export function recentAfter(
  lists: RecentLists,
  rule: Rule,
  packet: Packet,
  failed: Match | undefined,
  now: Millis,
): RecentLists {
  if (!rule.matches.some((match) => match.kind === 'recent')) return lists
  const end = failed ? rule.matches.indexOf(failed) + 1 : rule.matches.length
  return rule.matches
    .slice(0, end)
    .reduce(
      (after, match) => (match.kind === 'recent' ? askRecent(after, match, packet, now).lists : after),
      lists,
    )
}

function isFound(match: RecentMatch, times: readonly Millis[] | undefined, now: Millis): boolean {
  if (match.action === 'set') return true
  if (times === undefined || match.action === 'remove') return times !== undefined
  const { seconds } = match
  const hits = seconds === undefined ? times : times.filter((time) => time >= now - seconds * 1000)
  return hits.length >= Math.max(1, match.hitcount ?? 1)
}

function act(
  list: Readonly<Record<string, readonly Millis[]>>,
  match: RecentMatch,
  address: string,
  times: readonly Millis[] | undefined,
  holds: boolean,
  now: Millis,
): Readonly<Record<string, readonly Millis[]>> {
  const writes = match.action === 'set' || (match.action === 'update' && times !== undefined && holds)
  if (match.action === 'remove' && times === undefined) return list
  let entries = Object.entries(list)
  if (match.action === 'remove' || writes) entries = entries.filter(([other]) => other !== address)
  else if (!match.reap) return list
  if (match.reap && match.seconds !== undefined && times !== undefined) {
    const [oldest] = entries
    if ((oldest?.[1].at(-1) ?? now) < now - match.seconds * 1000) entries = entries.slice(1)
  }
  if (writes) {
    const kept = entries.slice(1 - RECENT_LIST_SIZE)
    entries = [...kept, [address, [...(times ?? []), now].slice(-MOST_TIMES)]]
  }
  return Object.fromEntries(entries)
}

function isFullMask(mask: string): boolean {
  return mask === '255.255.255.255' || /^(ffff:){7}ffff$/.test(mask)
}

function masked(address: IpAddress, mask: string): string {
  const bits = parseIp(mask)
  if (bits === undefined) return address
  const everything = cidr(ipVersion(address) === 4 ? '0.0.0.0/0' : '::/0')
  return addressAt(everything, ipValue(address) & ipValue(bits)) ?? address
}
