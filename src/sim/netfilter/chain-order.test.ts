import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byChainName, chainNamed, placedChain, withChains } from './chain-order.ts'
import { parseIptablesSave } from './parse-iptables-save.ts'
import { ruleId, type Chain, type Table } from './ruleset.ts'

const { ruleset } = parseIptablesSave('*nat\n:OUTPUT ACCEPT [0:0]\n:B - [0:0]\n-A B -p tcp\n-A B -p udp\n')
const [nat] = ruleset.tables
const chain = nat && chainNamed(nat, 'B')

describe('a chain in its table', () => {
  test('gives its rules the ids of their places, in whatever order they are asked for', () => {
    const placed = nat && placedChain(nat, 'B')
    expect([2, 1, 2].map((number) => placed?.idOf(number))).toEqual(['nat B 2', 'nat B 1', 'nat B 2'])
    expect(placed?.idOf(2)).toBe(ruleId('nat', 'B', 2))
  })

  test('gives other ids than in another table', () => {
    const filter: Table = { name: 'filter', chains: chain ? [chain] : [] }
    expect(placedChain(filter, 'B')).toMatchObject({ chain, table: 'filter' })
    expect(placedChain(filter, 'B')?.idOf(1)).toBe('filter B 1')
  })

  test('is not there under a name that the table lacks', () => {
    expect(nat && placedChain(nat, 'C')).toBeUndefined()
  })
})

describe('chains in order, changed', () => {
  const chains = (names: readonly string[]) => names.map((name): Chain => ({ name, rules: [] }))
  const names = fc.uniqueArray(
    fc.constantFrom<string>('INPUT', 'OUTPUT', 'A', 'B', 'KUBE-C', 'KUBE-D', 'KUBE-E'),
  )

  test('have the new ones at their places, none that went, and of two with one name the new one', () => {
    fc.assert(
      fc.property(names, names, names, (there, come, go) => {
        const [before, more] = [chains(there).toSorted(byChainName), chains(come)]
        const gone = before.filter(({ name }) => go.includes(name))
        const after = withChains(before, more, gone)
        const stay = before.filter(({ name }) => !go.includes(name) && !come.includes(name))
        expect(after).toEqual([...stay, ...more].toSorted(byChainName))
        expect(after.filter((chain) => more.includes(chain))).toHaveLength(more.length)
      }),
      { seed: 3 },
    )
  })
})
