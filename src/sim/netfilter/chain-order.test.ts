import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byChainName, withChains } from './chain-order.ts'
import type { Chain } from './ruleset.ts'

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
