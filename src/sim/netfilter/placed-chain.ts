/**
 * A table as walks go through it: what follows from a chain's or a rule's place alone, worked out when a walk first comes by and kept as
 * long as the table. Another table, be it of the same chains, has its own.
 */
import { chainNamed } from './chain-order.ts'
import { printTarget } from './print-target.ts'
import { ruleId, type Chain, type Rule, type RuleId, type Table, type Target } from './ruleset.ts'
import type { TableVerdict } from './table-verdict.ts'

/** A chain in its table. */
export interface PlacedChain {
  readonly table: Table
  readonly chain: Chain
  /** The rule at a place, from 0; undefined behind the last. */
  readonly ruleAt: (place: number) => PlacedRule | undefined
}

/** A rule in its chain. */
export interface PlacedRule {
  readonly within: PlacedChain
  readonly rule: Rule
  readonly id: RuleId
  /** From 1. */
  readonly number: number
  /** Whether it leaves something behind for packets to come, taken or not. */
  readonly remembers: boolean
  /** What comes when it is taken. */
  readonly step: () => Step
}

/** How a walk goes on. */
export type Step =
  | { readonly kind: 'next' | 'return' | 'untrack' }
  | { readonly kind: 'connection-mark'; readonly target: Extract<Target, { kind: 'CONNMARK' }> }
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number }
  | { readonly kind: 'enter'; readonly chain: PlacedChain; readonly isGoto: boolean }
  | { readonly kind: 'decide'; readonly verdict: TableVerdict }

/** The chain of a table with this name. */
export function placedChain(table: Table, name: string): PlacedChain | undefined {
  let met = chainsMet.get(table)
  if (met === undefined) chainsMet.set(table, (met = new Map()))
  const known = met.get(name)
  if (known !== undefined) return known
  const chain = chainNamed(table, name)
  if (chain === undefined) return undefined
  const placed = placeChain(table, chain)
  met.set(name, placed)
  return placed
}

const chainsMet = new WeakMap<Table, Map<string, PlacedChain>>()

function placeChain(table: Table, chain: Chain): PlacedChain {
  const met = Array.from(chain.rules, (): PlacedRule | undefined => undefined)
  const placed: PlacedChain = {
    table,
    chain,
    ruleAt: (place) => {
      const rule = chain.rules[place]
      return rule && (met[place] ??= placeRule(placed, rule, place + 1))
    },
  }
  return placed
}

function placeRule(within: PlacedChain, rule: Rule, number: number): PlacedRule {
  const id = ruleId(within.table.name, within.chain.name, number)
  let step: Step | undefined
  return {
    within,
    rule,
    id,
    number,
    remembers: rule.matches.some(({ kind }) => kind === 'recent' || kind === 'statistic-nth'),
    step: () => (step ??= stepOf(within.table, rule, id)),
  }
}

function stepOf(table: Table, { target }: Rule, by: RuleId): Step {
  switch (target?.kind) {
    case undefined:
    case 'passing':
      return { kind: 'next' }
    case 'CONNMARK':
      return { kind: 'connection-mark', target }
    case 'NOTRACK':
      return { kind: 'untrack' }
    case 'jump':
    case 'goto': {
      const chain = placedChain(table, target.chain)
      if (!chain) return decide({ kind: 'unknown', by, text: printTarget(target) })
      return { kind: 'enter', chain, isGoto: target.kind === 'goto' }
    }
    case 'ACCEPT':
      return decide({ kind: 'accept', by })
    case 'DROP':
      return decide({ kind: 'drop', by })
    case 'RETURN':
      return { kind: 'return' }
    case 'REJECT':
      return decide({ kind: 'reject', by, with: target.with })
    case 'MARK':
      return { kind: 'mark', value: target.value, mask: target.mask }
    case 'DNAT':
    case 'SNAT':
    case 'MASQUERADE':
    case 'REDIRECT':
      return decide({ kind: 'translate', by, target })
    case 'unknown':
      return decide({ kind: 'unknown', by, text: target.text })
  }
}

function decide(verdict: TableVerdict): Step {
  return { kind: 'decide', verdict }
}
