/**
 * The kernel's ipsets, which rules ask by name and which do not stand in `iptables-save`.
 * Models Linux net/netfilter/ipset/ip_set_{bitmap_port,hash_ip,hash_ipport,hash_ipportip,hash_ipportnet,hash_net,hash_netport}.c.
 */
import {
  cidrContains,
  hostCidr,
  parseCidr,
  parseIp,
  prefixBits,
  type Cidr,
  type IpVersion,
} from '../network/address.ts'
import { hasPorts, type Packet } from '../network/packet.ts'

/** What an entry is made of. */
export type IpSetType =
  | 'bitmap:port'
  | 'hash:ip'
  | 'hash:ip,port'
  | 'hash:ip,port,ip'
  | 'hash:ip,port,net'
  | 'hash:net'
  | 'hash:net,port'

/** A set. Entries as `ipset list` prints them: `10.96.0.10,udp:53`, `172.31.1.11,tcp:80,172.31.1.11`, `31326`, `172.31.0.0/16`, `172.31.5.0/24 nomatch`. */
export interface IpSet {
  readonly type: IpSetType
  readonly version: IpVersion
  readonly entries: readonly string[]
}

/** ipset name → the set. */
export type IpSets = Readonly<Record<string, IpSet>>

/** Which end of the packet a dimension of the set looks at. */
export type SetDirection = 'src' | 'dst'

/**
 * Whether the set has the packet, looked at from these ends, one a dimension; what was looked up is text in the set's own notation.
 * Undefined where there is no such set: one that nobody told us of is not an empty one.
 */
export function lookUpSet(
  sets: IpSets,
  name: string,
  directions: readonly SetDirection[],
  packet: Packet,
): { readonly isIn: boolean; readonly asked: string } | undefined {
  const set = Object.hasOwn(sets, name) ? sets[name] : undefined
  if (set === undefined) return undefined
  const parts = partsOf(set.type, directions, packet)
  if (parts === undefined) return { isIn: false, asked: packet.protocol }
  const asked = parts.join(',')
  switch (set.type) {
    case 'bitmap:port':
    case 'hash:ip':
    case 'hash:ip,port':
    case 'hash:ip,port,ip':
      return { isIn: entriesOf(set).has(asked), asked }
    case 'hash:net':
      return { isIn: isInAny(set, parts[0]), asked }
    case 'hash:net,port': {
      const [address, port] = parts
      const isIn = set.entries.some((entry) => {
        const [range = '', entryPort] = entry.split(',')
        return entryPort === port && isInRange(range, address)
      })
      return { isIn, asked }
    }
    case 'hash:ip,port,net': {
      const [address, port, other] = parts
      const isIn = set.entries.some((entry) => {
        const [entryAddress, entryPort, range = ''] = entry.split(',')
        return entryAddress === address && entryPort === port && isInRange(range, other)
      })
      return { isIn, asked }
    }
  }
}

/** The packet in the set's dimensions; undefined where it has no ports that the set could hold. A direction left out is that of the one before. */
function partsOf(
  type: IpSetType,
  directions: readonly SetDirection[],
  packet: Packet,
): readonly string[] | undefined {
  const end = (dimension: number) => directions[dimension] ?? directions.at(-1) ?? 'dst'
  const address = (dimension: number): string => (end(dimension) === 'src' ? packet.src : packet.dst)
  switch (type) {
    case 'hash:ip':
    case 'hash:net':
      return [address(0)]
    case 'bitmap:port':
      return packet.protocol === 'tcp' || packet.protocol === 'udp' ? [portAt(packet, end(0))] : undefined
    case 'hash:ip,port':
    case 'hash:net,port':
      return hasPorts(packet) ? [address(0), `${packet.protocol}:${portAt(packet, end(1))}`] : undefined
    case 'hash:ip,port,ip':
    case 'hash:ip,port,net':
      return hasPorts(packet)
        ? [address(0), `${packet.protocol}:${portAt(packet, end(1))}`, address(2)]
        : undefined
  }
}

function portAt(packet: Extract<Packet, { srcPort: number }>, end: SetDirection): string {
  return String(end === 'src' ? packet.srcPort : packet.dstPort)
}

/** Whether the longest range of the set that has the address is no exception (`nomatch`). */
function isInAny(set: IpSet, address: string | undefined): boolean {
  const within = parseIp(address ?? '')
  if (within === undefined) return false
  return rangesOf(set).find(({ range }) => cidrContains(range, within))?.isException === false
}

const ranges = new WeakMap<IpSet, readonly SetRange[]>()

interface SetRange {
  readonly range: Cidr
  readonly isException: boolean
}

/** Longest first. */
function rangesOf(set: IpSet): readonly SetRange[] {
  const known = ranges.get(set)
  if (known !== undefined) return known
  const read = set.entries.flatMap((entry) => {
    const [text = '', option] = entry.split(' ')
    const range = rangeOf(text)
    return range === undefined ? [] : [{ range, isException: option === 'nomatch' }]
  })
  const sorted = read.toSorted((a, b) => prefixBits(b.range) - prefixBits(a.range))
  ranges.set(set, sorted)
  return sorted
}

/** A range of one address is printed without its length. */
function rangeOf(text: string): Cidr | undefined {
  const address = parseIp(text)
  return address === undefined ? parseCidr(text) : hostCidr(address)
}

function isInRange(entry: string, address: string | undefined): boolean {
  const [range, within] = [rangeOf(entry), parseIp(address ?? '')]
  return range !== undefined && within !== undefined && cidrContains(range, within)
}

const indexes = new WeakMap<IpSet, ReadonlySet<string>>()

function entriesOf(set: IpSet): ReadonlySet<string> {
  const known = indexes.get(set)
  if (known !== undefined) return known
  const index = new Set(set.entries)
  indexes.set(set, index)
  return index
}
