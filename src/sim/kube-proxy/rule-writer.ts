/** Gathers rules chain by chain, and remembers which objects stand behind each. */
import type { Origin } from '../cluster/object-ref.ts'
import { tableInOrder, withChains } from '../netfilter/chain-order.ts'
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

/** Chain name, or the id of a rule in a chain that many Services share → the fields behind it; undefined where no manifest is. */
export type Origins = (id: string) => readonly Origin[] | undefined

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
  /** The same of finished rules, whose origins are known elsewhere. */
  readonly add: (table: TableName, chain: string, rules: readonly Rule[]) => void
  /** The same page in another's hand: chains that it makes and rules that it appends are his. */
  readonly as: (owner: Neighbour) => RuleWriter
  /** What has been written, and chains of nat that were written elsewhere: all in the order of iptables-save, as those have to be. */
  readonly finish: (ofNat?: readonly Chain[]) => Written
}

/** Rules, and what stands behind them. */
export interface Written {
  readonly ruleset: Ruleset
  readonly origins: Origins
  readonly owners: Owners
}

/** An empty page. */
export function openWriter(): RuleWriter {
  const tables = new Map<TableName, Map<string, ChainDraft>>()
  const origins = new Map<string, readonly Origin[]>()
  const owners: Record<string, Neighbour> = {}
  const draftOf = (table: TableName, name: string, policy?: 'ACCEPT') => {
    const chains = tables.get(table) ?? new Map<string, ChainDraft>()
    const known = chains.get(name)
    if (known !== undefined) return known.rules
    const chain = { name, ...(policy && { policy }), rules: [] }
    tables.set(table, chains.set(name, chain))
    return chain.rules
  }
  const writer: RuleWriter = {
    declare: (table, chain, policy) => void draftOf(table, chain, policy),
    append: (table, chain, matches, target, behind = []) => {
      const id = ruleId(table, chain, draftOf(table, chain).push(target ? { matches, target } : { matches }))
      if (behind.length > 0) origins.set(id, behind)
      return id
    },
    add: (table, chain, rules) => {
      const written = draftOf(table, chain)
      for (const rule of rules) written.push(rule)
    },
    finish: (ofNat = []) => ({
      ruleset: {
        tables: [...tables].map(([name, drafts]) =>
          tableInOrder(name, withChains(name === 'nat' ? ofNat : [], [...drafts.values()])),
        ),
      },
      origins: (id) => origins.get(id),
      owners,
    }),
    as: (owner) => ({
      ...writer,
      declare: (table, chain, policy) => {
        if (policy === undefined && tables.get(table)?.has(chain) !== true)
          owners[`${table} ${chain}`] = owner
        draftOf(table, chain, policy)
      },
      append: (table, chain, ...rule) => {
        if (tables.get(table)?.has(chain) !== true) owners[`${table} ${chain}`] = owner
        const id = writer.append(table, chain, ...rule)
        owners[id] = owner
        return id
      },
    }),
  }
  return writer
}

interface ChainDraft extends Chain {
  readonly rules: Rule[]
}
