import { describe, expect, test } from 'vitest'
import { applyChapterFile, chapterLab, lines, request } from './trace/chapter-lab.fixture.ts'
import type { Lab } from './lab.ts'
import { nodeRules } from './trace/world.ts'

const FILE = 'host01.nft'
const asked = request('pod/default/pod', 'http://nginx/')

/** The chapter's cluster with kube-proxy in nftables mode. */
function nftLab(): Lab {
  const lab = chapterLab()
  applyChapterFile(lab, 'cluster.yaml', (text) => text.replace('mode: iptables', 'mode: nftables'))
  return lab
}

function listed(lab: Lab): string {
  const { kind, ...rest } = lab.nft('host01', { kind: 'table', family: 'ip', table: 'kube-proxy' })
  return kind === 'text' && 'text' in rest ? rest.text : ''
}

describe('a node’s own nft listing, pasted back', () => {
  test('is taken whole, and listed again byte for byte', () => {
    const lab = nftLab()
    const text = listed(lab)
    expect(text).toContain('map service-ips')
    expect(lab.pasteRules(FILE, text).diagnostics).toEqual([])
    expect(listed(lab)).toBe(text)
    expect(lab.snapshot().nodes[0]?.rules).toEqual([
      { text: 'nft', pastedFrom: FILE },
      { text: 'iptables-save' },
    ])
  })

  test('leads the same request the same way, over the same rows, and says that it is imported', () => {
    const computed = nftLab().send(asked)
    const lab = nftLab()
    const ports = nodeRules(lab.cluster, 'host01').cards.ofServices()
    lab.pasteRules(FILE, listed(lab))
    const shown = (chains: typeof ports) =>
      chains.map(({ chain, rows }) => [chain, rows.map((row) => row.endpoint)])
    expect(shown(nodeRules(lab.cluster, 'host01').cards.ofServices())).toEqual(shown(ports))
    const trace = lab.send(asked)
    expect(lines(trace)).toEqual(lines(computed))
    expect(trace.hops.find(({ kind, place }) => kind === 'choose' && place.host === 'host01')?.basis).toBe(
      'imported',
    )
  })

  test('puts the node into nftables mode, and lets it go with the file', () => {
    const text = listed(nftLab())
    const lab = chapterLab()
    lab.pasteRules(FILE, text)
    expect(lab.iptablesSave('host01')).not.toContain('KUBE-SERVICES')
    expect(lab.iptablesSave('host02')).toContain('KUBE-SERVICES')
    lab.removeFile(FILE)
    expect(lab.iptablesSave('host01')).toContain('KUBE-SERVICES')
    expect(listed(lab)).toBe('')
  })
})

describe('a paste of one tool leaves what the other prints as it was', () => {
  const nginx = { kind: 'Deployment', namespace: 'default', name: 'nginx' } as const
  const kubelet = () => nftLab().iptablesSave('host01')
  const chosen = (lab: Lab) =>
    lab.send(asked).hops.find(({ kind, place }) => kind === 'choose' && place.host === 'host01')

  test('kube-proxy’s table follows the cluster beside pasted iptables rules, and is still computed', () => {
    const lab = nftLab()
    lab.pasteRules('host01.iptables-save', kubelet())
    lab.send(asked)
    lab.scale(nginx, 2)
    const hop = chosen(lab)
    expect(hop?.title.values['count']).toBe(2)
    expect(hop?.basis).toBe('computed')
  })

  test('a table that is pasted after them is the one that decides', () => {
    const lab = nftLab()
    const two = nftLab()
    two.scale(nginx, 2)
    lab.pasteRules('host01.iptables-save', kubelet())
    lab.send(asked)
    lab.pasteRules(FILE, listed(two))
    expect(chosen(lab)?.title.values['count']).toBe(2)
  })

  test('IPVS’s virtual servers stay beside pasted iptables rules', () => {
    const lab = chapterLab()
    applyChapterFile(lab, 'cluster.yaml', (text) => text.replace('mode: iptables', 'mode: ipvs'))
    lab.pasteRules('host01.iptables-save', lab.iptablesSave('host01'))
    lab.send(asked)
    lab.scale(nginx, 2)
    expect(lab.send(asked).verdict.kind).toBe('answered')
    expect(chosen(lab)?.title.values['count']).toBe(2)
  })
})

test('a pasted statement that is not modelled makes the outcome unknown, never green', () => {
  const lab = nftLab()
  const strange = listed(lab).replace(
    '\tchain services {\n',
    '\tchain services {\n\t\tlimit rate 1/second accept\n',
  )
  expect(lab.pasteRules(FILE, strange).diagnostics).toEqual([])
  expect(lab.send(asked).verdict.kind).toBe('unknown')
})

test.each([
  { text: 'hello', code: 'paste-nft-unreadable', line: 1 },
  {
    text: 'table ip kube-proxy {\n}\ntable ip mine {\n\tchain in {\n\t\ttype filter hook input priority 0; policy accept;\n\t}\n}\n',
    code: 'paste-nft-unreadable',
    line: 3,
  },
  { text: 'table ip mine {\n}\n', code: 'paste-empty', line: undefined },
])('refuses %j and changes nothing', ({ text, code, line }) => {
  const lab = nftLab()
  const before = lab.cluster
  const [diagnostic] = lab.pasteRules(FILE, text).diagnostics
  expect(diagnostic).toMatchObject({ code })
  expect(diagnostic?.range?.line).toBe(line)
  expect(lab.cluster).toBe(before)
})
