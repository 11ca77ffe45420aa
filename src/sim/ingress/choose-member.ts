/**
 * Which member of an upstream gets a request. Models rootfs/etc/nginx/lua/balancer of ingress-nginx: round_robin.lua, ewma.lua,
 * chash.lua, chashsubset.lua, sticky_balanced.lua, sticky_persistent.lua, util/nodemap.lua.
 * Left out: response times that ewma remembers between requests; all scores are equal here, as after a start.
 */
import type { BalancerReason } from './balancing.ts'
import type { Draw } from '../draw.ts'
import { drawBelow } from '../draw.ts'
import { hashToMember } from './consistent-hash.ts'
import type { LocatedRequest } from './located-request.ts'
import { fillVariables } from './nginx-variable.ts'
import type { SessionAffinity } from './session-affinity.ts'
import { md5Hex, printCookie, readAffinityCookie, setsCookie } from './session-affinity.ts'
import type { Location, Upstream, UpstreamEndpoint } from './virtual-server.ts'

/** The chosen member, and what chose it. `cookie` is the value of `Set-Cookie`. */
export interface MemberChoice {
  readonly endpoint: UpstreamEndpoint
  readonly by: BalancerReason
  readonly cookie?: string
}

/** Chooses. Undefined without members. */
export function chooseMember(
  located: LocatedRequest,
  location: Location,
  upstream: Upstream,
  members: readonly UpstreamEndpoint[],
  draw: Draw,
): MemberChoice | undefined {
  const { affinity, balancing } = upstream
  if (affinity !== undefined) return sticky(located, location, upstream.name, affinity, members, draw)
  switch (balancing.kind) {
    case 'round-robin':
      return chosen(roundRobin(located, members, draw), { kind: 'round-robin' })
    case 'ewma':
      return ewma(members, draw)
    case 'chash': {
      const key = fillVariables(balancing.by, located)
      if (key === undefined)
        return chosen(roundRobin(located, members, draw), { kind: 'hash-not-modelled', by: balancing.by })
      const by = { kind: 'hash', by: balancing.by, key } as const
      return balancing.subsetSize === undefined
        ? chosen(hashed(members, key), by)
        : chosen(fromSubset(members, key, balancing.subsetSize, draw), by)
    }
  }
}

function chosen(endpoint: UpstreamEndpoint | undefined, by: BalancerReason): MemberChoice | undefined {
  return endpoint && { endpoint, by }
}

/** The ring's order is that of the EndpointSlices here; Lua's is that of a hash table (lua-resty-balancer roundrobin.lua). */
function roundRobin(
  { request }: LocatedRequest,
  members: readonly UpstreamEndpoint[],
  draw: Draw,
): UpstreamEndpoint | undefined {
  return members[(request.turn ?? drawBelow(draw, members.length)) % members.length]
}

/** Shuffles two to the front; of equal scores the first wins. */
function ewma(members: readonly UpstreamEndpoint[], draw: Draw): MemberChoice | undefined {
  if (members.length < 2) return chosen(members[0], { kind: 'ewma' })
  const first = drawBelow(draw, members.length)
  const second = drawBelow(draw, members.length - 1)
  const other = members[second < first ? second : second + 1]
  return chosen(members[first], { kind: 'ewma', ...(other !== undefined && { other: memberName(other) }) })
}

function hashed(members: readonly UpstreamEndpoint[], key: string): UpstreamEndpoint | undefined {
  const name = hashToMember(members.map(memberName), key)
  return members.find((each) => memberName(each) === name)
}

/** Members dealt in order into groups of equal size, the last filled up from the first ones; the key chooses a group. */
function fromSubset(
  members: readonly UpstreamEndpoint[],
  key: string,
  size: number,
  draw: Draw,
): UpstreamEndpoint | undefined {
  const groups = Array.from({ length: Math.ceil(members.length / size) }, (_, index) => `set${index + 1}`)
  const group = groups.indexOf(hashToMember(groups, key) ?? '')
  return members[(group * size + drawBelow(draw, size)) % members.length]
}

/**
 * The cookie's member, also where that has just failed, unless `session-cookie-change-on-failure`; without one a new key is made,
 * which avoids the members that failed this request.
 */
function sticky(
  located: LocatedRequest,
  location: Location,
  upstream: string,
  affinity: SessionAffinity,
  members: readonly UpstreamEndpoint[],
  draw: Draw,
): MemberChoice | undefined {
  const { request, host, server } = located
  const { name } = affinity
  const keyOf = (endpoint: UpstreamEndpoint) => md5Hex(`${upstream}${memberName(endpoint)}`)
  const find = (key: string) =>
    affinity.mode === 'persistent' ? members.find((each) => keyOf(each) === key) : hashed(members, key)
  const failed = new Set(request.retry?.failed)
  const old = readAffinityCookie(affinity, request.headers, upstream)
  const before = old && find(old.key)
  if (before !== undefined && old !== undefined && !(failed.size > 0 && affinity.changeOnFailure))
    return { endpoint: before, by: { kind: 'cookie', name, key: old.key } }
  const made = affinity.mode === 'persistent' ? drawKey() : makeKey()
  if (made === undefined) return undefined
  const path = location.ingressPath
  const isSet = setsCookie(affinity, server.hostname === '_' ? '_' : host, path)
  return {
    endpoint: made.endpoint,
    by: { kind: 'cookie-made', name, key: made.key },
    ...(isSet && {
      cookie: printCookie(
        affinity,
        { key: made.key, upstream, path },
        request.scheme === 'https',
        request.atMs,
      ),
    }),
  }

  function drawKey() {
    const left = members.filter((each) => !failed.has(memberName(each)))
    const endpoint = left[drawBelow(draw, left.length)]
    return endpoint && { endpoint, key: keyOf(endpoint) }
  }
  /** `NOW.PID.RANDOM`, twenty times at most; the worker's process id is assumed. */
  function makeKey() {
    for (let index = 1; index <= 20; index++) {
      const key = `${Number((request.atMs / 1000 + index).toPrecision(14))}.33.${drawBelow(draw, 999_999) + 1}`
      const endpoint = hashed(members, key)
      if (endpoint !== undefined && !failed.has(memberName(endpoint))) return { endpoint, key }
    }
    return undefined
  }
}

/** `ADDRESS:PORT`, as nginx knows the member. */
export function memberName({ address, port }: UpstreamEndpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
