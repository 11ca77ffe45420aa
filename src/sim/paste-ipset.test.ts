/** `ipset save` of a real node: the sets that a pasted `iptables-save` asks, or the computed rules. */
import { describe, expect, test } from 'vitest'
import { calicoPool, fivePods, kernelLab, outcome, serviceYaml } from './trace/kernel-lab.fixture.ts'
import { request } from './trace/chapter-lab.fixture.ts'

const guard = '-A FORWARD -p tcp -m set --match-set denied src -j REJECT --reject-with icmp-port-unreachable'
const denied = 'create denied hash:ip family inet hashsize 1024 maxelem 65536\nadd denied 172.31.1.2\n'

function labWithRule() {
  const lab = kernelLab(...fivePods, serviceYaml(''))
  const dump = lab.iptablesSave('host01').replace('-A FORWARD', `${guard}\n-A FORWARD`)
  expect(lab.pasteRules('host01.iptables-save', dump).diagnostics).toEqual([])
  return lab
}

const ask = (lab: ReturnType<typeof kernelLab>) =>
  lab.send(request('pod/default/near', 'tcp://10.96.0.80:80'))

describe('a pasted rule that asks a set', () => {
  test('is not modelled while nobody has told what the set holds', () => {
    expect(ask(labWithRule()).verdict.kind).toBe('unknown')
  })

  test('is evaluated with the set that was pasted beside it', () => {
    const lab = labWithRule()
    expect(lab.pasteRules('host01.ipset-save', denied).diagnostics).toEqual([])
    expect(outcome(ask(lab))).toMatch(/^refused/)
    lab.pasteRules('host01.ipset-save', denied.replace('172.31.1.2', '172.31.9.9'))
    expect(outcome(ask(lab))).toMatch(/^web-/)
  })

  test('is not modelled again when the file is taken away', () => {
    const lab = labWithRule()
    lab.pasteRules('host01.ipset-save', denied)
    lab.removeFile('host01.ipset-save')
    expect(ask(lab).verdict.kind).toBe('unknown')
  })
})

describe('pasted sets beside computed rules', () => {
  const lab = kernelLab(...fivePods, calicoPool(true), serviceYaml(''))
  lab.pasteRules(
    'host01.ipset-save',
    'create cali40masq-ipam-pools hash:net family inet hashsize 1024 maxelem 65536\nadd cali40masq-ipam-pools 10.0.0.0/8\n',
  )
  const trace = lab.send(request('pod/default/near', 'tcp://192.168.61.100:22'))

  test('decide in place of the computed sets of their names: the Pod is not masqueraded', () => {
    expect(trace.hops.some(({ title }) => title.id === 'hop.snat-outgoing.title')).toBe(false)
    expect(lab.ipset('host01', 'cali40masq-ipam-pools')).toContain('\n10.0.0.0/8\n')
    expect(lab.ipset('host01', 'cali40all-ipam-pools')).toContain('\n172.31.0.0/16\n')
  })

  test('make what the rules decide imported, and the rules stay who wrote them', () => {
    const hop = lab
      .send(request('pod/default/near', 'tcp://10.96.0.80:80'))
      .hops.find(({ kind }) => kind === 'dispatch')
    expect(hop?.basis).toBe('imported')
    expect(hop?.evidence[0]?.candidates[0]?.owner).toBe('kube-proxy')
  })
})

describe('a text that is no list of sets', () => {
  test('is refused with its lines', () => {
    const { diagnostics } = kernelLab(...fivePods).pasteRules('host01.ipset-save', 'hello\n')
    expect(diagnostics).toMatchObject([{ code: 'paste-ipset-unreadable', range: { line: 1 } }])
  })
  test('of a node that is not there is refused', () => {
    const { diagnostics } = kernelLab(...fivePods).pasteRules('host09.ipset-save', denied)
    expect(diagnostics).toMatchObject([{ code: 'paste-node-unknown' }])
  })
})
