/** What kube-proxy's nftables mode does otherwise than iptables mode: a line an outcome, as a real kernel gives them (`npm run test:kernel`). */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../lab.ts'
import {
  applyText,
  everyPod,
  fivePods,
  kernelLab,
  onlyNear,
  outcome,
  outcomesOf,
  pool,
  sendTo,
  serviceYaml,
} from './kernel-lab.fixture.ts'
import { hopOf, verdicts } from './chapter-lab.fixture.ts'

const MODE = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clusterCIDR: 172.31.0.0/16
`

function labWith(spec: string): Lab {
  const lab = kernelLab(...fivePods, onlyNear, pool, serviceYaml(spec))
  applyText(lab, 'mode.yaml', MODE)
  return lab
}

const near = 'pod/default/near'

describe('in nftables mode', () => {
  test.each<{
    readonly claim: string
    readonly spec?: string
    readonly from?: string
    readonly url: string
    readonly seen: readonly string[]
  }>([
    {
      claim: 'a Pod reaches every endpoint, its address and port unchanged',
      url: 'tcp://10.96.0.80:80',
      seen: everyPod('172.31.1.2, port kept'),
    },
    {
      claim: 'a node is masqueraded on its way to a ClusterIP',
      from: 'host01',
      url: 'tcp://10.96.0.80:80',
      seen: everyPod('192.168.61.11, another port'),
    },
    {
      claim: 'a Pod that hits itself sees the node',
      spec: 'selector: { app: only }',
      from: 'pod/default/only',
      url: 'tcp://10.96.0.80:80',
      seen: ['only saw 192.168.61.11, another port'],
    },
    {
      claim: 'an undeclared port of a ClusterIP is rejected',
      url: 'tcp://10.96.0.80:81',
      seen: ['refused: ICMP 3/3 of 192.168.61.11'],
    },
    {
      claim: 'a ping to a ClusterIP is rejected',
      url: 'ping 10.96.0.80',
      seen: ['unreachable: ICMP 3/3 of 192.168.61.11'],
    },
    {
      claim: 'a free address of the Service range is dropped',
      url: 'tcp://10.96.0.99:80',
      seen: ['timed-out: drop in filter FORWARD of host01'],
    },
    {
      claim: 'a Service without endpoints is rejected',
      spec: 'selector: { app: nobody }',
      url: 'tcp://10.96.0.80:80',
      seen: ['refused: ICMP 3/3 of 192.168.61.11'],
    },
    {
      claim: 'a node port answers on the node’s own address',
      spec: 'type: NodePort',
      from: 'laptop',
      url: 'tcp://192.168.61.12:NODEPORT',
      seen: everyPod('192.168.61.12, another port'),
    },
    {
      claim: 'a node port does not answer on 127.0.0.1',
      spec: 'type: NodePort',
      from: 'host01',
      url: 'tcp://127.0.0.1:NODEPORT',
      seen: ['refused: RST of host01'],
    },
    {
      claim: 'a node port of policy Local without a Pod there is dropped',
      spec: 'type: NodePort\nexternalTrafficPolicy: Local\nselector: { app: only }',
      from: 'laptop',
      url: 'tcp://192.168.61.12:NODEPORT',
      seen: ['timed-out: drop in filter INPUT of host02'],
    },
    {
      claim: 'source ranges keep others out before any address is rewritten',
      spec: 'type: LoadBalancer\nloadBalancerSourceRanges: [10.9.0.0/16]',
      from: 'laptop',
      url: 'tcp://BALANCER:80',
      seen: ['timed-out: drop in filter PREROUTING of host02'],
    },
    {
      claim: 'and keep even Pods out where there is no endpoint, with no answer',
      spec: 'type: LoadBalancer\nloadBalancerSourceRanges: [10.9.0.0/16]\nselector: { app: nobody }',
      url: 'tcp://BALANCER:80',
      seen: ['timed-out: drop in filter PREROUTING of host01'],
    },
  ])('$claim', ({ spec = '', from = near, url, seen }) => {
    expect(outcomesOf(labWith(spec), from, url)).toEqual(seen)
  })

  test('affinity keeps a client with its Pod', () => {
    const lab = labWith('sessionAffinity: ClientIP')
    const pods = Array.from({ length: 10 }, (_, seed) =>
      outcome(sendTo(lab, near, 'tcp://10.96.0.80:80', seed)),
    )
    expect(new Set(pods).size).toBe(1)
  })

  test('the look-up is one rule, and the draw names one row of five', () => {
    const trace = sendTo(labWith(''), near, 'tcp://10.96.0.80:80')
    expect(hopOf(trace, 'dispatch').evidence.map(verdicts)).toEqual([
      ['won ip daddr . meta l4proto . th dport vmap @service-ips'],
    ])
    const [choice] = hopOf(trace, 'choose').evidence
    expect(verdicts(choice).filter((each) => each.startsWith('won'))).toHaveLength(1)
    expect(choice?.candidates.map(({ name }) => name)).toEqual([
      'mark-for-masquerade',
      '172.31.1.11:80',
      '172.31.1.12:80',
      '172.31.1.13:80',
      '172.31.2.14:80',
      '172.31.2.15:80',
    ])
    expect(hopOf(trace, 'rewrite').because.length).toBeGreaterThan(0)
  })

  test('the node’s iptables hold only what others keep there', () => {
    const text = labWith('').iptablesSave('host01')
    expect(text).not.toContain('KUBE-SERVICES')
    expect(text).toContain('-A INPUT -j KUBE-FIREWALL')
  })
})

describe('two Services with one external address and port', () => {
  const lab = labWith('externalIPs: [192.168.61.77]')
  const rival = serviceYaml('externalIPs: [192.168.61.77]\nselector: { app: only }')
    .replace('name: web', 'name: zebra')
    .replace('10.96.0.80', '10.96.0.81')
  applyText(lab, 'rival.yaml', rival)

  test('stand in the map once, and the one that is written last has it', () => {
    const listed = lab.nft('host01', { kind: 'ruleset' })
    const text = listed.kind === 'text' ? listed.text : ''
    expect(text.match(/192\.168\.61\.77 \. tcp \. 80/g)).toHaveLength(1)
    expect(outcome(sendTo(lab, near, 'tcp://192.168.61.77:80'))).toMatch(/^only saw/)
  })
})
