/** Health check node ports: a load balancer's question to each node, and what kube-proxy answers. */
import { describe, expect, test } from 'vitest'
import { request } from './chapter-lab.fixture.ts'
import { dualStackLab } from './dual-stack-lab.fixture.ts'
import { applyText, fivePods, kernelLab, outcome, pool, podYaml, serviceYaml } from './kernel-lab.fixture.ts'
import type { Trace } from './trace.ts'

const balanced = serviceYaml('type: LoadBalancer\nexternalTrafficPolicy: Local\nhealthCheckNodePort: 32100')

function ask(lab: ReturnType<typeof kernelLab>, from: string, node: string) {
  return lab.send(request(from, `http://${node}:32100/`))
}

function responseOf({ result }: Trace) {
  return result.kind === 'http' ? result.response : undefined
}

const host01 = '192.168.61.11'
const host02 = '192.168.61.12'

describe('the health check node port of a Service whose traffic stays local', () => {
  const lab = kernelLab(pool, ...fivePods, balanced)

  test('answers 200 with the number of the node’s ready endpoints', () => {
    const response = responseOf(ask(lab, 'laptop', host01))
    expect(response).toMatchObject({ status: 200, reason: 'OK' })
    expect(response?.body).toBe(`{
\t"service": {
\t\t"namespace": "default",
\t\t"name": "web"
\t},
\t"localEndpoints": 3,
\t"serviceProxyHealthy": true
}`)
    expect(response?.headers.map(([name, value]) => `${name}: ${value}`)).toEqual([
      'Content-Type: application/json',
      'X-Content-Type-Options: nosniff',
      'X-Load-Balancing-Endpoint-Weight: 3',
      expect.stringMatching(/^Date: Wed, 25 Nov 2026 01:00:0. GMT$/),
      'Content-Length: 114',
    ])
  })

  test.each(['laptop', 'host01', 'host02', 'pod/default/near', 'pod/default/far'])(
    'answers a request from %s on either node',
    (from) => {
      expect(responseOf(ask(lab, from, host01))?.headers).toContainEqual([
        'X-Load-Balancing-Endpoint-Weight',
        '3',
      ])
      expect(responseOf(ask(lab, from, host02))?.headers).toContainEqual([
        'X-Load-Balancing-Endpoint-Weight',
        '2',
      ])
    },
  )

  test('says which endpoints counted and why the others did not', () => {
    const hop = ask(lab, 'laptop', host02).hops.find(({ title }) => title.id === 'hop.health-check.title')
    expect(
      hop?.evidence[0]?.candidates.map(({ name, verdict, reason }) => [name, verdict, reason.id]),
    ).toEqual([
      ['172.31.1.11 web-1', 'lost', 'reason.endpoint-elsewhere'],
      ['172.31.1.12 web-2', 'lost', 'reason.endpoint-elsewhere'],
      ['172.31.1.13 web-3', 'lost', 'reason.endpoint-elsewhere'],
      ['172.31.2.14 web-4', 'won', 'reason.endpoint-here'],
      ['172.31.2.15 web-5', 'won', 'reason.endpoint-here'],
    ])
  })

  test('is a socket of kube-proxy on the node', () => {
    expect(lab.listeningSockets('host01')).toContainEqual(
      expect.objectContaining({ address: '*', port: 32100, process: 'kube-proxy' }),
    )
  })
})

describe('on a node without a ready endpoint it', () => {
  const notReady = podYaml('web-4', 'host02', '172.31.2.14', 'web').replace(
    'status: "True"',
    'status: "False"',
  )
  const lab = kernelLab(pool, podYaml('web-1', 'host01', '172.31.1.11', 'web'), notReady, balanced)

  test('answers 503', () => {
    const trace = ask(lab, 'laptop', host02)
    expect(responseOf(trace)).toMatchObject({ status: 503, reason: 'Service Unavailable' })
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 503 })
  })

  test('says that the one it has is not ready', () => {
    const hop = ask(lab, 'laptop', host02).hops.find(({ title }) => title.id === 'hop.health-check.title')
    expect(hop?.evidence[0]?.candidates[1]).toMatchObject({ reason: { id: 'reason.endpoint-not-ready' } })
  })
})

describe('a Service whose traffic goes anywhere', () => {
  test('has no such port: the node refuses', () => {
    const lab = kernelLab(pool, ...fivePods, serviceYaml('type: LoadBalancer'))
    expect(outcome(ask(lab, 'laptop', host01))).toMatch(/^refused/)
  })
})

describe('in a dual-stack cluster', () => {
  const asked = (families: string, at: string, kubeProxy = 'iptables') => {
    const lab = dualStackLab(kubeProxy)
    applyText(
      lab,
      'lb.yaml',
      `apiVersion: v1
kind: Service
metadata: { name: lb }
spec:
  type: LoadBalancer
  ${families}
  externalTrafficPolicy: Local
  healthCheckNodePort: 32100
  selector: { app: web }
  ports: [{ port: 80 }]
`,
    )
    return lab.send(request('laptop', `http://${at}:32100/`))
  }
  const ipv6 = 'ipFamilies: [IPv6]'
  const both = 'ipFamilyPolicy: RequireDualStack'
  const noted = (trace: Trace) => {
    const hop = trace.hops.find(({ title }) => title.id === 'hop.health-check.title')
    return hop?.evidence[0]?.candidates.find(({ verdict }) => verdict === 'won')?.id
  }

  test.each([
    { families: ipv6, at: '[fd00:61::11]', counted: 'fd00:10:244:1::11' },
    { families: ipv6, at: '192.168.61.11', counted: 'fd00:10:244:1::11' },
    { families: both, at: '[fd00:61::11]', counted: '172.31.1.11' },
    { families: both, at: '192.168.61.11', counted: '172.31.1.11' },
  ])('a Service with $families is answered for at $at with its endpoint $counted', (row) => {
    const trace = asked(row.families, row.at)
    expect(responseOf(trace)?.status).toBe(200)
    expect(noted(trace)).toBe(row.counted)
  })

  test('where node ports answer at one address of each family, each answers for its own', () => {
    const addresses = 'iptables\nnodePortAddresses: [192.168.61.0/24, "fd00:61::/64"]'
    expect(noted(asked(both, '[fd00:61::11]', addresses))).toBe('fd00:10:244:1::11')
    expect(noted(asked(both, '192.168.61.11', addresses))).toBe('172.31.1.11')
    const alone = asked(ipv6, '192.168.61.11', addresses)
    expect(outcome(alone)).toMatch(/^refused/)
  })
})

describe('the API server', () => {
  test('gives a port to a Service that names none', () => {
    const lab = kernelLab(pool, ...fivePods, serviceYaml('type: LoadBalancer\nexternalTrafficPolicy: Local'))
    const port = lab.state().cluster.services.find(({ ref }) => ref.name === 'web')?.healthCheckNodePort ?? 0
    expect(port).toBeGreaterThanOrEqual(30000)
    expect(responseOf(lab.send(request('laptop', `http://${host01}:${port}/healthz`)))?.status).toBe(200)
  })
})
