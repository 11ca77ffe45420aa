import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseIptablesSave } from './netfilter/parse-iptables-save.ts'
import { printIptablesSave } from './netfilter/print-iptables-save.ts'
import type { TableName } from './netfilter/ruleset.ts'
import { chapterLab, lines, request } from './trace/chapter-lab.fixture.ts'
import { nodeRules } from './trace/world.ts'

const FILE = 'host01.iptables-save'

describe('a node’s own dump, pasted back', () => {
  const lab = chapterLab()
  const dump = lab.iptablesSave('host01', { counters: true })
  const computed = { trace: lab.send(request('pod/default/pod', 'http://nginx/')), rules: chains() }
  const { diagnostics } = lab.pasteRules(FILE, dump)

  function chains() {
    return nodeRules(lab.cluster, 'host01').cards.ofServices()
  }

  const rowsOfNginx = () => chains().find(({ service }) => service.name === 'nginx')?.rows

  test('is taken whole, counters aside, and printed back', () => {
    const withoutHeads = (text: string) => text.replaceAll(/^# .*\n/gm, '').replaceAll(/\[\d+:\d+\] ?/g, '')
    expect(diagnostics).toEqual([])
    expect(withoutHeads(lab.iptablesSave('host01'))).toBe(withoutHeads(dump))
  })

  test('shows every Service’s chain as before: rows, shares and Pods', () => {
    expect(chains()).toEqual(computed.rules)
  })

  test('leads the same request the same way, and says that it is imported', () => {
    const fresh = chapterLab()
    fresh.pasteRules(FILE, dump)
    const trace = fresh.send(request('pod/default/pod', 'http://nginx/'))
    expect(lines(trace)).toEqual(lines(computed.trace))
    const onPasted = trace.hops.filter((hop) => hop.kind === 'choose' || hop.kind === 'filter')
    expect(new Set(onPasted.map((hop) => `${hop.place.host} ${hop.basis}`))).toEqual(
      new Set(
        onPasted.map((hop) => `${hop.place.host} ${hop.place.host === 'host01' ? 'imported' : 'computed'}`),
      ),
    )
  })

  test('is named by the snapshot, outlives other changes, and goes with its file', () => {
    expect(lab.snapshot().nodes.map(({ name, rules }) => [name, rules[0]?.pastedFrom])).toEqual([
      ['host01', FILE],
      ['host02', undefined],
      ['host03', undefined],
    ])
    lab.scale({ kind: 'Deployment', namespace: 'default', name: 'nginx' }, 3)
    expect(rowsOfNginx()).toHaveLength(5)
    lab.removeFile(FILE)
    expect(lab.cluster.pastedRules).toEqual([])
    expect(rowsOfNginx()).toHaveLength(3)
  })
})

describe('the dump of a node with Calico’s policies', () => {
  const felix = readFileSync(new URL('netfilter/golden/calico.txt', import.meta.url), 'utf8')

  /** The request through host01 with felix's chains in front of kube-proxy's; `change` edits felix's text. */
  function sent(change: (text: string) => string) {
    const lab = chapterLab()
    const dump = merged(change(felix), lab.iptablesSave('host01'))
    expect(lab.pasteRules(FILE, dump).diagnostics).toEqual([])
    return lab.send(request('pod/default/pod', 'http://nginx/'))
  }

  test('lets an allowed Pod’s request through: rpfilter, marks and states included', () => {
    const trace = sent((text) => text.replaceAll('cali0ef24b1c', 'cali+'))
    expect(trace.verdict.kind).toBe('answered')
    const filters = trace.hops.filter(({ kind, place }) => kind === 'filter' && place.host === 'host01')
    expect(new Set(filters.map(({ basis }) => basis))).toEqual(new Set(['imported']))
  })

  test('drops what comes by an interface that it does not know', () => {
    const trace = sent((text) => text)
    const drop = trace.hops.find(({ kind }) => kind === 'drop')
    expect(drop).toMatchObject({ basis: 'imported', place: { host: 'host01', hook: 'filter FORWARD' } })
    expect(JSON.stringify(drop?.evidence)).toContain('cali-from-wl-dispatch')
  })
})

/** Two dumps as one: in chains that both have, the rules of the first come first. */
function merged(first: string, second: string): string {
  const [a, b] = [parseIptablesSave(first).ruleset, parseIptablesSave(second).ruleset]
  const names = (sets: readonly { readonly name: string }[]) => sets.map(({ name }) => name)
  const tables = [...new Set([...names(a.tables), ...names(b.tables)])].map((name) => {
    const both = [a, b].map((set) => set.tables.find((table) => table.name === name)?.chains ?? [])
    const chains = [...new Set(names(both.flat()))].map((chain) => {
      const same = both.flat().filter((each) => each.name === chain)
      const policy = same[0]?.policy
      return { name: chain, ...(policy && { policy }), rules: same.flatMap(({ rules }) => rules) }
    })
    return { name: tableName(name), chains }
  })
  return printIptablesSave({ tables }, { version: '', printedAt: '' })
}

function tableName(name: string): TableName {
  const known = (['raw', 'mangle', 'nat', 'filter', 'security'] as const).find((each) => each === name)
  if (known === undefined) throw new Error(`no table ${name}`)
  return known
}

describe('a pasted rule that is no Service’s', () => {
  const sent = (rule: string, url: string) => {
    const lab = chapterLab()
    const dump = merged(rule, lab.iptablesSave('host01'))
    expect(lab.pasteRules(FILE, dump).diagnostics).toEqual([])
    return lab.send(request('pod/default/pod', url))
  }

  test('is told as what it is where it rewrites, a published port for instance', () => {
    const trace = sent(
      '*nat\n:PREROUTING ACCEPT\n-A PREROUTING -d 203.0.113.9 -p tcp --dport 8080 -j DNAT --to-destination 10.100.221.220:80\nCOMMIT\n',
      'http://203.0.113.9:8080/',
    )
    const rewrite = trace.hops.find(({ kind }) => kind === 'rewrite')
    expect(rewrite).toMatchObject({ basis: 'imported', title: { id: 'hop.dnat-by-rule.title' } })
    expect(JSON.stringify(rewrite?.evidence)).toContain('-A PREROUTING -d 203.0.113.9/32')
  })

  test('is told as what it is where it refuses', () => {
    const trace = sent(
      '*filter\n:FORWARD ACCEPT\n-A FORWARD -p tcp --dport 80 -j REJECT --reject-with icmp-host-prohibited\nCOMMIT\n',
      'http://10.100.221.220/',
    )
    const refusal = trace.hops.find(({ kind }) => kind === 'refuse')
    expect(refusal).toMatchObject({ basis: 'imported', title: { id: 'hop.rejected-by-rule.title' } })
    expect(trace.verdict.kind).toBe('unreachable')
  })
})

describe('a pasted rule that is not modelled', () => {
  test('makes the outcome unknown, never green', () => {
    const lab = chapterLab()
    const dump = lab.iptablesSave('host01')
    const strange = dump.replace(
      '-A FORWARD -m conntrack',
      '-A FORWARD -m geoip --source-country CN -j DROP\n-A FORWARD -m conntrack',
    )
    expect(strange).not.toBe(dump)
    for (const node of ['host01', 'host02', 'host03'])
      expect(lab.pasteRules(`${node}.iptables-save`, strange).diagnostics).toEqual([])
    const trace = lab.send(request('pod/default/pod', 'http://nginx/'))
    expect(trace.verdict.kind).toBe('unknown')
  })
})

describe('a paste that cannot be taken changes nothing', () => {
  test.each([
    {
      why: 'no such node',
      file: 'host09.iptables-save',
      text: '*nat\nCOMMIT\n',
      code: 'paste-node-unknown',
      line: undefined,
    },
    { why: 'no table', file: FILE, text: '# Generated by nobody\n', code: 'paste-empty', line: undefined },
    {
      why: 'a line that is no rule',
      file: FILE,
      text: '*nat\n:PREROUTING ACCEPT [0:0]\niptables -A x\nCOMMIT\n',
      code: 'paste-unreadable',
      line: 3,
    },
    {
      why: 'a rule of a chain that is not declared',
      file: FILE,
      text: '*nat\n-A OWN -j ACCEPT\nCOMMIT\n',
      code: 'paste-unreadable',
      line: 2,
    },
  ])('$why', ({ file, text, code, line }) => {
    const lab = chapterLab()
    const before = lab.cluster
    const { diagnostics } = lab.pasteRules(file, text)
    expect(diagnostics.map((each) => [each.code, each.range?.line])).toEqual([[code, line]])
    expect(lab.cluster).toBe(before)
  })
})
