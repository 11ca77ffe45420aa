/** What a pasted text is, told by the text itself, and what of it would not be evaluated: said before anything is changed. */
import type { Cluster } from './cluster/cluster.ts'
import type { PasteForm } from './cluster/paste-name.ts'
import type { Diagnostic } from './manifest/diagnostic.ts'
import { parseIpsetSave } from './netfilter/parse-ipset-save.ts'
import { parseIptablesSave } from './netfilter/parse-iptables-save.ts'
import { parseNft } from './netfilter/parse-nft.ts'
import { printMatch } from './netfilter/print-match.ts'
import type { IpSets } from './netfilter/ip-sets.ts'
import { pasteRules, savedBy } from './paste-rules.ts'
import { nodeIpv6Rules, nodeRules } from './trace/world.ts'

/** A node's rules. `unmodelled`: what a rule asks or does that is not evaluated, with its line; a packet that meets it ends as not known. */
export interface RulesSurvey {
  readonly kind: 'rules'
  readonly form: PasteForm
  /** The file that would hold them. */
  readonly file: string
  /** By name; of `ipset save` its sets. */
  readonly tables: readonly string[]
  readonly chains: number
  /** Of `ipset save` the sets' entries. */
  readonly rules: number
  readonly unmodelled: readonly UnmodelledPart[]
  readonly diagnostics: readonly Diagnostic[]
}

/** `line` from 1; 0 where the text does not stand there as it was read. `rules`: how many rules have it. */
export interface UnmodelledPart {
  readonly line: number
  readonly text: string
  readonly rules: number
}

/** Looks at rules for a node of the cluster, which stays as it is; undefined for a text that is no rules. */
export function surveyPaste(cluster: Cluster, node: string, text: string): RulesSurvey | undefined {
  const form = rulesFormOf(text)
  if (form === undefined) return undefined
  const file = `${node}.${form}`
  const pasted = pasteRules(cluster, file, text)
  const isThere = cluster.nodes.some(({ ref }) => ref.name === node)
  const rulesOf = form === 'ip6tables-save' ? nodeIpv6Rules : nodeRules
  const sets = isThere ? rulesOf(pasted.cluster, node).sets : {}
  return { kind: 'rules', form, file, diagnostics: pasted.diagnostics, ...partsOf(form, text, sets) }
}

/** `*nat` heads a table of iptables-save or ip6tables-save, `table ip NAME {` one of nft, `create NAME hash:ip` a set of ipset save. */
function rulesFormOf(text: string): PasteForm | undefined {
  if (/^\*(raw|mangle|nat|filter|security)\s*$/m.test(text)) return savedBy(text) ?? 'iptables-save'
  if (/^create\s+\S+\s+(bitmap|hash|list):/m.test(text)) return 'ipset-save'
  return /^\s*table\s+(ip|ip6|inet|arp|bridge|netdev)\s+\S+\s*\{/m.test(text) ? 'nft' : undefined
}

function partsOf(form: PasteForm, text: string, sets: IpSets): Parts {
  switch (form) {
    case 'iptables-save':
    case 'ip6tables-save':
      return partsOfSave(text, sets)
    case 'nft':
      return partsOfNft(text)
    case 'ipset-save':
      return partsOfSets(text)
  }
}

type Parts = Pick<RulesSurvey, 'tables' | 'chains' | 'rules' | 'unmodelled'>

function partsOfSave(text: string, sets: IpSets): Parts {
  const { tables } = parseIptablesSave(text).ruleset
  const chains = tables.flatMap((table) => table.chains)
  const rules = chains.flatMap((chain) => chain.rules)
  const unknown = rules.flatMap(({ matches, target }) => [
    ...matches.flatMap((match) => {
      if (match.kind === 'unknown') return [match.text]
      return match.kind === 'set' && !(match.name in sets) ? [printMatch(match)] : []
    }),
    ...(target?.kind === 'unknown' ? [target.text] : []),
  ])
  return {
    tables: tables.map(({ name }) => name),
    chains: chains.length,
    rules: rules.length,
    unmodelled: counted(unknown, text),
  }
}

function partsOfNft(text: string): Parts {
  const { tables } = parseNft(text)
  const chains = tables.flatMap((table) => table.chains)
  const rules = chains.flatMap((chain) => chain.rules)
  const unknown = rules
    .flatMap(({ statements }) => statements)
    .flatMap((statement) => (statement.kind === 'unknown' ? [statement.text] : []))
  return {
    tables: tables.map(({ family, name }) => `${family} ${name}`),
    chains: chains.length,
    rules: rules.length,
    unmodelled: counted(unknown, text),
  }
}

function partsOfSets(text: string): Parts {
  const { sets } = parseIpsetSave(text)
  const entries = Object.values(sets).reduce((sum, set) => sum + set.entries.length, 0)
  return { tables: Object.keys(sets), chains: 0, rules: entries, unmodelled: [] }
}

/** Each once, in the order of the text. */
function counted(unknown: readonly string[], text: string): readonly UnmodelledPart[] {
  const rules = new Map<string, number>()
  for (const part of unknown) rules.set(part, (rules.get(part) ?? 0) + 1)
  const lines = text.split('\n')
  return [...rules].map(([part, count]) => ({
    line: lines.findIndex((line) => line.includes(part)) + 1,
    text: part,
    rules: count,
  }))
}
