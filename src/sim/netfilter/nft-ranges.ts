/** Lists of addresses and ranges inside a rule, as `nft list` prints them (nftables 1.0.6, src/intervals.c, measured). */
import {
  addressAt,
  cidr,
  cidrSize,
  ipValue,
  ipVersion,
  networkAddress,
  type IpAddress,
} from '../network/address.ts'

/** From the first to the last address, both included. */
interface Span {
  readonly first: bigint
  readonly last: bigint
}

/** A range of one address is an address to `nft list`. */
export function withoutHostBits(value: string): string {
  return value.replace(value.includes(':') ? /\/128$/ : /\/32$/, '')
}

/**
 * What the kernel keeps of a list of one family: sorted, each once; and where one was written as a range, those that touch or overlap are
 * one range, a prefix where there is one for it.
 */
export function listedRanges(values: readonly string[]): readonly string[] {
  const everything = cidr(values.some((value) => value.includes(':')) ? '::/0' : '0.0.0.0/0')
  const spans = values.map(spanOf).toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
  const hasRange = values.some((value) => value.includes('/'))
  const kept: Span[] = []
  for (const span of spans) {
    const before = kept.at(-1)
    if (before === undefined || span.first > before.last + (hasRange ? 1n : 0n)) kept.push(span)
    else
      kept[kept.length - 1] = { first: before.first, last: span.last > before.last ? span.last : before.last }
  }
  return kept.map(({ first, last }) => spanText(addressAt(everything, first), addressAt(everything, last)))
}

function spanOf(value: string): Span {
  const range = cidr(value)
  const first = ipValue(networkAddress(range))
  return { first, last: first + cidrSize(range) - 1n }
}

function spanText(first: IpAddress | undefined, last: IpAddress | undefined): string {
  if (first === undefined || last === undefined) throw new Error('a range outside its family')
  if (first === last) return first
  const size = ipValue(last) - ipValue(first) + 1n
  const isPrefix = (size & (size - 1n)) === 0n && ipValue(first) % size === 0n
  const bits = (ipVersion(first) === 6 ? 128 : 32) - (size.toString(2).length - 1)
  return isPrefix ? `${first}/${bits}` : `${first}-${last}`
}
