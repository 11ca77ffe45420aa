/**
 * A chain of thousands of rules, asked as one that few of them concern: each rule stands by the address or port that it wants. The kernel
 * has no such index, and goes through all of them; what is passed over here are rules of which nothing is known but that they fail.
 */
import { hasPorts, type Packet } from '../network/packet.ts'
import type { Chain, Match, Rule } from './ruleset.ts'

/** The places (from 0, in order) of the rules that a packet may match; undefined for a chain that is asked rule by rule. */
export function candidatesIn(chain: Chain, packet: Packet): readonly number[] | undefined {
  if (chain.rules.length < WORTHWHILE) return undefined
  const index = indexOf(chain)
  if (index === 'useless') return undefined
  const { always, byAddress, byPort } = index
  const ofAddress = byAddress.get(packet.dst) ?? none
  const ofPort = (hasPorts(packet) ? byPort.get(packet.dstPort) : undefined) ?? none
  return merged(merged(ofAddress, ofPort), always)
}

function merged(some: readonly number[], others: readonly number[]): readonly number[] {
  if (some.length === 0) return others
  if (others.length === 0) return some
  const all: number[] = []
  let [at, next] = [0, 0]
  while (all.length < some.length + others.length) {
    const [one = Infinity, other = Infinity] = [some[at], others[next]]
    if (one < other) at += 1
    else next += 1
    all.push(Math.min(one, other))
  }
  return all
}

/** A shorter chain is as soon gone through. */
const WORTHWHILE = 24

const none: readonly number[] = []

/** Places of rules by the one destination that they want, or else the one destination port; and those that want neither. */
interface ChainIndex {
  readonly byAddress: ReadonlyMap<string, readonly number[]>
  readonly byPort: ReadonlyMap<number, readonly number[]>
  readonly always: readonly number[]
}

const indexes = new WeakMap<Chain, ChainIndex | 'useless'>()

function indexOf(chain: Chain): ChainIndex | 'useless' {
  const known = indexes.get(chain)
  if (known !== undefined) return known
  const index = buildIndex(chain)
  const result = index.always.length > chain.rules.length / 8 ? 'useless' : index
  indexes.set(chain, result)
  return result
}

function buildIndex({ rules }: Chain): ChainIndex {
  const byAddress = new Map<string, number[]>()
  const byPort = new Map<number, number[]>()
  const always: number[] = []
  for (const [place, rule] of rules.entries()) {
    const wanted = wantedBy(rule)
    if (wanted === undefined) always.push(place)
    else if (typeof wanted === 'string') file(byAddress, wanted, place)
    else file(byPort, wanted, place)
  }
  return { byAddress, byPort, always }
}

function file<Key>(places: Map<Key, number[]>, key: Key, place: number): void {
  const known = places.get(key)
  if (known === undefined) places.set(key, [place])
  else known.push(place)
}

/**
 * The destination address or port without which the rule fails. Undefined where there is none, and where a match before it draws, counts
 * or remembers: such a rule has to be tried even if it fails.
 */
function wantedBy({ matches }: Rule): string | number | undefined {
  for (const match of matches) {
    if (!leavesNoTrace(match)) return undefined
    const wanted = match.kind === 'destination' ? addressIn(match) : portIn(match)
    if (wanted !== undefined) return wanted
  }
  return undefined
}

function leavesNoTrace({ kind }: Match): boolean {
  return traceless.has(kind)
}

const traceless: ReadonlySet<Match['kind']> = new Set<Match['kind']>([
  'source',
  'destination',
  'in-interface',
  'out-interface',
  'protocol',
  'comment',
  'ports',
  'multiport',
  'icmp',
  'mark',
  'connmark',
  'conntrack',
  'addrtype',
])

function addressIn({
  cidr,
  negated,
}: Extract<Match, { kind: 'source' | 'destination' }>): string | undefined {
  if (negated) return undefined
  const bits = cidr.includes(':') ? '/128' : '/32'
  return cidr.endsWith(bits) ? cidr.slice(0, -bits.length) : undefined
}

function portIn(match: Match): number | undefined {
  const wanted = match.kind === 'ports' ? match.destination : undefined
  return wanted === undefined || wanted.negated || wanted.from !== wanted.to ? undefined : wanted.from
}
