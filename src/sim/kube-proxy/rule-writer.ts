/** Gathers rules chain by chain, and remembers which objects stand behind each. */
import type { Origin } from '../cluster/object-ref.ts'
import {
  ruleId,
  type Chain,
  type Match,
  type RuleId,
  type Ruleset,
  type Rule,
  type TableName,
  type Target,
} from '../netfilter/ruleset.ts'
import type { Neighbour, Owners } from './rule-owner.ts'

/** Chain name, or the id of a rule in a chain that many Services share → the fields behind it. */
export type Origins = Readonly<Record<string, readonly Origin[]>>

/** Writes into a rule set that is not finished yet. What it writes is kube-proxy's, unless {@link RuleWriter.as} says otherwise. */
export interface RuleWriter {
  /** A chain that exists even without rules. A policy makes it a built-in one. */
  readonly declare: (table: TableName, chain: string, policy?: 'ACCEPT') => void
  /** A rule at the end of a chain, which is declared thereby. @returns its id */
  readonly append: (
    table: TableName,
    chain: string,
    matches: readonly Match[],
    target?: Target,
    origins?: readonly Origin[],
  ) => RuleId
  /** What stands behind all rules of a chain. */
  readonly explain: (chain: string, origins: readonly Origin[]) => void
  /**
   * All that stands on another finished page: its rules behind those of the chains that are here already, its other chains as the
   * same objects. What stands behind single rules is kept of the former.
   */
  readonly include: (page: Written) => void
  /** The same page in another's hand: chains that it makes and rules that it appends are his. */
  readonly as: (owner: Neighbour) => RuleWriter
  /** What has been written. */
  readonly finish: () => Written
}

/** Rules, and what stands behind them. */
export interface Written {
  readonly ruleset: Ruleset
  readonly origins: Origins
  readonly owners: Owners
}

/** An empty page. */
export function openWriter(): RuleWriter {
  const tables = new Map<TableName, Map<string, Chain>>()
  const origins: Record<string, readonly Origin[]> = {}
  const owners: Record<string, Neighbour> = {}
  // Chains that this page made, and may write into; an included chain belongs to its own page.
  const drafts = new WeakMap<Chain, Rule[]>()
  const chainsOf = (table: TableName) => {
    const chains = tables.get(table) ?? new Map<string, Chain>()
    tables.set(table, chains)
    return chains
  }
  const draftOf = (table: TableName, name: string, policy?: 'ACCEPT') => {
    const chains = chainsOf(table)
    const before = chains.get(name)
    const open = before && drafts.get(before)
    if (open !== undefined) return open
    const rules = [...(before?.rules ?? [])]
    const chain = { name, ...(policy && { policy }), rules }
    chains.set(name, chain)
    drafts.set(chain, rules)
    return rules
  }
  const append: RuleWriter['append'] = (table, chain, matches, target, behind = []) => {
    const id = ruleId(table, chain, draftOf(table, chain).push(target ? { matches, target } : { matches }))
    if (behind.length > 0) origins[id] = behind
    return id
  }
  const include = (table: TableName, chain: Chain, page: Written) => {
    const { name, rules } = chain
    const chains = chainsOf(table)
    if (chains.has(name)) {
      for (const [index, { matches, target }] of rules.entries())
        append(table, name, matches, target, page.origins[ruleId(table, name, index + 1)])
      return
    }
    chains.set(name, chain)
    const behind = page.origins[name]
    if (behind !== undefined) origins[name] = behind
  }
  const writer: RuleWriter = {
    declare: (table, chain, policy) => void draftOf(table, chain, policy),
    append,
    explain: (chain, behind) => {
      origins[chain] = behind
    },
    include: (page) => {
      for (const { name, chains } of page.ruleset.tables)
        for (const chain of chains) include(name, chain, page)
    },
    finish: () => ({
      ruleset: { tables: [...tables].map(([name, chains]) => ({ name, chains: [...chains.values()] })) },
      origins,
      owners,
    }),
    as: (owner) => ({
      ...writer,
      declare: (table, chain, policy) => {
        if (policy === undefined && !chainsOf(table).has(chain)) owners[`${table} ${chain}`] = owner
        draftOf(table, chain, policy)
      },
      append: (...rule) => {
        const id = append(...rule)
        owners[id] = owner
        return id
      },
    }),
  }
  return writer
}
