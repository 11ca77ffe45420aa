/** IPv6 rules of a real node, in place of the computed ones. */
import { describe, expect, test } from 'vitest'
import type { Lab } from './lab.ts'
import { lines, request } from './trace/chapter-lab.fixture.ts'
import { outcome } from './trace/kernel-lab.fixture.ts'
import { dualStackLab } from './trace/dual-stack-lab.fixture.ts'
import { nodeIpv6Rules } from './trace/world.ts'

const overIpv6 = request('pod/default/near', 'tcp://[fd00:10:96::80]:80')
const overIpv4 = request('pod/default/near', 'tcp://10.96.0.80:80')

const chosen = (lab: Lab, asked: typeof overIpv6) =>
  lab.send(asked).hops.find(({ kind, place }) => kind === 'choose' && place.host === 'host01')

function ruleset(lab: Lab): string {
  const listed = lab.nft('host01', { kind: 'ruleset' })
  return listed.kind === 'text' ? listed.text : ''
}

const undated = (text: string) => text.replaceAll(/^#.*\n/gm, '')

const rowsOf = (lab: Lab) =>
  nodeIpv6Rules(lab.cluster, 'host01')
    .cards.ofServices()
    .map(({ chain, rows }) => [chain, rows.map(({ endpoint, pod }) => [endpoint, pod?.name])])

describe.each([
  { mode: 'iptables', file: 'host01.ip6tables-save', text: (lab: Lab) => lab.ip6tablesSave('host01') },
  { mode: 'nftables', file: 'host01.nft', text: ruleset },
])('in $mode mode a node’s own IPv6 rules, pasted back as $file', ({ mode, file, text }) => {
  test('are taken whole, and printed again byte for byte', () => {
    const lab = dualStackLab(mode)
    const before = text(lab)
    expect(lab.pasteRules(file, before).diagnostics).toEqual([])
    expect(undated(text(lab))).toBe(undated(before))
    expect(lab.snapshot().nodes[0]?.rules.filter(({ pastedFrom }) => pastedFrom === file)).toHaveLength(1)
  })

  test('lead the same request the same way, over the same rows, and say that they are imported', () => {
    const [lab, computed] = [dualStackLab(mode), dualStackLab(mode)]
    const rows = rowsOf(lab)
    lab.pasteRules(file, text(lab))
    expect(rowsOf(lab)).toEqual(rows)
    expect(rows.flat(3)).toContain('[fd00:10:244:1::11]:80')
    expect(lines(lab.send(overIpv6))).toEqual(lines(computed.send(overIpv6)))
    expect(chosen(lab, overIpv6)?.basis).toBe('imported')
  })

  test('stay as they are when the cluster changes, and go with their file', () => {
    const lab = dualStackLab(mode)
    lab.pasteRules(file, text(lab).replaceAll('fd00:10:244:2::12', 'fd00:10:244:1::11'))
    const seen = Array.from({ length: 8 }, (_, seed) => outcome(lab.send({ ...overIpv6, seed })))
    expect(new Set(seen)).toEqual(new Set(['web-1 saw fd00:10:244:1::2, port kept']))
    lab.removeFile(file)
    expect(text(lab)).toContain('fd00:10:244:2::12')
  })
})

test('pasted IPv6 rules leave IPv4’s computed', () => {
  const lab = dualStackLab('iptables')
  lab.pasteRules('host01.ip6tables-save', lab.ip6tablesSave('host01'))
  expect(chosen(lab, overIpv4)?.basis).toBe('computed')
})

test('a table of one family alone leaves the other computed', () => {
  const lab = dualStackLab('nftables')
  const [, ipv6 = ''] = ruleset(lab).split(/(?=^table ip6 )/m)
  expect(lab.pasteRules('host01.nft', ipv6).diagnostics).toEqual([])
  expect(chosen(lab, overIpv4)?.basis).toBe('computed')
  expect(chosen(lab, overIpv6)?.basis).toBe('imported')
})

describe('rules in a file of the other family', () => {
  test.each([
    { file: 'host01.iptables-save', of: 6 },
    { file: 'host01.ip6tables-save', of: 4 },
  ])('are refused as $file, with and without a head', ({ file, of }) => {
    const lab = dualStackLab('iptables')
    const text = of === 4 ? lab.iptablesSave('host01') : lab.ip6tablesSave('host01')
    const codes = [text, undated(text)].map((each) =>
      lab.pasteRules(file, each).diagnostics.map(({ code }) => code),
    )
    expect(codes).toEqual([['paste-other-family'], ['paste-other-family']])
  })
})

describe('a survey of pasted IPv6 rules', () => {
  test.each([
    {
      what: 'ip6tables-save',
      text: (lab: Lab) => lab.ip6tablesSave('host01'),
      file: 'host02.ip6tables-save',
    },
    {
      what: 'ip6tables-save without its heads',
      text: (lab: Lab) => undated(lab.ip6tablesSave('host01')),
      file: 'host02.ip6tables-save',
    },
  ])('knows $what', ({ text, file }) => {
    const lab = dualStackLab('iptables')
    expect(lab.surveyPaste('host02', text(lab))).toMatchObject({ file, unmodelled: [], diagnostics: [] })
  })

  test('takes nft’s tables of both families', () => {
    const lab = dualStackLab('nftables')
    expect(lab.surveyPaste('host01', ruleset(lab))).toMatchObject({
      file: 'host01.nft',
      tables: ['ip kube-proxy', 'ip6 kube-proxy'],
      diagnostics: [],
    })
  })
})
