/** Gathers rules chain by chain, and remembers which objects stand behind each. */
import type { Origin } from '../cluster/object-ref.ts'
import {
  ruleId,
  type Match,
  type RuleId,
  type Ruleset,
  type Rule,
  type TableName,
  type Target,
} from '../netfilter/ruleset.ts'

/** Chain name, or the id of a rule in a chain that many Services share → the fields behind it. */
export type Origins = Readonly<Record<string, readonly Origin[]>>

/** Writes into a rule set that is not finished yet. */
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
  /** What has been written. */
  readonly finish: () => { readonly ruleset: Ruleset; readonly origins: Origins }
}

/** An empty page. */
export function openWriter(): RuleWriter {
  const tables = new Map<TableName, Map<string, ChainDraft>>()
  const origins: Record<string, readonly Origin[]> = {}
  const chainOf = (table: TableName, name: string, policy?: 'ACCEPT') => {
    const chains = tables.get(table) ?? new Map<string, ChainDraft>()
    tables.set(table, chains)
    const chain = chains.get(name) ?? { name, ...(policy && { policy }), rules: [] }
    chains.set(name, chain)
    return chain
  }
  return {
    declare: (table, chain, policy) => void chainOf(table, chain, policy),
    append: (table, chain, matches, target, behind = []) => {
      const { rules } = chainOf(table, chain)
      const id = ruleId(table, chain, rules.push(target ? { matches, target } : { matches }))
      if (behind.length > 0) origins[id] = behind
      return id
    },
    explain: (chain, behind) => {
      origins[chain] = behind
    },
    finish: () => ({
      ruleset: { tables: [...tables].map(([name, chains]) => ({ name, chains: [...chains.values()] })) },
      origins,
    }),
  }
}

interface ChainDraft {
  readonly name: string
  readonly policy?: 'ACCEPT'
  readonly rules: Rule[]
}
