/** `iptables-save`, `ipvsadm -Ln` and `nft list ruleset` texts as lines that know which rule or server they are. */
import type { Neighbour, Owners } from '../sim/kube-proxy/rule-owner.ts'
import type { RulesText } from '../sim/node-text.ts'

/**
 * One line; `ruleId` where it is a rule: table, chain and number from 1, as `iptables -L --line-numbers` counts. Of IPVS:
 * `ipvs tcp 10.96.0.80:80` for a virtual server, and its address behind that for a real server. Of nft:
 * `nft services 1`, chain and number from 1.
 */
export interface RuleLine {
  readonly text: string
  readonly ruleId?: string
  /** Whose the rule or chain is, where it is not kube-proxy's. */
  readonly owner?: Neighbour
}

/** The lines of a dump, in order. Counters before a rule (`[12:720] -A …`) are allowed; anything else is a line without a rule. */
export function ruleLines(text: string, owners: Owners = {}): readonly RuleLine[] {
  return text.startsWith('table ') ? nftLines(text) : saveLines(text, owners)
}

/** Rules of nft stand two tabs deep in a chain, behind what is said of the chain itself. */
function nftLines(text: string): readonly RuleLine[] {
  let [chain, number]: [string | undefined, number] = [undefined, 0]
  return linesOf(text).map((line) => {
    const opened = /^\t(chain|set|map) (\S+) \{$/.exec(line)
    if (opened !== null) [chain, number] = [opened[1] === 'chain' ? opened[2] : undefined, 0]
    const isRule = chain !== undefined && /^\t\t(?!comment "|type \w+ hook )\S/.test(line)
    if (!isRule) return { text: line }
    number += 1
    return { text: line, ruleId: `nft ${chain} ${number}` }
  })
}

/** The rule in whose line something stands: one of the verdicts among which nft draws stands in the line of its rule. */
export function lineOf(ruleId: string): string {
  return ruleId.startsWith('nft ') ? ruleId.replace(/\/\d+$/, '') : ruleId
}

function saveLines(text: string, owners: Owners): readonly RuleLine[] {
  const counts = new Map<string, number>()
  let table = ''
  let server = ''
  return linesOf(text).map((line) => {
    if (line.startsWith('*')) table = line.slice(1).trim()
    const [, protocol, address] = /^(TCP|UDP|SCTP) +(\S+)/.exec(line) ?? []
    if (protocol !== undefined) {
      server = `ipvs ${protocol.toLowerCase()} ${address}`
      return { text: line, ruleId: server }
    }
    const real = /^ {2}-> (\S+)/.exec(line)?.[1]
    if (real !== undefined && server !== '') return { text: line, ruleId: `${server} ${real}` }
    const chain = /^(?:\[\d+:\d+\] )?-A (\S+)/.exec(line)?.[1]
    if (chain === undefined)
      return { text: line, ...ownerOf(owners[`${table} ${/^:(\S+)/.exec(line)?.[1]}`]) }
    const place = `${table} ${chain}`
    const number = (counts.get(place) ?? 0) + 1
    counts.set(place, number)
    const ruleId = `${place} ${number}`
    return { text: line, ruleId, ...ownerOf(owners[ruleId] ?? owners[place]) }
  })
}

function ownerOf(owner: Neighbour | undefined): Pick<RuleLine, 'owner'> {
  return owner === undefined ? {} : { owner }
}

/** The text in which the rule or server stands. */
export function textOfRule(ruleId: string): RulesText {
  if (ruleId.startsWith('nft ')) return 'nft'
  return ruleId.startsWith('ipvs ') ? 'ipvsadm' : 'iptables-save'
}

/** A text's lines; the final newline makes no line of its own. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}
