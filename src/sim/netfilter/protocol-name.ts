/** Protocols by any of the names that `-p` takes (/etc/protocols, iptables xtables_chain_protos). */

/** Our name of a protocol, `all` for 0; what is not known here stays as it was given. */
export function protocolName(text: string): string {
  return names.get(text.toLowerCase()) ?? text
}

const names: ReadonlyMap<string, string> = new Map([
  ['0', 'all'],
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'icmpv6'],
  ['132', 'sctp'],
  ['all', 'all'],
  ['icmp', 'icmp'],
  ['tcp', 'tcp'],
  ['udp', 'udp'],
  ['sctp', 'sctp'],
  ['icmpv6', 'icmpv6'],
  ['ipv6-icmp', 'icmpv6'],
])
