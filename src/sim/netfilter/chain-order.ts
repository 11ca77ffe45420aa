/** The order of a table's chains in iptables-save (iptables/nft.c, nft_chain_sort): built-in ones as a packet meets their hooks, then all others by name. */
import { type Chain, type Rule, type RuleId, type Ruleset, type Table, type TableName } from './ruleset.ts'

/** Compares two chains of one table. */
export function byChainName(one: Chain, other: Chain): number {
  return compareNames(one.name, other.name)
}

/** The chain of a table with this name. Among ten thousands it is found by halves, without an index of them all. */
export function chainNamed(table: Table, name: string): Chain | undefined {
  const chains = chainsInOrder(table)
  const chain = chains[placeIn(chains, name)]
  return chain?.name === name ? chain : undefined
}

/** The place of the first chain that does not come before the name. */
function placeIn(chains: readonly Chain[], name: string): number {
  let [from, to] = [0, chains.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (compareNames(chains[middle]?.name ?? '', name) < 0) from = middle + 1
    else to = middle
  }
  return from
}

/** The rule with this id. */
export function ruleAt(ruleset: Ruleset, id: RuleId): Rule | undefined {
  const [tableName, chain = '', number] = id.split(' ')
  const table = ruleset.tables.find(({ name }) => name === tableName)
  return table && chainNamed(table, chain)?.rules[Number(number) - 1]
}

/** Chains in order, with more of them at their places and without some. Of two with one name the new one stands. */
export function withChains(
  chains: readonly Chain[],
  more: readonly Chain[],
  gone: readonly Chain[] = [],
): readonly Chain[] {
  const changes = new Map<string, readonly Chain[]>(gone.map(({ name }) => [name, []]))
  for (const chain of more) changes.set(chain.name, [chain])
  const pieces: (readonly Chain[])[] = []
  let from = 0
  for (const [name, now] of [...changes].toSorted(([a], [b]) => compareNames(a, b))) {
    const at = placeIn(chains, name)
    pieces.push(chains.slice(from, at), now)
    from = chains[at]?.name === name ? at + 1 : at
  }
  return joined([...pieces, chains.slice(from)])
}

/** `flat` goes from element to element; the pieces are few and long. */
function joined(pieces: readonly (readonly Chain[])[]): readonly Chain[] {
  return ([] as readonly Chain[]).concat(...pieces)
}

/** A table whose chains stand in order already. */
export function tableInOrder(name: TableName, chains: readonly Chain[]): Table {
  const table = { name, chains }
  ordered.set(table, chains)
  return table
}

const ordered = new WeakMap<Table, readonly Chain[]>()

/** The chains of a table in their order. */
export function chainsInOrder(table: Table): readonly Chain[] {
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
