import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Lab } from '../lab.ts'
import { ip } from '../network/address.ts'
import { announcementOf } from './announce-balancers.ts'
import { fivePods, kernelLab, onlyNear, outcome, sendTo, serviceYaml } from './kernel-lab.fixture.ts'

const poolAlone = `
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: pool, namespace: metallb-system, labels: { zone: lan } }
spec: { addresses: [192.168.61.200-192.168.61.210] }
`
const namespace = '\napiVersion: v1\nkind: Namespace\nmetadata: { name: metallb-system }\n'

function advertisement(spec: string, where = 'metallb-system'): string {
  return `
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: { name: lan, namespace: ${where} }
spec: ${spec}
`
}

const address = ip('192.168.61.200')
const balanced = (spec: string, ...more: readonly string[]) =>
  kernelLab(namespace, poolAlone, ...fivePods, ...more, serviceYaml(`type: LoadBalancer\n${spec}`))

function verdicts(lab: Lab): readonly string[] {
  const announcement = announcementOf(lab.cluster, address)
  return (announcement?.candidates ?? []).map(({ node, verdict }) => `${node} ${verdict}`)
}

function winner(lab: Lab): string | undefined {
  return announcementOf(lab.cluster, address)?.node
}

/** The nodes by their hashes, worked out by another library. */
const byHash = ['host01', 'host02'].toSorted((a, b) => (hash(a) < hash(b) ? -1 : 1))

function hash(node: string): string {
  return createHash('sha256').update(`${node}#${address}`).digest('hex')
}

const [first = '', second = ''] = byHash
const patchNode = (lab: Lab, name: string, body: Parameters<Lab['patch']>[1]) =>
  lab.patch({ kind: 'Node', namespace: '', name }, body)
const notReady = (status: string) => ({ status: { conditions: [{ type: 'Ready', status }] } })

describe('a balancer’s address', () => {
  test('is answered for by the node with the smallest SHA-256 of NODE#ADDRESS', () => {
    const lab = balanced('', advertisement('{}'))
    expect(verdicts(lab)).toEqual([`${first} smallest`, `${second} larger`])
    expect(announcementOf(lab.cluster, address)?.candidates.map((each) => each.hash)).toEqual(
      byHash.map(hash),
    )
  })

  test('goes to the next node in order when that one fails, and comes back with it', () => {
    const lab = balanced('', advertisement('{}'))
    patchNode(lab, first, notReady('False'))
    expect(verdicts(lab)).toEqual([`${first} node-not-ready`, `${second} smallest`])
    patchNode(lab, first, notReady('True'))
    expect(winner(lab)).toBe(first)
  })

  test.each([
    { spec: '{ ipAddressPools: [pool] }', answers: first },
    { spec: '{ ipAddressPools: [other] }', answers: undefined },
    { spec: '{ ipAddressPoolSelectors: [{ matchLabels: { zone: lan } }] }', answers: first },
    { spec: '{ ipAddressPoolSelectors: [{ matchLabels: { zone: wan } }] }', answers: undefined },
    {
      spec: `{ nodeSelectors: [{ matchExpressions: [{ key: name, operator: Exists }] }] }`,
      answers: undefined,
    },
    { spec: '{ interfaces: [eth0] }', answers: first },
    { spec: '{ interfaces: [eth1] }', answers: undefined },
  ])('is answered for by $answers where the L2Advertisement says $spec', ({ spec, answers }) => {
    expect(winner(balanced('', advertisement(spec)))).toBe(answers)
  })

  test('stays on the nodes that a selector names', () => {
    const lab = balanced('', advertisement('{ nodeSelectors: [{ matchLabels: { edge: "yes" } }] }'))
    patchNode(lab, second, { metadata: { labels: { edge: 'yes' } } })
    expect(verdicts(lab)).toEqual([`${first} not-selected`, `${second} smallest`])
  })

  test('is not announced from a node that is labelled to be left out', () => {
    const lab = balanced('', advertisement('{}'))
    patchNode(lab, first, {
      metadata: { labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': '' } },
    })
    expect(verdicts(lab)).toEqual([`${first} excluded`, `${second} smallest`])
  })

  test('is announced only from nodes with a serving endpoint where the policy is Local', () => {
    const lab = balanced(
      'externalTrafficPolicy: Local\nselector: { app: only }',
      onlyNear,
      advertisement('{}'),
    )
    expect(winner(lab)).toBe('host01')
    expect(verdicts(lab)).toContain('host02 no-endpoint')
  })

  test('needs a speaker that is ready, where a cluster has them as Pods', () => {
    const speaker = `
apiVersion: v1
kind: Pod
metadata: { name: speaker, namespace: metallb-system }
spec: { nodeName: ${second}, hostNetwork: true, containers: [{ name: speaker, image: "quay.io/metallb/speaker:v0.15.2" }] }
`
    expect(verdicts(balanced('', speaker, advertisement('{}')))).toEqual([
      `${first} no-speaker`,
      `${second} smallest`,
    ])
  })

  test('is announced by nobody without an L2Advertisement, or by one of another namespace', () => {
    expect(announcementOf(balanced('').cluster, address)).toMatchObject({ nobody: 'no-advertisement' })
    expect(winner(balanced('', advertisement('{}', 'default')))).toBeUndefined()
  })

  test('is announced by nobody while no endpoint serves', () => {
    const lab = balanced('selector: { app: nobody }', advertisement('{}'))
    expect(announcementOf(lab.cluster, address)).toMatchObject({ nobody: 'no-endpoint' })
  })

  test('is nobody’s business here where no pool has it', () => {
    expect(announcementOf(balanced('', advertisement('{}')).cluster, ip('192.168.61.150'))).toBeUndefined()
  })
})

describe('a request to a balancer’s address', () => {
  test('shows which node answered ARP, why the others did not, and the lines behind it', () => {
    const trace = sendTo(balanced('', advertisement('{}')), 'laptop', 'http://BALANCER/')
    const hop = trace.hops.find(({ title }) => title.id === 'hop.enter-balancer.title')
    expect(
      hop?.evidence[0]?.candidates.map(({ name, verdict, reason }) => [name, verdict, reason.id]),
    ).toEqual([
      [first, 'won', 'reason.announcer-smallest'],
      [second, 'lost', 'reason.announcer-larger'],
    ])
    expect(hop?.evidence[0]?.texts[0]?.text).toBe(`sha256("${first}#${address}") = ${hash(first)}`)
    expect(new Set(hop?.because.map(({ object }) => object.kind))).toEqual(
      new Set(['IPAddressPool', 'L2Advertisement', 'Service']),
    )
  })

  test('is lost on the LAN where nobody announces it, which the trace says node by node', () => {
    const trace = sendTo(balanced(''), 'laptop', 'http://BALANCER/')
    expect(trace.verdict.kind).toBe('unreachable')
    const hop = trace.hops.find(({ title }) => title.id === 'hop.not-announced.title')
    expect(hop?.evidence[0]?.candidates.map(({ reason }) => reason.id)).toEqual([
      'reason.announcer-no-advertisement',
      'reason.announcer-no-advertisement',
    ])
  })

  test('that another balancer gave ends as not known', () => {
    const lab = kernelLab(...fivePods, serviceYaml('type: LoadBalancer'))
    lab.patch(
      { kind: 'Service', namespace: 'default', name: 'web' },
      { status: { loadBalancer: { ingress: [{ ip: '192.168.61.150' }] } } },
    )
    const trace = sendTo(lab, 'laptop', 'http://BALANCER/')
    expect(trace.verdict.kind).toBe('unknown')
  })
})

describe('a balancer’s address on the LAN', () => {
  test('is on no interface, and rules take its packets all the same', () => {
    const trace = sendTo(balanced('', advertisement('{}')), 'laptop', 'tcp://BALANCER:80')
    expect(outcome(trace)).toMatch(/^web-\d saw 192\.168\.61\.12, another port$/)
  })
  test('is nobody’s where no endpoint serves, as the sender’s own kernel says after three seconds', () => {
    const trace = sendTo(
      balanced('selector: { app: nobody }', advertisement('{}')),
      'laptop',
      'tcp://BALANCER:80',
    )
    expect(outcome(trace)).toBe('unreachable: ICMP 3/1 of 192.168.61.100')
    expect(Math.round(trace.endedAtMs - trace.startedAtMs)).toBe(3000)
    expect(trace.hops.map(({ title }) => title.id)).toContain('hop.not-announced-endpoint.title')
  })
})

describe('a load balancer’s address outside the LAN', () => {
  const cloud = `
apiVersion: v1
kind: Service
metadata: { name: cloud }
spec: { type: LoadBalancer, clusterIP: 10.96.0.90, selector: { app: web }, ports: [{ port: 80 }] }
status: { loadBalancer: { ingress: [{ ip: 203.0.113.7 }] } }
`
  test('is not modelled from outside, and says so', () => {
    const trace = sendTo(balanced('', cloud), 'laptop', 'tcp://203.0.113.7:80')
    expect(trace.verdict.kind).toBe('unknown')
    expect(trace.hops.at(-1)).toMatchObject({ basis: 'not-modelled', place: { host: '192.168.61.1' } })
  })
  test('is rewritten by the rules of a Pod’s own node', () => {
    const trace = sendTo(balanced('', cloud), 'pod/default/near', 'tcp://203.0.113.7:80')
    expect(outcome(trace)).toMatch(/^web-\d saw /)
  })
})
