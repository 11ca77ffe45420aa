/** Protocols by any of the names that `-p` takes (/etc/protocols, iptables xtables_chain_protos). */

import { protocolNumbers } from '../network/packet.ts'
import { readNumber } from './read-number.ts'

/** Our name of a protocol, `all` for 0; what is not known here stays as it was given. */
export function protocolName(text: string): string {
  return names.get(text.toLowerCase()) ?? text
}

/** The number of a protocol by name or number; undefined for a name that is not known here. */
export function protocolNumber(text: string): number | undefined {
  return numbers.get(protocolName(text)) ?? readNumber(text, 255)
}

const numbers: ReadonlyMap<string, number> = new Map(Object.entries(protocolNumbers))

const names: ReadonlyMap<string, string> = new Map([
  ...[...numbers].flatMap(([name, number]): readonly (readonly [string, string])[] => [
    [name, name],
    [String(number), name],
  ]),
  ['0', 'all'],
  ['all', 'all'],
  ['ipv6-icmp', 'icmpv6'],
])
