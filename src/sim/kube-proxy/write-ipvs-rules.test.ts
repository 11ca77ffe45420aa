/** The rules, sets and virtual servers of IPVS mode (pkg/proxy/ipvs/proxier.go, about v1.33). */
import { describe, expect, test } from 'vitest'
import { plainConfig } from '../cluster/plain-cluster.fixture.ts'
import { cidr, ip } from '../network/address.ts'
import { parseIptablesSave } from '../netfilter/parse-iptables-save.ts'
import { printIptablesSave, printRule } from '../netfilter/print-iptables-save.ts'
import { compileNodeRules } from './compile-node-rules.ts'
import type { NodeRulesInput } from './node-rules-input.ts'
import { testInput, testService, testSlice } from './objects.fixture.ts'

const proxy = {
  ...plainConfig.kubeProxy,
  mode: 'ipvs',
  detectLocal: { kind: 'ClusterCIDR', cidrs: [cidr('172.31.0.0/16')] },
} as const
const balanced = testService('default/web', '10.96.0.80', {
  type: 'LoadBalancer',
  externalIps: [ip('192.0.2.1')],
  loadBalancerIngress: [{ ip: ip('192.0.2.9') }],
  loadBalancerSourceRanges: ['10.0.0.0/8'],
  externalTrafficPolicy: 'Local',
  healthCheckNodePort: 30999,
  port: { nodePort: 30080 },
})
const slice = testSlice('default/web', ['172.31.1.11@host01', '172.31.2.14@host02'], { port: 8080 })

function compile(input: Partial<NodeRulesInput> = {}, services = [balanced]) {
  const rules = compileNodeRules(testInput(services, [slice], { config: proxy, ...input }))
  const chain = (table: string, name: string) =>
    rules.ruleset.tables
      .find((each) => each.name === table)
      ?.chains.find((each) => each.name === name)
      ?.rules.map((rule) => printRule(name, rule).replace(/ -m comment --comment ("[^"]*"|\S+)/, ''))
  return { ...rules, chain }
}

describe('a balanced Service with policy Local and source ranges', () => {
  const { chain, sets, virtualServers } = compile()

  test('is marked and accepted in nat KUBE-SERVICES, in kube-proxy’s order', () => {
    expect(chain('nat', 'KUBE-SERVICES')).toEqual([
      '-A KUBE-SERVICES -s 127.0.0.0/8 -j RETURN',
      '-A KUBE-SERVICES -m set --match-set KUBE-LOAD-BALANCER dst,dst -j KUBE-LOAD-BALANCER',
      '-A KUBE-SERVICES ! -s 172.31.0.0/16 -m set --match-set KUBE-CLUSTER-IP dst,dst -j KUBE-MARK-MASQ',
      '-A KUBE-SERVICES -m set --match-set KUBE-EXTERNAL-IP-LOCAL dst,dst -m physdev ! --physdev-is-in -m addrtype ! --src-type LOCAL -j ACCEPT',
      '-A KUBE-SERVICES -m set --match-set KUBE-EXTERNAL-IP-LOCAL dst,dst -m addrtype --dst-type LOCAL -j ACCEPT',
      '-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT',
      '-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP dst,dst -j ACCEPT',
      '-A KUBE-SERVICES -m set --match-set KUBE-LOAD-BALANCER dst,dst -j ACCEPT',
    ])
    expect(chain('nat', 'KUBE-LOAD-BALANCER')).toEqual([
      '-A KUBE-LOAD-BALANCER -m set --match-set KUBE-LOAD-BALANCER-LOCAL dst,dst -j RETURN',
      '-A KUBE-LOAD-BALANCER -j KUBE-MARK-MASQ',
    ])
    expect(chain('nat', 'KUBE-NODE-PORT')).toEqual([
      '-A KUBE-NODE-PORT -p tcp -m set --match-set KUBE-NODE-PORT-LOCAL-TCP dst -j RETURN',
      '-A KUBE-NODE-PORT -p tcp -m set --match-set KUBE-NODE-PORT-TCP dst -j KUBE-MARK-MASQ',
    ])
  })
  test('is masqueraded for its own Pods first, then where it is marked', () => {
    expect(chain('nat', 'KUBE-POSTROUTING')).toEqual([
      '-A KUBE-POSTROUTING -m set --match-set KUBE-LOOP-BACK dst,dst,src -j MASQUERADE',
      '-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN',
      '-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0',
      '-A KUBE-POSTROUTING -j MASQUERADE --random-fully',
    ])
  })
  test('is kept to its ranges, and from the node where they leave the node out', () => {
    expect(chain('filter', 'KUBE-PROXY-FIREWALL')).toEqual([
      '-A KUBE-PROXY-FIREWALL -m set --match-set KUBE-LOAD-BALANCER-FW dst,dst -j KUBE-SOURCE-RANGES-FIREWALL',
    ])
    expect(chain('filter', 'KUBE-SOURCE-RANGES-FIREWALL')).toEqual([
      '-A KUBE-SOURCE-RANGES-FIREWALL -m set --match-set KUBE-LOAD-BALANCER-SOURCE-CIDR dst,dst,src -j RETURN',
      '-A KUBE-SOURCE-RANGES-FIREWALL -j DROP',
    ])
    expect(chain('filter', 'KUBE-IPVS-OUT-FILTER')).toEqual([
      '-A KUBE-IPVS-OUT-FILTER -s 192.0.2.9/32 -m ipvs --vproto 6 --vaddr 192.0.2.9/32 --vport 80 -j DROP',
    ])
  })
  test('stands in the sets', () => {
    expect(Object.fromEntries(Object.entries(sets).map(([name, { entries }]) => [name, entries]))).toEqual({
      'KUBE-LOOP-BACK': ['172.31.1.11,tcp:8080,172.31.1.11'],
      'KUBE-CLUSTER-IP': ['10.96.0.80,tcp:80'],
      'KUBE-EXTERNAL-IP': [],
      'KUBE-EXTERNAL-IP-LOCAL': ['192.0.2.1,tcp:80'],
      'KUBE-LOAD-BALANCER': ['192.0.2.9,tcp:80'],
      'KUBE-LOAD-BALANCER-FW': ['192.0.2.9,tcp:80'],
      'KUBE-LOAD-BALANCER-LOCAL': ['192.0.2.9,tcp:80'],
      'KUBE-LOAD-BALANCER-SOURCE-IP': [],
      'KUBE-LOAD-BALANCER-SOURCE-CIDR': ['192.0.2.9,tcp:80,10.0.0.0/8'],
      'KUBE-NODE-PORT-TCP': ['30080'],
      'KUBE-NODE-PORT-LOCAL-TCP': ['30080'],
      'KUBE-NODE-PORT-UDP': [],
      'KUBE-NODE-PORT-LOCAL-UDP': [],
      'KUBE-NODE-PORT-SCTP-HASH': [],
      'KUBE-NODE-PORT-LOCAL-SCTP-HASH': [],
      'KUBE-HEALTH-CHECK-NODE-PORT': ['30999'],
      'KUBE-IPVS-IPS': ['10.96.0.80', '192.0.2.1', '192.0.2.9'],
    })
  })
  test('has a virtual server for each of its addresses and each node address, outside ones with local Pods alone', () => {
    expect(
      virtualServers?.map(
        ({ address, port, realServers }) =>
          `${address}:${port} ${realServers.map((real) => real.address).join(' ')}`,
      ),
    ).toEqual([
      '10.96.0.80:80 172.31.1.11 172.31.2.14',
      '192.0.2.1:80 172.31.1.11',
      '192.0.2.9:80 172.31.1.11',
      '192.168.61.11:30080 172.31.1.11',
      '10.0.2.15:30080 172.31.1.11',
    ])
  })
})

describe('KUBE-IPVS-FILTER', () => {
  test('lets the declared ports pass and refuses all else to a bound address', () => {
    expect(compile().chain('filter', 'KUBE-IPVS-FILTER')).toEqual([
      ...['LOAD-BALANCER', 'CLUSTER-IP', 'EXTERNAL-IP', 'EXTERNAL-IP-LOCAL'].map(
        (name) => `-A KUBE-IPVS-FILTER -m set --match-set KUBE-${name} dst,dst -j RETURN`,
      ),
      '-A KUBE-IPVS-FILTER -m set --match-set KUBE-HEALTH-CHECK-NODE-PORT dst -j RETURN',
      '-A KUBE-IPVS-FILTER -m conntrack --ctstate NEW -m set --match-set KUBE-IPVS-IPS dst -j REJECT --reject-with icmp-port-unreachable',
    ])
  })
  test('is not there before v1.27', () => {
    expect(compile({ kubernetesVersion: 'v1.26.15' }).chain('filter', 'KUBE-IPVS-FILTER')).toBeUndefined()
  })
  test('stands first in INPUT', () => {
    expect(
      compile()
        .chain('filter', 'INPUT')
        ?.map((rule) => rule.replace(/.* -j /, '')),
    ).toEqual(['KUBE-IPVS-FILTER', 'KUBE-PROXY-FIREWALL', 'KUBE-NODE-PORT', 'KUBE-FIREWALL'])
  })
})

describe('the masquerade of ClusterIPs', () => {
  const rule = (detectLocal: NodeRulesInput['config']['detectLocal'], masqueradeAll = false) =>
    compile({ config: { ...proxy, detectLocal, masqueradeAll } }, [testService('default/web', '10.96.0.80')])
      .chain('nat', 'KUBE-SERVICES')
      ?.filter((line) => line.includes('KUBE-MARK-MASQ'))

  test('without a detector is of packets that have a ClusterIP as their source', () => {
    expect(rule({ kind: 'none' })).toEqual([
      '-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP src,dst -j KUBE-MARK-MASQ',
    ])
  })
  test('is of all packets with masqueradeAll', () => {
    expect(rule(proxy.detectLocal, true)).toEqual([
      '-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP dst,dst -j KUBE-MARK-MASQ',
    ])
  })
})

test('IPVS mode’s rules come back from their text', () => {
  const { ruleset } = compile()
  const text = printIptablesSave(ruleset, { version: '1.8.9 (nf_tables)', printedAt: '' })
  const again = printIptablesSave(parseIptablesSave(text).ruleset, {
    version: '1.8.9 (nf_tables)',
    printedAt: '',
  })
  expect(again).toBe(text)
  expect(text).not.toContain('unknown')
})
