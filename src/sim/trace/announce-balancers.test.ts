import { describe, expect, test } from 'vitest'
import { request } from './chapter-lab.fixture.ts'
import { fivePods, kernelLab, outcome, pool, serviceYaml } from './kernel-lab.fixture.ts'
import { announcedBy } from './announce-balancers.ts'

function labWith(spec: string, ...more: readonly string[]) {
  return kernelLab(...fivePods, serviceYaml(`type: LoadBalancer\n${spec}`), pool, ...more)
}

function first<T>([each]: readonly T[]): T {
  if (each === undefined) throw new Error('none')
  return each
}

function announcers(spec: string): readonly string[] {
  const { cluster } = labWith(spec)
  return cluster.nodes
    .filter((node) => announcedBy(cluster, node).includes(address(cluster)))
    .map((node) => node.ref.name)
}

function address(cluster: ReturnType<typeof labWith>['cluster']) {
  const found = cluster.services.find((each) => each.ref.name === 'web')?.loadBalancerIngress[0]?.ip
  if (found === undefined) throw new Error('no address')
  return found
}

describe('the address of a pool', () => {
  test.each([
    { spec: '', by: ['host02'], why: 'the node with the smallest hash of NODE#ADDRESS' },
    {
      spec: 'externalTrafficPolicy: Local\nselector: { app: web }',
      by: ['host02'],
      why: 'a node with an endpoint',
    },
    { spec: 'selector: { app: nobody }', by: [], why: 'nobody where nothing serves' },
  ])('is announced by $why', ({ spec, by }) => {
    expect(announcers(spec)).toEqual(by)
  })
  test('moves to a node with an endpoint where the policy is Local', () => {
    const lab = kernelLab(
      ...fivePods.filter((each) => !each.includes('host02')),
      serviceYaml('type: LoadBalancer\nexternalTrafficPolicy: Local'),
      pool,
    )
    expect(announcedBy(lab.cluster, first(lab.cluster.nodes))).toEqual(['192.168.61.200'])
  })
  test('is on no interface, and rules take its packets all the same', () => {
    const trace = labWith('').send(request('laptop', 'tcp://192.168.61.200:80'))
    expect(outcome(trace)).toMatch(/^web-\d saw 192\.168\.61\.12, another port$/)
  })
  test('is nobody’s where no endpoint serves, as the sender’s own kernel says after three seconds', () => {
    const trace = labWith('selector: { app: nobody }').send(request('laptop', 'tcp://192.168.61.200:80'))
    expect(outcome(trace)).toBe('unreachable: ICMP 3/1 of 192.168.61.100')
    expect(Math.round(trace.endedAtMs - trace.startedAtMs)).toBe(3000)
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
    const trace = labWith('', cloud).send(request('laptop', 'tcp://203.0.113.7:80'))
    expect(trace.verdict.kind).toBe('unknown')
    expect(trace.hops.at(-1)).toMatchObject({ basis: 'not-modelled', place: { host: '192.168.61.1' } })
  })
  test('is rewritten by the rules of a Pod’s own node', () => {
    const trace = labWith('', cloud).send(request('pod/default/near', 'tcp://203.0.113.7:80'))
    expect(outcome(trace)).toMatch(/^web-\d saw /)
  })
})
