/**
 * IP addresses and ranges as values. An address is kept as its canonical text, so `===` compares it and it prints itself.
 * Canonical: IPv4 dotted decimal without leading zeros; IPv6 as RFC 5952 writes it.
 */

declare const brand: unique symbol

/** An address in canonical text, `172.31.239.228` or `fd00::1`. Only {@link parseIp} makes one. */
export type IpAddress = string & { readonly [brand]: 'IpAddress' }

/** A range in canonical text with its host bits cleared, `172.31.0.0/16`. Only {@link parseCidr} makes one. */
export type Cidr = string & { readonly [brand]: 'Cidr' }

/** 4 or 6, the version in the IP header. */
export type IpVersion = 4 | 6

const bitsOf = { 4: 32, 6: 128 } as const

/**
 * Reads an address, or gives undefined. Leading zeros are decimal, as Kubernetes reads them (`172.30.0.041` is `172.30.0.41`;
 * k8s.io/utils/net ParseIPSloppy).
 */
export function parseIp(text: string): IpAddress | undefined {
  const version = text.includes(':') ? 6 : 4
  const value = version === 4 ? ipv4Value(text) : ipv6Value(text)
  return value === undefined ? undefined : ipFromValue(value, version)
}

/** An address that we wrote ourselves. Throws where the text is none: a broken invariant of ours, never user input. */
export function ip(text: string): IpAddress {
  const address = parseIp(text)
  if (address === undefined) throw new Error(`not an IP address: ${text}`)
  return address
}

/** Reads `ADDRESS/BITS`, clearing host bits, or gives undefined. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.lastIndexOf('/')
  if (slash < 0) return undefined
  const address = parseIp(text.slice(0, slash))
  const bitsText = text.slice(slash + 1)
  if (address === undefined || !/^\d{1,3}$/.test(bitsText)) return undefined
  const version = ipVersion(address)
  const prefixBits = Number(bitsText)
  if (prefixBits > bitsOf[version]) return undefined
  const network = ipFromValue(ipValue(address) & maskValue(prefixBits, version), version)
  return `${network}/${prefixBits}` as Cidr
}

/** A range that we wrote ourselves; a bare address is its own /32 or /128. Throws where the text is none. */
export function cidr(text: string): Cidr {
  const bare = parseIp(text)
  const range = bare === undefined ? parseCidr(text) : hostCidr(bare)
  if (range === undefined) throw new Error(`not a CIDR: ${text}`)
  return range
}

/** The range that holds this address alone. */
export function hostCidr(address: IpAddress): Cidr {
  return `${address}/${bitsOf[ipVersion(address)]}` as Cidr
}

/** 4 or 6. */
export function ipVersion(address: IpAddress | Cidr): IpVersion {
  return address.includes(':') ? 6 : 4
}

/** The prefix length of a range. */
export function prefixBits(range: Cidr): number {
  return Number(range.slice(range.lastIndexOf('/') + 1))
}

/** The first address of a range, its network address. */
export function networkAddress(range: Cidr): IpAddress {
  return range.slice(0, range.lastIndexOf('/')) as IpAddress
}

/** Whether the range holds the address. Families never mix. */
export function cidrContains(range: Cidr, address: IpAddress): boolean {
  // A range of one address, the common case by far, is compared as text.
  if (range.endsWith('/32') && !range.includes(':'))
    return range.length === address.length + 3 && range.startsWith(address)
  if (range.endsWith('/128')) return range === `${address}/128`
  const bounds = boundsOf(range)
  if (bounds.version !== ipVersion(address)) return false
  if (bounds.version === 4) return (ipv4Number(address) & bounds.mask) === bounds.network
  return (ipValue(address) & bounds.mask) === bounds.network
}

/** A range in numbers: an address is inside whose bits under the mask are the network's. */
type Bounds =
  | { readonly version: 4; readonly mask: number; readonly network: number }
  | { readonly version: 6; readonly mask: bigint; readonly network: bigint }

/** By range, once: every rule and route asks it of every packet, and ranges are few. */
const knownBounds = new Map<Cidr, Bounds>()

function boundsOf(range: Cidr): Bounds {
  const before = knownBounds.get(range)
  if (before !== undefined) return before
  const bounds = workOutBounds(range)
  knownBounds.set(range, bounds)
  return bounds
}

function workOutBounds(range: Cidr): Bounds {
  const version = ipVersion(range)
  const [bits, network] = [prefixBits(range), networkAddress(range)]
  if (version === 6) return { version, mask: maskValue(bits, version), network: ipValue(network) }
  return { version, mask: Number(maskValue(bits, version)) | 0, network: ipv4Number(network) }
}

/** The address `offset` after the range's first, or undefined where that lies outside the range. */
export function addressAt(range: Cidr, offset: number | bigint): IpAddress | undefined {
  const size = cidrSize(range)
  const at = BigInt(offset)
  if (at < 0n || at >= size) return undefined
  return ipFromValue(ipValue(networkAddress(range)) + at, ipVersion(range))
}

/** How many addresses the range holds, the first and the last included. */
export function cidrSize(range: Cidr): bigint {
  return 1n << BigInt(bitsOf[ipVersion(range)] - prefixBits(range))
}

/** The address as an unsigned integer, for arithmetic and numeric order. */
export function ipValue(address: IpAddress): bigint {
  const value = ipVersion(address) === 4 ? ipv4Value(address) : ipv6Value(address)
  if (value === undefined) throw new Error(`not canonical: ${address}`)
  return value
}

function maskValue(bits: number, version: IpVersion): bigint {
  const all = (1n << BigInt(bitsOf[version])) - 1n
  return all & ~((1n << BigInt(bitsOf[version] - bits)) - 1n)
}

function ipFromValue(value: bigint, version: IpVersion): IpAddress {
  return (version === 4 ? ipv4Text(value) : ipv6Text(value)) as IpAddress
}

function ipv4Value(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n)
}

/** A canonical IPv4 address as 32 bits. */
function ipv4Number(address: IpAddress): number {
  let [value, part] = [0, 0]
  for (let at = 0; at < address.length; at++) {
    const code = address.charCodeAt(at)
    if (code === DOT) [value, part] = [(value << 8) | part, 0]
    else part = part * 10 + code - ZERO
  }
  return (value << 8) | part
}

const DOT = 46
const ZERO = 48

function ipv4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.')
}

function ipv6Value(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map(ipv6Groups)
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [...head, ...Array<bigint>(tail === undefined ? 0 : missing).fill(0n), ...(tail ?? [])]
  return groups.reduce((value, group) => value * 65536n + group, 0n)
}

function ipv6Groups(text: string): bigint[] | undefined {
  if (text === '') return []
  const groups: bigint[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    const embedded = index === parts.length - 1 && part.includes('.') ? ipv4Value(part) : undefined
    if (embedded !== undefined) groups.push(embedded >> 16n, embedded & 65535n)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`))
    else return undefined
  }
  return groups
}

/** RFC 5952 §4: lower case, no leading zeros, the longest run of two or more zero groups as `::`, the first of equal runs. */
function ipv6Text(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(16 * (7 - index))) & 65535n)
  let best = { at: -1, length: 1 }
  for (let at = 0; at < 8; at++) {
    let length = 0
    while (at + length < 8 && groups[at + length] === 0n) length++
    if (length > best.length) best = { at, length }
  }
  const text = (part: bigint[]) => part.map((group) => group.toString(16)).join(':')
  if (best.at < 0) return text(groups)
  return `${text(groups.slice(0, best.at))}::${text(groups.slice(best.at + best.length))}`
}

/** 127.0.0.0/8 or ::1, which every host has. */
export function isLoopback(address: IpAddress): boolean {
  return address.startsWith('127.') || address === '::1'
}
