/**
 * The text of iptables-save, or what iptables-restore is given, as a rule set: words, then options, then meaning.
 * Models iptables/iptables-restore.c. Counters are read over. A rule never gets lost: what has no meaning here is kept as text.
 */
import { ipVersion, type IpVersion } from '../network/address.ts'
import { readBase } from './read-base.ts'
import { knowsOption, readMatch } from './read-match.ts'
import { readTarget } from './read-target.ts'
import { readOptions, type RuleOptions } from './rule-options.ts'
import type { Chain, Rule, Ruleset, TableName } from './ruleset.ts'
import { splitWords } from './words.ts'

/** A line that could not be read; it is left out. `line` is from 1, `detail` is English. */
export interface SaveProblem {
  readonly line: number
  readonly text: string
  readonly detail: string
}

/**
 * Reads tables, chains and rules in the order given. Parsing never stops at the first problem.
 * @param version whose defaults a short text means (`-j REJECT`); what iptables-save prints leaves none out
 */
export function parseIptablesSave(
  text: string,
  version: IpVersion = 4,
): { readonly ruleset: Ruleset; readonly problems: readonly SaveProblem[] } {
  const reading: Reading = { tables: new Map(), problems: [] }
  let table: TableDraft | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const line = { number: index + 1, text: raw.trim() }
    if (line.text === '' || line.text.startsWith('#')) continue
    if (line.text.startsWith('*')) table = openTable(reading, line)
    else if (line.text === 'COMMIT') table = undefined
    else if (table) readLine(reading, table, line)
    else complain(reading, line, 'stands in no table')
  }
  const tables = [...reading.tables].map(([name, draft]) => ({
    name,
    chains: finishTable(reading, draft, version),
  }))
  return { ruleset: { tables }, problems: reading.problems.toSorted((a, b) => a.line - b.line) }
}

interface Line {
  readonly number: number
  readonly text: string
}

interface TableDraft {
  readonly chains: Map<string, ChainDraft>
}

/** Rules wait for their meaning until all chains of the table are known: `-j NAME` is a chain or an extension. */
interface ChainDraft {
  readonly policy?: 'ACCEPT' | 'DROP'
  readonly rules: { readonly line: Line; readonly options: RuleOptions }[]
}

interface Reading {
  readonly tables: Map<TableName, TableDraft>
  readonly problems: SaveProblem[]
}

function complain(reading: Reading, line: Line, detail: string): undefined {
  reading.problems.push({ line: line.number, text: line.text, detail })
}

const tableNames: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter', 'security']

function openTable(reading: Reading, line: Line): TableDraft | undefined {
  const name = tableNames.find((known) => `*${known}` === line.text)
  if (!name) return complain(reading, line, 'no such table')
  const draft = reading.tables.get(name) ?? { chains: new Map<string, ChainDraft>() }
  reading.tables.set(name, draft)
  return draft
}

function readLine(reading: Reading, table: TableDraft, line: Line): void {
  const declared = /^:(\S+)\s+(ACCEPT|DROP|-)(\s+\[\d+:\d+\])?$/.exec(line.text)
  const [, name, policy] = declared ?? []
  if (name !== undefined) {
    const isPolicy = policy === 'ACCEPT' || policy === 'DROP'
    table.chains.set(name, { ...(isPolicy && { policy }), rules: [] })
    return
  }
  const deleted = /^-X\s+(\S+)$/.exec(line.text)?.[1]
  if (deleted !== undefined) table.chains.delete(deleted)
  else readRuleLine(reading, table, line)
}

function readRuleLine(reading: Reading, table: TableDraft, line: Line): void {
  const [, chainName, rest = ''] = /^(?:\[\d+:\d+\]\s+)?-A\s+(\S+)\s*(.*)$/.exec(line.text) ?? []
  if (chainName === undefined) return complain(reading, line, 'neither a chain nor a rule')
  const chain = table.chains.get(chainName)
  if (!chain) return complain(reading, line, `no chain ${chainName} was declared before`)
  const words = splitWords(rest)
  if (!words) return complain(reading, line, 'a quote is not closed')
  const options = readOptions(words, knowsOption)
  if (!options) return complain(reading, line, 'a word belongs to no option')
  chain.rules.push({ line, options })
}

function finishTable(reading: Reading, table: TableDraft, version: IpVersion): readonly Chain[] {
  const names = new Set(table.chains.keys())
  return [...table.chains].map(([name, { policy, rules }]) => ({
    name,
    ...(policy && { policy }),
    rules: rules.flatMap(({ line, options }) => {
      const rule = finishRule(options, names, version)
      if (!rule) complain(reading, line, 'an address, interface or protocol cannot be read')
      return rule ? [rule] : []
    }),
  }))
}

function finishRule(
  options: RuleOptions,
  chains: ReadonlySet<string>,
  standard: IpVersion,
): Rule | undefined {
  const base = readBase(options.base)
  if (!base) return undefined
  const [range] = base.flatMap((match) => ('cidr' in match ? [match.cidr] : []))
  const version = range === undefined ? standard : ipVersion(range)
  const matches = [...base, ...options.matches.map((extension) => readMatch(extension, version))]
  return options.target ? { matches, target: readTarget(options.target, chains, version) } : { matches }
}
