/** Services that are no plain ClusterIP, asked from a Pod and from the laptop: what becomes of a request for each. */
import { describe, expect, test } from 'vitest'
import { system } from '../../scenarios/chapter-9/system.ts'
import type { Lab } from '../lab.ts'
import { request } from './chapter-lab.fixture.ts'
import { fivePods, kernelLab, outcome, serviceYaml } from './kernel-lab.fixture.ts'

const dns = system.split('---\n').filter((text) => /name: (kube-dns|coredns)/.test(text))

function service(name: string, spec: string): string {
  return `\napiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`
}

function lab(): Lab {
  return kernelLab(
    ...dns,
    ...fivePods,
    serviceYaml(''),
    service('alias', 'type: ExternalName, externalName: web.default.svc.cluster.local'),
    service('away', 'type: ExternalName, externalName: www.example.com'),
    service('headless', 'clusterIP: None, selector: { app: web }, ports: [{ port: 8080, targetPort: 80 }]'),
    service('nobody', 'clusterIP: None, selector: { app: nobody }, ports: [{ port: 80 }]'),
    service(
      'outside',
      'clusterIP: 10.96.0.92, externalIPs: [192.168.61.77], selector: { app: web }, ports: [{ port: 80 }]',
    ),
  )
}

const send = (from: string, url: string) => lab().send(request(from, url))
const near = 'pod/default/near'

describe('an ExternalName', () => {
  test('of a Service leads to that Service, by its ClusterIP', () => {
    const trace = send(near, 'tcp://alias:80')
    expect(outcome(trace)).toMatch(/^web-\d saw 172\.31\.1\.2, port kept$/)
    expect(trace.hops.find((hop) => hop.kind === 'dispatch')?.subject).toMatchObject({ ref: { name: 'web' } })
  })
  test('of a name that nobody resolves ends at the name', () => {
    expect(send(near, 'http://away/').verdict.kind).toBe('name-not-found')
  })
  test('is no name outside the cluster', () => {
    expect(send('laptop', 'http://alias/').verdict.kind).toBe('name-not-found')
  })
})

describe('a headless Service', () => {
  test('is a Pod’s own address, which no rule rewrites', () => {
    const trace = send(near, 'tcp://headless:80')
    expect(outcome(trace)).toMatch(/^web-\d saw 172\.31\.1\.2, port kept$/)
    const way = trace.hops.filter((hop) => trace.exchanges[hop.exchange]?.kind === 'connect')
    expect(way.map((hop) => hop.kind)).not.toContain('rewrite')
  })
  test('knows no port but the Pod’s: the one that it declares is refused by the Pod', () => {
    expect(outcome(send(near, 'tcp://headless:8080'))).toMatch(/^refused: RST of default\/web-\d$/)
  })
  test('without endpoints is a name that does not exist', () => {
    expect(send(near, 'tcp://nobody:80').verdict.kind).toBe('name-not-found')
  })
})

describe('an external IP', () => {
  test('is rewritten on the Pod’s own node', () => {
    expect(outcome(send(near, 'tcp://192.168.61.77:80'))).toMatch(
      /^web-\d saw 192\.168\.61\.11, another port$/,
    )
  })
  test('is nobody’s on the LAN: nothing answers for it', () => {
    expect(outcome(send('laptop', 'tcp://192.168.61.77:80'))).toBe('unreachable: ICMP 3/1 of 192.168.61.100')
  })
})
