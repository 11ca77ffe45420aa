/**
 * Which address of a range a connection is rewritten to: no chance, a hash of its two ends, so that the same pair gets the same
 * address, after a restart too. Models Linux net/netfilter/nf_nat_core.c, find_best_ips_proto, on a little-endian machine.
 */
import { addressAt, cidr, ipValue, ipVersion, type IpAddress } from '../network/address.ts'
import { jhash2 } from './jhash.ts'
import type { Tuple } from './tuple.ts'

/** The address between `first` and `last` for a connection from `src` to `dst`. `persistent`: whatever the destination. */
export function chooseAddress(
  first: IpAddress,
  last: IpAddress,
  { src, dst }: Pick<Tuple, 'src' | 'dst'>,
  persistent: boolean,
): IpAddress {
  const version = ipVersion(first)
  const [low, high] = [wordsOf(first), wordsOf(last)]
  const ends = { source: wordsOf(src).map(swapped), destination: wordsOf(dst).map(swapped) }
  const key = [...ends.source, 0, 0, 0].slice(0, 4)
  let hash = jhash2(key, persistent ? 0 : (ends.destination.at(-1) ?? 0))
  let isBelow = false
  const words = low.map((lowest, at) => {
    const highest = high[at] ?? 0
    const [base, distance] = isBelow ? [0, 0xffffffff] : [lowest, highest - lowest + 1]
    const word = (base + Number((BigInt(hash) * BigInt(distance >>> 0)) >> 32n)) >>> 0
    isBelow ||= word !== highest
    if (!persistent) hash = (hash ^ (ends.destination[at] ?? 0)) >>> 0
    return word
  })
  const value = words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n)
  return addressAt(cidr(version === 4 ? '0.0.0.0/0' : '::/0'), value) ?? first
}

/** The address in words of 32 bits, the first byte highest. */
function wordsOf(address: IpAddress): readonly number[] {
  const value = ipValue(address)
  const shifts = ipVersion(address) === 4 ? [0n] : [96n, 64n, 32n, 0n]
  return shifts.map((shift) => Number((value >> shift) & 0xffffffffn))
}

/** The word as a little-endian machine reads it from a packet. */
function swapped(word: number): number {
  return ((word >>> 24) | ((word >>> 8) & 0xff00) | ((word & 0xff00) << 8) | ((word & 0xff) << 24)) >>> 0
}
