/** The order of a table's chains in iptables-save (iptables/nft.c, nft_chain_sort): built-in ones as a packet meets their hooks, then all others by name. */
import type { Chain, Rule, RuleId, Ruleset, Table } from './ruleset.ts'

/** Compares two chains of one table. */
export function byChainName(one: Chain, other: Chain): number {
  return compareNames(one.name, other.name)
}

/** The chain of a table with this name. Among ten thousands it is found by halves, without an index of them all, and then known. */
export function chainNamed(table: Table, name: string): Chain | undefined {
  const met = chainsMet.get(table) ?? new Map<string, Chain>()
  chainsMet.set(table, met)
  const chain = met.get(name) ?? findChain(table, name)
  if (chain !== undefined) met.set(name, chain)
  return chain
}

const chainsMet = new WeakMap<Table, Map<string, Chain>>()

function findChain(table: Table, name: string): Chain | undefined {
  const chains = chainsInOrder(table)
  let [from, to] = [0, chains.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const order = compareNames(chains[middle]?.name ?? '', name)
    if (order === 0) return chains[middle]
    if (order < 0) from = middle + 1
    else to = middle
  }
  return undefined
}

/** The rule with this id. */
export function ruleAt(ruleset: Ruleset, id: RuleId): Rule | undefined {
  const [tableName, chain = '', number] = id.split(' ')
  const table = ruleset.tables.find(({ name }) => name === tableName)
  return table && chainNamed(table, chain)?.rules[Number(number) - 1]
}

const ordered = new WeakMap<Table, readonly Chain[]>()

function chainsInOrder(table: Table): readonly Chain[] {
  const known = ordered.get(table)
  if (known !== undefined) return known
  const chains = table.chains.toSorted(byChainName)
  ordered.set(table, chains)
  return chains
}

function compareNames(a: string, b: string): number {
  return placeOf(a) - placeOf(b) || (a < b ? -1 : a > b ? 1 : 0)
}

const hooks: readonly string[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING']
const LONGEST = Math.max(...hooks.map(({ length }) => length))

/** The length is asked first, as of ten thousands of chains five are built in. */
function placeOf(name: string): number {
  const place = name.length > LONGEST ? -1 : hooks.indexOf(name)
  return place < 0 ? hooks.length : place
}
