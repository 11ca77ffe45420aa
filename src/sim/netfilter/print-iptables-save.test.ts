import { expect, test } from 'vitest'
import { printIptablesSave, printRule } from './print-iptables-save.ts'
import type { Rule } from './ruleset.ts'

/** A jump to a Service's chain, or none: text of a long chain is kept in stretches that end behind some jumps. */
function ruleAbout(number: number): Rule {
  const hash = `P${'ABCDEFGH'.charAt(number % 8)}${number}`
  const matches = [{ kind: 'comment', text: `rule ${number}` }] as const
  return number % 3 === 0 ? { matches } : { matches, target: { kind: 'jump', chain: `KUBE-SVC-${hash}` } }
}

function linesOf(chain: string, rules: readonly Rule[]): readonly string[] {
  const text = printIptablesSave(
    { tables: [{ name: 'nat', chains: [{ name: chain, rules }] }] },
    { version: 'x', printedAt: 'now' },
  )
  return text.split('\n').filter((line) => line.startsWith('-A'))
}

test('a long chain is printed rule by rule, whatever of it has been printed before', () => {
  let rules = Array.from({ length: 300 }, (_, number) => ruleAbout(number))
  for (const at of [0, 0, 7, 8, 150, 151, 299, 250]) {
    rules = rules.toSpliced(at, at % 2, ruleAbout(1000 + at))
    for (const chain of ['KUBE-SERVICES', 'KUBE-NODEPORTS'])
      expect(linesOf(chain, rules)).toEqual(rules.map((rule) => printRule(chain, rule)))
  }
})
