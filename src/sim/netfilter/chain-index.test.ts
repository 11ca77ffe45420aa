import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openStream } from '../draw.ts'
import type { TriedRule } from './evaluation.ts'
import { packetOf } from './packet-notation.ts'
import { parseIptablesSave } from './parse-iptables-save.ts'
import { follow, triedIn, walkTable } from './walk-table.ts'

const address = fc.constantFrom('10.96.0.1', '10.96.0.2', '10.96.0.3', '10.96.0.0/30', '10.0.0.0/8')
const port = fc.constantFrom('80', '81', '80:90', '443')
const not = fc.constantFrom('', '', '! ')

/** Matches as kube-proxy and others write them; some draw, count or remember, before the address or behind it. */
const match = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(not, address).map(([no, to]) => `${no}-d ${to}`) },
  { weight: 3, arbitrary: fc.tuple(not, port).map(([no, to]) => `-p tcp -m tcp ${no}--dport ${to}`) },
  { weight: 1, arbitrary: fc.constant('-p udp') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '-m statistic --mode random --probability 0.5',
      '-m statistic --mode nth --every 3 --packet 1',
      '-m recent --set --name SEEN --mask 255.255.255.255 --rsource',
      '-m recent --rcheck --name SEEN --mask 255.255.255.255 --rsource',
      '-m mark --mark 0x4000/0x4000',
      '-m conntrack --ctstate NEW',
      '-m comment --comment "a"',
      '-m owner --uid-owner 0',
    ),
  },
)
const target = fc.constantFrom(
  '-j NEXT',
  '-g NEXT',
  '-j RETURN',
  '-j ACCEPT',
  '-j MARK --set-xmark 0x4000/0x4000',
  '-j DNAT --to-destination 10.0.0.1:80',
  '',
  '',
)
// An address or interface stands in front, as iptables prints it; two of the same are no rule.
const rule = fc
  .tuple(
    fc.uniqueArray(match, { maxLength: 3, selector: (text) => /-[dp] |--mode \w+|-m \w+/.exec(text)?.[0] }),
    target,
  )
  .map(([matches, then]) => [...matches, then].filter((part) => part !== '').join(' '))
// Most rules of a large chain want one address.
const service = fc
  .integer({ min: 1, max: 250 })
  .map((last) => `-d 10.96.0.${last} -p tcp -m tcp --dport 80 -j NEXT`)
const chain = fc.array(fc.oneof({ weight: 12, arbitrary: service }, { weight: 1, arbitrary: rule }), {
  minLength: 20,
  maxLength: 60,
})
const packet = fc.constantFrom(
  'tcp 10.1.0.1:40000 > 10.96.0.1:80',
  'tcp 10.1.0.1:40000 > 10.96.0.2:81',
  'tcp 10.1.0.2:40000 > 10.97.0.1:80',
  'udp 10.1.0.1:40000 > 10.96.0.3:80',
  'icmp 10.1.0.1 > 10.96.0.1',
)

test('a packet that passes over rules comes where it comes when it tries them all, with the same draws, lists and counts', () => {
  const passedOver: number[] = []
  fc.assert(
    fc.property(
      fc.record({ INPUT: chain, ONE: chain, TWO: chain }),
      fc.array(packet, { minLength: 1, maxLength: 4 }),
      fc.integer(),
      (chains, packets, seed) => {
        // A rule set with a loop would not load.
        const next = { INPUT: 'ONE', ONE: 'TWO', TWO: 'RETURN' }
        const text = (['INPUT', 'ONE', 'TWO'] as const).flatMap((name) =>
          chains[name].map(
            (each) => `-A ${name} ${each.replace(/-[jg] NEXT/, (jump) => jumpTo(jump, next[name]))}`,
          ),
        )
        const { ruleset, problems } = parseIptablesSave(
          ['*nat', ':INPUT ACCEPT', ':ONE -', ':TWO -', ...text].join('\n'),
        )
        const [table] = ruleset.tables
        expect(problems).toEqual([])
        if (!table) throw new Error('no table')
        let [moment, counts] = [{ isLocal: () => false, ctStates: ['NEW'] as const, recent: {}, now: 0 }, {}]
        for (const [index, line] of packets.entries()) {
          const start = { table, hook: 'INPUT', packet: packetOf(line), moment, counts } as const
          const tried: TriedRule[] = []
          const byIndex = follow(start, openStream(seed, `${index}`))
          const oneByOne = follow(start, openStream(seed, `${index}`), (each) => tried.push(each))
          expect(byIndex).toEqual(oneByOne)
          expect(tried).toHaveLength(byIndex.rulesTried)
          const taken = tried.filter(({ outcome }) => outcome.kind === 'taken').map(({ ruleId }) => ruleId)
          expect(byIndex.taken).toEqual(taken)
          const walk = walkTable(table, 'INPUT', start.packet, openStream(seed, `${index}`), moment, counts)
          expect(triedIn(walk)).toEqual(tried)
          ;[moment, counts] = [{ ...moment, recent: byIndex.moment.recent }, byIndex.counts]
          passedOver.push(tried.filter(({ outcome }) => outcome.kind === 'skipped').length)
        }
      },
    ),
    { seed: 17, numRuns: 150 },
  )
  expect(Math.max(...passedOver)).toBeGreaterThan(50)
})

function jumpTo(jump: string, chain: string): string {
  return chain === 'RETURN' ? '-j RETURN' : jump.replace('NEXT', chain)
}
