/** Which addresses getaddrinfo takes from replies, and their order. */
import { ipVersion, parseIp } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'
import { sameName } from './domain-name.ts'
import type { DnsMessage, ResourceRecord } from './message.ts'

/**
 * The address records of a reply. `checked`: only those whose owner is the asked name or reached from it by CNAMEs, as glibc does
 * (resolv/nss_dns/dns-host.c); musl takes all.
 */
export function addressRecords(message: DnsMessage, checked: boolean): readonly ResourceRecord[] {
  let owner = message.question.name
  return message.answer.filter((record) => {
    if (checked && !sameName(record.name, owner)) return false
    if (record.type === 'CNAME') owner = record.data
    return record.type === message.question.type && (record.type === 'A' || record.type === 'AAAA')
  })
}

/** The addresses of records in the order of {@link inOrder}. */
export function orderedAddresses(records: readonly ResourceRecord[]): readonly IpAddress[] {
  return inOrder(records.flatMap((record) => parseIp(record.data) ?? []))
}

/**
 * The addresses in the order in which programs try them: RFC 6724 on a machine with an IPv4 route and no IPv6 route puts IPv4 first, but
 * for ::1, which such a machine has too; equal ones keep the order of the answer. Unique local addresses (fc00::/7), which clusters have,
 * come behind IPv4 on a machine with IPv6 routes too; that global ones would come before it is not modelled.
 */
export function inOrder(addresses: readonly IpAddress[]): readonly IpAddress[] {
  const place = (address: IpAddress) => (address === '::1' ? 0 : ipVersion(address))
  return addresses.toSorted((a, b) => place(a) - place(b))
}
