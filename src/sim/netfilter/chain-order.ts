/** The order of a table's chains in iptables-save (iptables/nft.c, nft_chain_sort): built-in ones as a packet meets their hooks, then all others by name. */
import type { Chain } from './ruleset.ts'

/** Compares two chains of one table. */
export function byChainName(one: Chain, other: Chain): number {
  const [a, b] = [hooks.get(one.name), hooks.get(other.name)]
  if (a !== undefined || b !== undefined) return (a ?? hooks.size) - (b ?? hooks.size)
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0
}

const hooks = new Map(
  ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'].map((name, index) => [name, index]),
)
