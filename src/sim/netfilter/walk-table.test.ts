import { describe, expect, test } from 'vitest'
import { packetOf } from './packet-notation.ts'
import { parseIptablesSave } from './parse-iptables-save.ts'
import { triedIn, walkTable } from './walk-table.ts'

describe('a packet in a chain', () => {
  test('goes on behind the jump when the other chain ends or returns', () => {
    expect(tried('-j ONE', '-j DROP', { ONE: ['-p udp -j ACCEPT', '-j RETURN', '-j ACCEPT'] })).toEqual({
      verdict: 'drop',
      path: 'INPUT 1, ONE 1, ONE 2, INPUT 2',
    })
  })

  test('does not come back from a goto, but to the chain before', () => {
    const chains = { ONE: ['-g TWO', '-j ACCEPT'], TWO: ['-m comment --comment only-counts'] }
    expect(tried('-j ONE', '-j DROP', chains)).toEqual({
      verdict: 'drop',
      path: 'INPUT 1, ONE 1, TWO 1, INPUT 2',
    })
  })

  test('meets the policy at the end of the built-in chain, and after a RETURN there', () => {
    expect(tried('-p udp -j ACCEPT', '-j RETURN', {}, 'DROP')).toEqual({
      verdict: 'drop',
      path: 'INPUT 1, INPUT 2',
    })
  })

  test('keeps the mark that one rule sets for the rules after it', () => {
    const chains = { MARK_IT: ['-j MARK --set-xmark 0x4000/0x4000'] }
    expect(tried('-j MARK_IT', '-m mark --mark 0x4000/0x4000 -j DROP', chains).verdict).toBe('drop')
  })

  test('ends in an unknown verdict at a rule that is not modelled, with what stood there', () => {
    expect(tried('-m set --match-set a src -j DROP', '-j ACCEPT', {})).toEqual({
      verdict: 'unknown -m set --match-set a src',
      path: 'INPUT 1',
    })
  })

  test('ends in an unknown verdict where a chain that is jumped to is missing', () => {
    expect(tried('-j NOWHERE', '-j ACCEPT', {}).verdict).toBe('unknown -j NOWHERE')
  })

  test('does not go round for ever in rules that no kernel would load', () => {
    expect(tried('-j ONE', '-j ACCEPT', { ONE: ['-j TWO'], TWO: ['-g ONE'] }).verdict).toBe('unknown loop')
  })
})

test('a table without the hook’s chain accepts', () => {
  const { ruleset } = parseIptablesSave('*nat\n:PREROUTING ACCEPT [0:0]\n')
  const [table] = ruleset.tables
  expect(table && walkTable(table, 'INPUT', tcp, () => 0, moment)).toMatchObject({
    verdict: { kind: 'accept' },
    rulesTried: 0,
  })
})

const tcp = packetOf('tcp 10.0.0.1:40000 > 10.0.0.2:80')
const moment = { isLocal: () => false, ctStates: ['NEW' as const], recent: {}, now: 0 }

/** Two rules of INPUT and the rules of other chains → how it ended, and the rules tried. */
function tried(
  first: string,
  second: string,
  others: Readonly<Record<string, readonly string[]>>,
  policy = 'ACCEPT',
) {
  const all = { INPUT: [first, second], ...others }
  const text = [
    '*filter',
    ...Object.keys(all).map((name) => `:${name} ${name === 'INPUT' ? policy : '-'} [0:0]`),
    ...Object.entries(all).flatMap(([name, rules]) => rules.map((rule) => `-A ${name} ${rule}`)),
  ].join('\n')
  const [table] = parseIptablesSave(text).ruleset.tables
  if (!table) throw new Error(text)
  const walk = walkTable(table, 'INPUT', tcp, () => 0, moment)
  const { verdict } = walk
  return {
    verdict: verdict.kind === 'unknown' ? `unknown ${verdict.text}` : verdict.kind,
    path: triedIn(walk)
      .slice(0, 10)
      .map(({ chain, number }) => `${chain} ${number}`)
      .join(', '),
  }
}
