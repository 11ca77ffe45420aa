import { describe, expect, test } from 'vitest'
import { calicoPool, fivePods, kernelLab, serviceYaml } from '../trace/kernel-lab.fixture.ts'
import { nodeRules } from '../trace/world.ts'
import { printRule } from '../netfilter/print-iptables-save.ts'
import { ownerOfRule } from './rule-owner.ts'

const lab = kernelLab(...fivePods, calicoPool(true), serviceYaml(''))
const rules = nodeRules(lab.cluster, 'host01')

/** All rules of an owner, as `iptables-save` prints them, behind their table. */
function rulesOf(owner: string, of = rules): readonly string[] {
  return of.ruleset.tables.flatMap((table) =>
    table.chains.flatMap((chain) =>
      chain.rules.flatMap((rule, index) =>
        ownerOfRule(of.owners, `${table.name} ${chain.name} ${index + 1}`) === owner
          ? [`${table.name} ${printRule(chain.name, rule)}`]
          : [],
      ),
    ),
  )
}

describe('on a node in iptables mode', () => {
  test('kubelet’s are the jumps to KUBE-FIREWALL, which it put there before kube-proxy came', () => {
    expect(rulesOf('kubelet')).toEqual([
      'filter -A INPUT -j KUBE-FIREWALL',
      'filter -A OUTPUT -j KUBE-FIREWALL',
    ])
  })
  test('Calico’s are its jump and its chains', () => {
    expect(rulesOf('calico')).toEqual([
      'nat -A POSTROUTING -j cali-POSTROUTING',
      'nat -A cali-POSTROUTING -j cali-nat-outgoing',
      expect.stringMatching(/^nat -A cali-nat-outgoing .* -j MASQUERADE/),
    ])
  })
  test('a chain is his who writes the first rule of it', () => {
    expect(rules.owners?.['nat cali-POSTROUTING']).toBe('calico')
    expect(rules.owners?.['nat POSTROUTING']).toBeUndefined()
  })
  test('the canaries and the hint are chains of kubelet’s', () => {
    const chains = Object.entries(rules.owners ?? {}).flatMap(([id, owner]) =>
      owner === 'kubelet' && !/ \d+$/.test(id) ? [id] : [],
    )
    expect(chains).toEqual([
      'mangle KUBE-KUBELET-CANARY',
      'nat KUBE-KUBELET-CANARY',
      'filter KUBE-KUBELET-CANARY',
      'mangle KUBE-IPTABLES-HINT',
    ])
  })
  test('all others are kube-proxy’s', () => {
    expect(rulesOf('kube-proxy').filter((rule) => !rule.includes('KUBE-'))).toEqual([])
    expect(rulesOf('kube-proxy').length).toBeGreaterThan(30)
  })
})

describe('of a real node’s dump', () => {
  test('no writer is known: all are imported', () => {
    const pasted = kernelLab(...fivePods, serviceYaml(''))
    pasted.pasteRules('host01.iptables-save', pasted.iptablesSave('host01'))
    const imported = nodeRules(pasted.cluster, 'host01')
    expect(rulesOf('imported', imported)).toHaveLength(rulesOf('kube-proxy').length + 2)
  })
})
