/**
 * Models the limits that kubelet puts on a Pod's resolv.conf (kubernetes pkg/kubelet/network/dns/dns.go, formDNSSearchFitsLimits and
 * formDNSNameserversFitsLimits). Releases before 1.28 or so had 6 domains and 256 characters; only today's limits are modelled.
 */
const maxSearches = 32
const maxSearchCharacters = 2048
const maxDomainCharacters = 253
const maxNameservers = 3

/** What is left of a list, and the text of the Warning event `DNSConfigForming` where something was cut. */
export interface Limited<T> {
  readonly applied: readonly T[]
  readonly event?: string
}

/** The search list cut to 32 domains of at most 253 characters each (longer ones are left out) and 2048 in all (cut from the end). */
export function limitSearches(searches: readonly string[]): Limited<string> {
  const fitting = searches.slice(0, maxSearches).filter((domain) => domain.length <= maxDomainCharacters)
  let kept = fitting.length
  while (fitting.slice(0, kept).join(' ').length > maxSearchCharacters) kept--
  const applied = fitting.slice(0, kept)
  if (applied.length === searches.length) return { applied }
  const event = `Search Line limits were exceeded, some search paths have been omitted, the applied search line is: ${applied.join(' ')}`
  return { applied, event }
}

/** The first three nameservers. */
export function limitNameservers<T extends string>(nameservers: readonly T[]): Limited<T> {
  const applied = nameservers.slice(0, maxNameservers)
  if (applied.length === nameservers.length) return { applied }
  const event = `Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: ${applied.join(' ')}`
  return { applied, event }
}
