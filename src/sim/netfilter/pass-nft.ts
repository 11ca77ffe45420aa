/**
 * One packet through one base chain of nftables. Models Linux net/netfilter/nf_tables_core.c, nft_do_chain: statements of a rule in
 * order, jumps, gotos, returns, to a verdict or to the chain's policy, which is accept.
 */
import type { Draw } from '../draw.ts'
import { drawBelow } from '../draw.ts'
import { cidrContains, isLoopback, parseCidr, type IpAddress } from '../network/address.ts'
import { hasPorts, type Packet } from '../network/packet.ts'
import type { Moment } from './moment.ts'
import type {
  NftChain,
  NftElement,
  NftField,
  NftRule,
  NftSet,
  NftStatement,
  NftTable,
  NftVerdict,
} from './nft-ruleset.ts'
import type { RuleId } from './ruleset.ts'
import type { NftDynamic, TriedNftRule } from './tried-nft.ts'
import type { NatTarget } from './table-verdict.ts'

export type NftOutcome =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop' | 'reject'; readonly by: RuleId }
  | { readonly kind: 'translate'; readonly by: RuleId; readonly target: NatTarget }
  /** A statement, or a chain or set that is not there: beyond us. */
  | { readonly kind: 'unknown'; readonly by: RuleId; readonly text: string }

/** What the chain did. `packet` may have another mark. */
export interface NftPass {
  readonly outcome: NftOutcome
  readonly packet: Packet
  readonly tried: readonly TriedNftRule[]
  readonly dynamic: NftDynamic
}

/** The id of a rule by its place: `nft CHAIN NUMBER`. */
export function nftRuleId(chain: string, number: number): RuleId {
  return `nft ${chain} ${number}`
}

/** Whether it is the id of a rule of nftables. */
export function isNftRule(id: RuleId): boolean {
  return id.startsWith('nft ')
}

/** The id of one row of a rule's `numgen`: its number from 0. */
export function nftRowId(rule: RuleId, row: number): RuleId {
  return `${rule}/${row}`
}

/** Sends a packet through a base chain. */
export function passNftChain(
  table: NftTable,
  base: NftChain,
  packet: Packet,
  draw: Draw,
  moment: Moment,
  dynamic: NftDynamic,
): NftPass {
  const { chains, sets } = indexOf(table)
  const type = base.base?.type ?? 'filter'
  const tried: TriedNftRule[] = []
  const stack: { readonly chain: NftChain; next: number }[] = [{ chain: base, next: 0 }]
  let [passing, filled, jumps] = [packet, dynamic, 0]
  const end = (outcome: NftOutcome): NftPass => ({ outcome, packet: passing, tried, dynamic: filled })

  while (true) {
    const frame = stack.at(-1)
    if (frame === undefined) return end({ kind: 'accept' })
    const rule = frame.chain.rules[frame.next++]
    if (rule === undefined) {
      stack.pop()
      continue
    }
    const ruleId = nftRuleId(frame.chain.name, frame.next)
    const trial = tryNftRule(rule, { packet: passing, moment, sets, dynamic: filled, draw })
    passing = trial.packet
    filled = trial.dynamic
    const { chain, next: number } = { chain: frame.chain.name, next: frame.next }
    tried.push({ ruleId, type, chain, number, rule, depth: stack.length - 1, outcome: trial.outcome })
    const { decision } = trial
    switch (decision?.kind) {
      case undefined:
        break
      case 'accept':
        return end({ kind: 'accept' })
      case 'drop':
      case 'reject':
        return end({ kind: decision.kind, by: ruleId })
      case 'translate':
        return end({ kind: 'translate', by: ruleId, target: decision.target })
      case 'unknown':
        return end({ kind: 'unknown', by: ruleId, text: decision.text })
      case 'return':
        stack.pop()
        break
      case 'jump':
      case 'goto': {
        const to = chains.get(decision.chain)
        if (to === undefined || ++jumps > MAX_JUMPS)
          return end({ kind: 'unknown', by: ruleId, text: `${decision.kind} ${decision.chain}` })
        if (decision.kind === 'goto') stack.pop()
        stack.push({ chain: to, next: 0 })
      }
    }
  }
}

/** A table with a loop would never have loaded (nf_tables_api.c); a pasted one ends here instead of never. */
const MAX_JUMPS = 10_000

/** The base chains of a table at a hook and priority, in the order of their making. */
export function baseChains(
  table: NftTable,
  hook: string,
  type: 'filter' | 'nat',
  isAt: (priority: number) => boolean,
): readonly NftChain[] {
  return table.chains.filter(({ base }) => base?.type === type && base.hook === hook && isAt(base.priority))
}

type Decision =
  | NftVerdict
  | { readonly kind: 'unknown'; readonly text: string }
  | { readonly kind: 'reject' }
  | { readonly kind: 'translate'; readonly target: NatTarget }

interface Trial {
  readonly packet: Packet
  readonly dynamic: NftDynamic
  readonly outcome: TriedNftRule['outcome']
  readonly decision?: Decision
}

interface Trying {
  readonly packet: Packet
  readonly moment: Moment
  readonly sets: ReadonlyMap<string, IndexedSet>
  readonly dynamic: NftDynamic
  readonly draw: Draw
}

function tryNftRule(rule: NftRule, trying: Trying): Trial {
  let { packet, dynamic } = trying
  let more: { readonly found?: NftElement; readonly drawn?: number } = {}
  for (const statement of rule.statements) {
    const now = { ...trying, packet, dynamic }
    const beyond = beyondUs(statement, trying.sets)
    if (beyond !== undefined)
      return {
        packet,
        dynamic,
        outcome: { kind: 'not-modelled', text: beyond },
        decision: { kind: 'unknown', text: beyond },
      }
    const failed = failedMatch(statement, now)
    if (failed !== undefined)
      return { packet, dynamic, outcome: { kind: 'skipped', because: statement, actual: failed } }
    switch (statement.kind) {
      case 'match':
      case 'in-set':
      case 'mark-unset':
      case 'counter':
      case 'unknown':
        break
      case 'set-mark':
        packet = { ...packet, mark: changedMark(packet.mark, statement) }
        break
      case 'update':
        dynamic = refreshed(statement, now)
        break
      case 'look-up': {
        const found = foundElement(statement, now)
        more = { ...(found && { found }) }
        if (found?.verdict)
          return { packet, dynamic, outcome: { kind: 'taken', ...more }, decision: found.verdict }
        break
      }
      case 'numgen': {
        const drawn = drawBelow(trying.draw, statement.verdicts.length)
        const verdict = statement.verdicts[drawn]
        return { packet, dynamic, outcome: { kind: 'taken', drawn }, ...(verdict && { decision: verdict }) }
      }
      case 'verdict':
        return { packet, dynamic, outcome: { kind: 'taken' }, decision: statement.verdict }
      case 'reject':
        return { packet, dynamic, outcome: { kind: 'taken' }, decision: { kind: 'reject' } }
      case 'dnat': {
        const { address, port } = statement
        const target = { kind: 'DNAT', address, port } as const
        return { packet, dynamic, outcome: { kind: 'taken' }, decision: { kind: 'translate', target } }
      }
      case 'masquerade': {
        const target = { kind: 'MASQUERADE', randomFully: statement.fullyRandom } as const
        return { packet, dynamic, outcome: { kind: 'taken' }, decision: { kind: 'translate', target } }
      }
    }
  }
  return { packet, dynamic, outcome: { kind: 'taken', ...more } }
}

/** The text of a statement that we cannot carry out. */
function beyondUs(statement: NftStatement, sets: Trying['sets']): string | undefined {
  switch (statement.kind) {
    case 'unknown':
      return statement.text
    case 'look-up':
      return sets.has(statement.map) ? undefined : `vmap @${statement.map}`
    case 'in-set':
    case 'update':
      return sets.has(statement.set) ? undefined : `@${statement.set}`
    case 'match':
    case 'mark-unset':
    case 'numgen':
    case 'set-mark':
    case 'verdict':
    case 'reject':
    case 'dnat':
    case 'masquerade':
    case 'counter':
      return undefined
  }
}

/** What the packet had instead, where a statement does not hold; a key that a map lacks fails too (nft_lookup.c, NFT_BREAK). */
function failedMatch(statement: NftStatement, trying: Trying): string | undefined {
  switch (statement.kind) {
    case 'match': {
      const actual = fieldValues(statement.field, trying)
      if (actual.length === 0) return trying.packet.protocol
      const holds = actual.some((each) => statement.values.some((value) => isWithin(value, each)))
      return holds !== (statement.negated ?? false) ? undefined : actual.join()
    }
    case 'in-set': {
      const [actual = ''] = fieldValues(statement.field, trying)
      return isInSet(statement.set, actual, trying) ? undefined : actual
    }
    case 'mark-unset':
      return (trying.packet.mark & statement.mask) === 0 ? undefined : `0x${trying.packet.mark.toString(16)}`
    case 'look-up':
      return foundElement(statement, trying) === undefined ? keyOf(statement, trying).join(' . ') : undefined
    case 'numgen':
    case 'set-mark':
    case 'update':
    case 'verdict':
    case 'reject':
    case 'dnat':
    case 'masquerade':
    case 'counter':
    case 'unknown':
      return undefined
  }
}

/** A packet may be several things at once: NEW, and DNATed; an address is local or it is not. None where it has no such field, which ends the rule. */
function fieldValues(field: NftField, { packet, moment }: Trying): readonly string[] {
  switch (field) {
    case 'ip saddr':
    case 'ip6 saddr':
      return [packet.src]
    case 'ip daddr':
    case 'ip6 daddr':
      return [packet.dst]
    case 'meta l4proto':
      return [packet.protocol]
    case 'th dport':
      // An echo request has its type and code where others have ports; no element has such a protocol.
      return [hasPorts(packet) ? `${packet.dstPort}` : '']
    case 'tcp dport':
    case 'udp dport':
      return hasPorts(packet) && field.startsWith(packet.protocol) ? [`${packet.dstPort}`] : []
    case 'ct state':
      return moment.ctStates.map((state) => state.toLowerCase())
    case 'fib saddr type':
      return [addressType(packet.src, moment)]
    case 'fib daddr type':
      return [addressType(packet.dst, moment)]
    case 'iifname':
      return [moment.inInterface ?? '']
  }
}

function addressType(address: IpAddress, moment: Moment): string {
  return isLoopback(address) || moment.isLocal(address) ? 'local' : 'unicast'
}

function isWithin(value: string, actual: string): boolean {
  if (value === actual) return true
  if (value.endsWith('*')) return actual.startsWith(value.slice(0, -1))
  const range = value.includes('/') ? parseCidr(value) : undefined
  return range !== undefined && cidrContains(range, actual as IpAddress)
}

function keyOf(statement: Extract<NftStatement, { kind: 'look-up' }>, trying: Trying): readonly string[] {
  return statement.key.map((field) => fieldValues(field, trying)[0] ?? '')
}

function foundElement(
  statement: Extract<NftStatement, { kind: 'look-up' }>,
  trying: Trying,
): NftElement | undefined {
  return trying.sets.get(statement.map)?.elements.get(keyOf(statement, trying).join(' . '))
}

function isInSet(name: string, value: string, { sets, dynamic, moment }: Trying): boolean {
  const set = sets.get(name)
  if (set?.elements.has(value) === true) return true
  const ends = dynamic[name]?.[value]
  return ends !== undefined && ends > moment.now
}

/** Puts the packet's field into the set, or renews it there. Elements whose time is over go with it. */
function refreshed(statement: Extract<NftStatement, { kind: 'update' }>, trying: Trying): NftDynamic {
  const { sets, dynamic, moment } = trying
  const [value = ''] = fieldValues(statement.field, trying)
  const seconds = sets.get(statement.set)?.set.timeoutSeconds ?? 0
  const alive = Object.entries(dynamic[statement.set] ?? {}).filter(([, ends]) => ends > moment.now)
  return {
    ...dynamic,
    [statement.set]: { ...Object.fromEntries(alive), [value]: moment.now + 1000 * seconds },
  }
}

function changedMark(
  mark: number,
  { operation, value }: Extract<NftStatement, { kind: 'set-mark' }>,
): number {
  return (operation === 'or' ? mark | value : mark ^ value) >>> 0
}

interface IndexedSet {
  readonly set: NftSet
  readonly elements: ReadonlyMap<string, NftElement>
}

interface TableIndex {
  readonly chains: ReadonlyMap<string, NftChain>
  readonly sets: ReadonlyMap<string, IndexedSet>
}

/** Chains and elements by name and key, once for each table: a look-up costs the same in a set of any size. */
const indexes = new WeakMap<NftTable, TableIndex>()

function indexOf(table: NftTable): TableIndex {
  const known = indexes.get(table)
  if (known !== undefined) return known
  const index: TableIndex = {
    chains: new Map(table.chains.map((chain) => [chain.name, chain])),
    sets: new Map(
      table.sets.map((set) => [
        set.name,
        { set, elements: new Map(set.elements.map((element) => [element.key.join(' . '), element])) },
      ]),
    ),
  }
  indexes.set(table, index)
  return index
}
