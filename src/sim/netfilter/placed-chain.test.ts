import { describe, expect, test } from 'vitest'
import { parseIptablesSave } from './parse-iptables-save.ts'
import { placedChain } from './placed-chain.ts'
import type { Table } from './ruleset.ts'

const { ruleset } = parseIptablesSave(
  '*nat\n:OUTPUT ACCEPT [0:0]\n:B - [0:0]\n:C - [0:0]\n-A B -p tcp -j C\n-A B -p udp -j ACCEPT\n',
)
const [nat] = ruleset.tables

describe('a chain in its table', () => {
  const placed = nat && placedChain(nat, 'B')

  test('gives its rules the ids of their places, in whatever order they are asked for', () => {
    expect([1, 0, 1, 2].map((place) => placed?.ruleAt(place)?.id)).toEqual([
      'nat B 2',
      'nat B 1',
      'nat B 2',
      undefined,
    ])
  })

  test('says what comes after a rule is taken', () => {
    expect(placed?.ruleAt(0)?.step()).toEqual({
      kind: 'enter',
      chain: nat && placedChain(nat, 'C'),
      isGoto: false,
    })
    expect(placed?.ruleAt(1)?.step()).toEqual({ kind: 'decide', verdict: { kind: 'accept', by: 'nat B 2' } })
  })

  test('has nothing of what it has in another table', () => {
    const filter: Table = { name: 'filter', chains: placed ? [placed.chain] : [] }
    const elsewhere = placedChain(filter, 'B')
    expect(elsewhere?.chain).toBe(placed?.chain)
    expect(elsewhere?.ruleAt(0)?.step()).toEqual({
      kind: 'decide',
      verdict: { kind: 'unknown', by: 'filter B 1', text: '-j C' },
    })
  })

  test('is not there under a name that the table lacks', () => {
    expect(nat && placedChain(nat, 'D')).toBeUndefined()
  })
})
