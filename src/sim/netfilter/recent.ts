/**
 * The lists of `-m recent`: who was seen, and when. kube-proxy keeps ClientIP affinity in them.
 * Models Linux net/netfilter/xt_recent.c for `--set` and `--rcheck`, by whole source addresses.
 */
import type { Millis } from '../clock.ts'
import type { IpAddress } from '../network/address.ts'
import type { Packet } from '../network/packet.ts'
import type { FailedMatch } from './evaluation.ts'
import type { Match, Rule } from './ruleset.ts'

/** List name → source address → when last seen; the address that was refreshed longest ago comes first. */
export type RecentLists = Readonly<Record<string, Readonly<Record<string, Millis>>>>

/** Addresses that one list holds (module parameter `ip_list_tot`); one more pushes out the oldest. */
const RECENT_LIST_SIZE = 100

/** When the list last saw the address. */
export function seenAt(lists: RecentLists, name: string, address: IpAddress): Millis | undefined {
  const list = lists[name]
  return list && Object.hasOwn(list, address) ? list[address] : undefined
}

/** Whether every bit of the address counts, which is the default and all that is modelled. */
export function isFullMask(mask: string): boolean {
  return mask === '255.255.255.255' || /^(ffff:){7}ffff$/.test(mask)
}

/**
 * The lists after a rule was tried. Every `--set` and `--reap` that was reached has done its work, whether or not the rule was taken.
 * @param failed the match that ended the rule; absent: all were reached
 */
export function recentAfter(
  lists: RecentLists,
  rule: Rule,
  packet: Packet,
  failed: FailedMatch | undefined,
  now: Millis,
): RecentLists {
  if (!rule.matches.some((match) => match.kind === 'recent')) return lists
  const end = failed ? rule.matches.indexOf(failed.match) + 1 : rule.matches.length
  return rule.matches
    .slice(0, end)
    .reduce((after, match) => (match.kind === 'recent' ? act(after, match, packet.src, now) : after), lists)
}

function act(
  lists: RecentLists,
  match: Extract<Match, { kind: 'recent' }>,
  address: IpAddress,
  now: Millis,
): RecentLists {
  const list = Object.entries(lists[match.name] ?? {})
  if (match.action === 'set') {
    const others = list.filter(([other]) => other !== address).slice(1 - RECENT_LIST_SIZE)
    return { ...lists, [match.name]: Object.fromEntries([...others, [address, now]]) }
  }
  if (!match.reap || match.seconds === undefined) return lists
  const oldest = now - match.seconds * 1000
  return { ...lists, [match.name]: Object.fromEntries(list.filter(([, seen]) => seen >= oldest)) }
}
