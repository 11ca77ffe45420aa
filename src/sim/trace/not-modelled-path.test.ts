/** No request ends in success through a rule that nobody evaluated, wherever it stands. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chapterLab, request } from './chapter-lab.fixture.ts'

const nodes = ['host01', 'host02', 'host03']
const dump = chapterLab().iptablesSave('host01')

/** Matches and targets that real nodes have and that are not evaluated. */
const unknownRules = [
  '-m geoip --source-country CN -j DROP',
  '-m u32 --u32 "6&0xFF=0x6" -j ACCEPT',
  '-m bpf --bytecode "1,6 0 0 1" -j RETURN',
  '-j NFQUEUE --queue-num 0',
]

const unknownRule = fc.constantFrom(...unknownRules)
const url = fc.constantFrom(
  'http://nginx/',
  'http://nginx.default.svc.cluster.local/',
  'tcp://kubernetes:443',
  'tcp://10.96.0.10:53',
  'dig nginx.default.svc.cluster.local',
  'ping 192.168.61.12',
)
const seed = fc.integer({ min: 1, max: 1000 })

/** What came of a Pod's request where every node has the rule first in a chain of a table. */
function sent(table: string, chain: string, rule: string, asked: { url: string; seed: number }) {
  const lab = chapterLab()
  for (const node of nodes) {
    const pasted = withFirstRule(table, chain, rule)
    expect(lab.pasteRules(`${node}.iptables-save`, pasted).diagnostics).toEqual([])
  }
  return lab.send(request('pod/default/pod', asked.url, { seed: asked.seed }))
}

/** The dump with a rule before all others of its table, and so the first of its chain. */
function withFirstRule(table: string, chain: string, rule: string): string {
  const from = dump.indexOf(`*${table}\n`)
  const at = dump.indexOf('\n-A ', from) + 1
  return `${dump.slice(0, at)}-A ${chain} ${rule}\n${dump.slice(at)}`
}

test.each([
  { table: 'nat', chain: 'PREROUTING' },
  { table: 'nat', chain: 'POSTROUTING' },
  { table: 'filter', chain: 'FORWARD' },
])(
  'an unknown rule first in $table $chain of every node keeps a Pod’s request from success',
  ({ table, chain }) => {
    fc.assert(
      fc.property(unknownRule, url, seed, (rule, asked, drawn) => {
        // A ping of a node is delivered to it: its packets do not go through FORWARD there.
        if (chain === 'FORWARD' && asked.startsWith('ping')) return
        const { verdict, hops } = sent(table, chain, rule, { url: asked, seed: drawn })
        expect(hops.map(({ basis }) => basis)).toContain('not-modelled')
        expect(verdict.kind).toBe('unknown')
      }),
      { numRuns: 25 },
    )
  },
)

test('an unknown rule in a chain that the request does not come to takes no success away', () => {
  const { verdict, hops } = sent('filter', 'KUBE-NODEPORTS', unknownRules[0] ?? '', {
    url: 'http://nginx/',
    seed: 6,
  })
  expect(hops.map(({ basis }) => basis)).not.toContain('not-modelled')
  expect(verdict.kind).toBe('answered')
})
