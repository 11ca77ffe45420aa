import { describe, expect, test } from 'vitest'
import { packetOf } from '../netfilter/packet-notation.ts'
import { testHost } from '../netfilter/test-host.ts'
import { phrase } from '../phrase.ts'
import { candidateOf, rulesEvidence } from './rule-evidence.ts'

/** The rules of OUTPUT as one packet meets them; every draw gives the same. */
function tried(rules: readonly string[], packet = 'tcp 10.0.0.1:40000 > 10.96.0.80:80', drawn = 2 ** 30) {
  const text = ['*filter', ':OUTPUT ACCEPT [0:0]', ':SVC - [0:0]', ...rules, 'COMMIT', ''].join('\n')
  return testHost(text, () => drawn)
    .send(packetOf(packet), ['OUTPUT'])
    .passes.flatMap((pass) => pass.tried())
}

describe('a rule that did not match', () => {
  test.each([
    { rule: '-p udp -j ACCEPT', reason: 'protocol-differs', values: { actual: 'tcp', wanted: 'udp' } },
    {
      rule: '-d 10.96.0.81/32 -j ACCEPT',
      reason: 'destination-differs',
      values: { actual: '10.96.0.80', wanted: '10.96.0.81/32' },
    },
    {
      rule: '-s 10.1.0.0/16 -j ACCEPT',
      reason: 'source-outside',
      values: { actual: '10.0.0.1', wanted: '10.1.0.0/16' },
    },
    {
      rule: '! -s 10.0.0.0/16 -j ACCEPT',
      reason: 'source-inside',
      values: { actual: '10.0.0.1', wanted: '10.0.0.0/16' },
    },
    {
      rule: '-p tcp -m tcp --dport 81 -j ACCEPT',
      reason: 'port-differs',
      values: { actual: '80', wanted: '81' },
    },
    {
      rule: '-p tcp -m tcp --dport 90:99 -j ACCEPT',
      reason: 'port-differs',
      values: { actual: '80', wanted: '90:99' },
    },
    { rule: '-m mark --mark 0x4000/0x4000 -j ACCEPT', reason: 'mark-not-set', values: { actual: '0x0' } },
    {
      rule: '-m addrtype --dst-type LOCAL -j ACCEPT',
      reason: 'address-not-local',
      values: { wanted: 'LOCAL' },
    },
    {
      rule: '-m conntrack --ctstate INVALID -j ACCEPT',
      reason: 'state-differs',
      values: { actual: 'NEW', wanted: 'INVALID' },
    },
    {
      rule: '-m statistic --mode random --probability 0.20000000019 -j ACCEPT',
      reason: 'draw-lost',
      values: { drawn: '0.50', probability: '0.20' },
    },
  ])('$rule says $reason', ({ rule, reason, values }) => {
    const [candidate] = tried([`-A OUTPUT ${rule}`]).map(candidateOf)
    expect(candidate).toMatchObject({ verdict: 'lost', reason: { id: `reason.${reason}`, values } })
  })
})

describe('a rule that matched', () => {
  test.each([
    { rule: '-j SVC', reason: 'jumps' },
    { rule: '-j DROP', reason: 'applies' },
    { rule: '-m statistic --mode random --probability 0.60000000009 -j SVC', reason: 'draw-won' },
  ])('$rule says $reason', ({ rule, reason }) => {
    expect(tried([`-A OUTPUT ${rule}`]).map(candidateOf)[0]).toMatchObject({
      verdict: 'won',
      reason: { id: `reason.${reason}` },
    })
  })
  test('has its draw beside its probability, both of 1', () => {
    const rule = '-A OUTPUT -m statistic --mode random --probability 0.60000000009 -j SVC'
    const { draw } = tried([rule]).map(candidateOf)[0] ?? {}
    expect(draw?.drawn).toBe(0.5)
    expect(draw?.probability).toBeCloseTo(0.6)
  })
})

test.each([
  { rule: '-m statistic --mode random --probability 0.20000000019 -j SVC', name: 'p 0.20' },
  { rule: '-m comment --comment "default/nginx cluster IP" -j SVC', name: 'default/nginx cluster IP' },
  { rule: '-p tcp -j SVC', name: 'SVC' },
])('the rule $rule is called $name', ({ rule, name }) => {
  expect(tried([`-A OUTPUT ${rule}`]).map(candidateOf)[0]?.name).toBe(name)
})

describe('the evidence of many rules', () => {
  const many = (count: number) =>
    rulesEvidence(
      phrase('evidence.rule'),
      tried([...Array(count).fill('-A OUTPUT -p udp -j ACCEPT'), '-A OUTPUT -j DROP']),
    )

  test('shows up to 24 of them', () => {
    expect(many(23).candidates).toHaveLength(24)
  })
  test('folds the middle of more, and counts what it folds', () => {
    const { candidates } = many(99)
    expect(candidates).toHaveLength(25)
    expect(candidates[12]).toMatchObject({ id: 'folded', reason: { values: { count: 76 } } })
    expect(candidates.at(-1)?.verdict).toBe('won')
  })
  test('has the rules that were taken as its text, the target marked', () => {
    expect(many(2).texts).toEqual([{ text: '-A OUTPUT -j DROP', marks: ['-j DROP'] }])
  })
})
