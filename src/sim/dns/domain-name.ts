/**
 * Domain names as text (RFC 1035 §2.3.4, §3.1): labels, comparison, limits, reverse names.
 * Names are kept in the letters in which they were written; comparison ignores ASCII case (RFC 4343).
 * Master-file escapes such as `\.` are not modelled: a dot always parts labels.
 */
import { ipValue, ipVersion, parseIp } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'

/** Why no question can be made of a name. */
export type NameFlaw = 'empty-name' | 'empty-label' | 'label-too-long' | 'name-too-long'

/** The name with its final dot. */
export function absoluteName(name: string): string {
  return name.endsWith('.') ? name : `${name}.`
}

/** The name without its final dot; the root stays `.`. */
function withoutFinalDot(name: string): string {
  return name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name
}

/** The labels from left to right; none for the root. */
export function labelsOf(name: string): readonly string[] {
  const bare = withoutFinalDot(name)
  return bare === '.' || bare === '' ? [] : bare.split('.')
}

/** How many dots the name has: what resolvers compare with ndots. */
export function dotsIn(name: string): number {
  return name.split('.').length - 1
}

/** Joins a name and a domain, both with or without a final dot, into an absolute name. */
export function joinNames(name: string, domain: string): string {
  return domain === '.' || domain === ''
    ? absoluteName(name)
    : absoluteName(`${withoutFinalDot(name)}.${domain}`)
}

/** Whether two names are the same, a final dot and case apart. */
export function sameName(a: string, b: string): boolean {
  return absoluteName(a).toLowerCase() === absoluteName(b).toLowerCase()
}

/** Whether the name is the zone or lies below it. */
export function isInZone(name: string, zone: string): boolean {
  const [low, end] = [absoluteName(name).toLowerCase(), absoluteName(zone).toLowerCase()]
  return end === '.' || low === end || low.endsWith(`.${end}`)
}

/** What keeps the name from being encoded: labels of 1 to 63 octets, 255 octets on the wire. Undefined: nothing. */
export function nameFlaw(name: string): NameFlaw | undefined {
  if (name === '') return 'empty-name'
  const sizes = labelsOf(name).map(utf8Length)
  if (sizes.includes(0)) return 'empty-label'
  if (sizes.some((size) => size > 63)) return 'label-too-long'
  const wireBytes = sizes.reduce((sum, size) => sum + size + 1, 1)
  return wireBytes > 255 ? 'name-too-long' : undefined
}

/** The octets of the text in UTF-8, as a resolver that does not know IDN would send them. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** `10.96.0.10` → `10.0.96.10.in-addr.arpa.`; an IPv6 address by nibbles below `ip6.arpa.` (RFC 3596 §2.5). */
export function reverseName(address: IpAddress): string {
  if (ipVersion(address) === 4) return `${address.split('.').reverse().join('.')}.in-addr.arpa.`
  const nibbles = ipValue(address).toString(16).padStart(32, '0')
  return `${nibbles.split('').reverse().join('.')}.ip6.arpa.`
}

/** The address that a complete reverse name stands for; undefined for any other name. */
export function addressOfReverse(name: string): IpAddress | undefined {
  const labels = labelsOf(name.toLowerCase())
  const suffix = labels.slice(-2).join('.')
  const parts = labels.slice(0, -2).toReversed()
  if (suffix === 'in-addr.arpa') return parts.length === 4 ? parseIp(parts.join('.')) : undefined
  if (suffix !== 'ip6.arpa' || parts.length !== 32 || !parts.every((part) => /^[0-9a-f]$/.test(part)))
    return undefined
  return parseIp((parts.join('').match(/.{4}/g) ?? []).join(':'))
}

/** Whether the name lies in one of the two reverse trees. */
export function isReverseName(name: string): boolean {
  return isInZone(name, 'in-addr.arpa.') || isInZone(name, 'ip6.arpa.')
}
