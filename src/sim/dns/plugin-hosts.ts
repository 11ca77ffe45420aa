/** The hosts plugin: names written into the Corefile (CoreDNS 1.14.7 plugin/hosts/hosts.go). `*.x` entries (1.14.5) are ordinary names here. */
import { ipVersion, parseIp } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'
import { absoluteName, addressOfReverse, sameName } from './domain-name.ts'
import { lookupHosts } from './hosts-file.ts'
import type { RecordType, ResourceRecord } from './message.ts'
import type { HostsConfig } from './plugin-config.ts'

/** Records (none: the name has an address of the other family alone), or no entry at all. */
export type HostsResult =
  | { readonly kind: 'records'; readonly answer: readonly ResourceRecord[] }
  /** `reverse`: such a question always goes on to the next plugin. */
  | { readonly kind: 'no-entry'; readonly reverse: boolean }

/** Looks a question up in the plugin's entries. */
export function lookUpHosts(
  config: HostsConfig,
  question: { readonly name: string; readonly type: RecordType },
): HostsResult {
  const { name, type } = question
  const record = (data: string): ResourceRecord => ({ name, ttlSeconds: config.ttlSeconds, type, data })
  const reverse = type === 'PTR' ? addressOfReverse(name) : undefined
  if (reverse !== undefined) {
    const names = config.reverse ? namesOf(config, reverse) : []
    if (names.length === 0) return { kind: 'no-entry', reverse: true }
    return { kind: 'records', answer: names.map((each) => record(absoluteName(each))) }
  }
  const addresses = lookupHosts(config.entries, name.replace(/\.$/, '')).map(unmapped)
  if (addresses.length === 0) return { kind: 'no-entry', reverse: false }
  const family = type === 'A' ? 4 : type === 'AAAA' ? 6 : undefined
  return { kind: 'records', answer: addresses.filter((each) => ipVersion(each) === family).map(record) }
}

function namesOf(config: HostsConfig, address: IpAddress): readonly string[] {
  return config.entries.lines.flatMap((line) => {
    if (line.kind === 'text') return []
    const own = parseIp(line.address)
    return own !== undefined && sameName(unmapped(own), address) ? line.names : []
  })
}

/** `::ffff:a.b.c.d` counts as the IPv4 address. */
function unmapped(address: IpAddress): IpAddress {
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(address)
  if (mapped === null) return address
  const value = Number.parseInt(mapped[1] ?? '', 16) * 65536 + Number.parseInt(mapped[2] ?? '', 16)
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256)
  return parseIp(octets.join('.')) ?? address
}
