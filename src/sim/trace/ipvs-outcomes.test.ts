/**
 * What becomes of Service traffic in IPVS mode: a line an outcome. Not measured (no kernel with ip_vs was at hand); each follows from
 * pkg/proxy/ipvs/proxier.go and Linux net/netfilter/ipvs.
 */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../lab.ts'
import { parseFile } from '../manifest/parse-file.ts'
import { hopOf, request } from './chapter-lab.fixture.ts'
import {
  applyText,
  fivePods,
  kernelLab,
  onlyNear,
  openRun,
  openToWeb,
  outcome,
  pool,
  sendTo,
  serviceYaml,
} from './kernel-lab.fixture.ts'
import { sendRequest } from './tcp-data.ts'

const near = 'pod/default/near'
const nodePort = 'type: NodePort\n'
const local = 'type: NodePort\nexternalTrafficPolicy: Local\n'

/** The lab of two nodes in IPVS mode, with one Service. */
function labWith(spec: string, ipvs = '', version = 'v1.32.5'): Lab {
  const lab = kernelLab(...fivePods, onlyNear, pool, serviceYaml(spec))
  const config = `
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: ipvs
clusterCIDR: 172.31.0.0/16
ipvs: { ${ipvs} }
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: ${version}
networking: { podSubnet: 172.31.0.0/16, serviceSubnet: 10.96.0.0/12 }
`
  const { diagnostics } = lab.apply(parseFile('proxy.yaml', config), config, { load: true })
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics))
  return lab
}

function outcomes(lab: Lab, from: string, url: string, times: number): readonly string[] {
  return Array.from({ length: times }, () => outcome(sendTo(lab, from, url)))
}

const cases: readonly {
  readonly claim: string
  readonly spec?: string
  readonly version?: string
  readonly from: string
  readonly url: string
  readonly seen: readonly string[]
}[] = [
  {
    claim: 'a Pod has the real servers in strict turns, and keeps its address',
    from: near,
    url: 'http://10.96.0.80/',
    seen: ['web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-1'].map(
      (pod) => `${pod} saw 172.31.1.2, port kept`,
    ),
  },
  {
    claim: 'the node itself is masqueraded: its source would be the ClusterIP',
    from: 'host01',
    url: 'http://10.96.0.80/',
    seen: ['web-1 saw 192.168.61.11, another port', 'web-2 saw 192.168.61.11, another port'],
  },
  {
    claim: 'a Pod reaches itself by its own Service, masqueraded by KUBE-LOOP-BACK',
    from: 'pod/default/web-1',
    url: 'http://10.96.0.80/',
    seen: ['web-1 saw 192.168.61.11, port kept', 'web-2 saw 172.31.1.11, port kept'],
  },
  {
    claim: 'a node port answers on each node, masqueraded',
    spec: nodePort,
    from: 'laptop',
    url: 'http://192.168.61.12:NODEPORT/',
    seen: ['web-1 saw 192.168.61.12, another port', 'web-2 saw 192.168.61.12, another port'],
  },
  {
    claim: 'a node port does not answer on localhost',
    spec: nodePort,
    from: 'host01',
    url: 'http://127.0.0.1:NODEPORT/',
    seen: ['refused: RST of host01'],
  },
  {
    claim: 'externalTrafficPolicy Local keeps the client’s address and the node’s own Pods',
    spec: local,
    from: 'laptop',
    url: 'http://192.168.61.12:NODEPORT/',
    seen: ['web-4', 'web-5', 'web-4'].map((pod) => `${pod} saw 192.168.61.100, port kept`),
  },
  {
    claim:
      'externalTrafficPolicy Local without a Pod there goes on all the same, and the Pod’s own answer is nobody’s',
    spec: `${local}selector: { app: only }`,
    from: 'laptop',
    url: 'http://192.168.61.12:NODEPORT/',
    seen: ['timed-out: drop in socket of laptop'],
  },
  {
    claim: 'internalTrafficPolicy Local keeps to the node’s own Pods',
    spec: 'internalTrafficPolicy: Local',
    from: 'pod/default/far',
    url: 'http://10.96.0.80/',
    seen: ['web-4', 'web-5', 'web-4'].map((pod) => `${pod} saw 172.31.2.2, port kept`),
  },
  {
    claim: 'an external balancer’s address is kube-ipvs0’s, and masqueraded',
    spec: 'type: LoadBalancer',
    from: 'laptop',
    url: 'http://BALANCER/',
    seen: ['web-1 saw 192.168.61.11, another port'],
  },
  {
    claim: 'source ranges keep others out without an answer',
    spec: 'type: LoadBalancer\nloadBalancerSourceRanges: [10.9.0.0/16]',
    from: 'laptop',
    url: 'http://BALANCER/',
    seen: ['timed-out: drop in filter INPUT of host01'],
  },
  {
    claim: 'no endpoint: refused at once by the empty virtual server',
    spec: 'selector: { app: nobody }',
    from: near,
    url: 'http://10.96.0.80/',
    seen: ['refused: ICMP 3/3 of 10.96.0.80'],
  },
  {
    claim: 'no endpoint, for the node itself',
    spec: 'selector: { app: nobody }',
    from: 'host01',
    url: 'http://10.96.0.80/',
    seen: ['refused: ICMP 3/3 of 10.96.0.80'],
  },
  {
    claim: 'a port that is not declared: refused by KUBE-IPVS-FILTER',
    from: near,
    url: 'http://10.96.0.80:81/',
    seen: ['refused: ICMP 3/3 of 10.96.0.80'],
  },
  {
    claim: 'ping from v1.27 on: refused by KUBE-IPVS-FILTER',
    from: near,
    url: 'ping 10.96.0.80',
    seen: ['unreachable: ICMP 3/3 of 10.96.0.80'],
  },
  {
    claim: 'ping before v1.27: the node itself answers',
    version: 'v1.26.15',
    from: near,
    url: 'ping 10.96.0.80',
    seen: ['host01 saw 172.31.1.2'],
  },
  {
    claim: 'a port that is not declared before v1.27: the node’s kernel resets',
    version: 'v1.26.15',
    from: near,
    url: 'http://10.96.0.80:81/',
    seen: ['refused: RST of host01'],
  },
]

describe('a request in IPVS mode', () => {
  test.each(cases)('$claim', ({ spec = '', version, from, url, seen }) => {
    expect(outcomes(labWith(spec, '', version), from, url, seen.length)).toEqual(seen)
  })
  test('before v1.27 the node’s own sshd listens behind a Service’s address', () => {
    expect(sendTo(labWith('', '', 'v1.26.15'), near, 'tcp://10.96.0.80:22').verdict.kind).toBe('answered')
    expect(sendTo(labWith(''), near, 'tcp://10.96.0.80:22').verdict.kind).toBe('refused')
  })
})

describe('the schedulers', () => {
  const pods = (scheduler: string, times: number) =>
    outcomes(labWith('', `scheduler: ${scheduler}`), near, 'http://10.96.0.80/', times).map((line) =>
      line.slice(0, 5),
    )

  test.each([
    { scheduler: 'wrr', seen: ['web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-1'] },
    { scheduler: 'lc', seen: ['web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-1'] },
    { scheduler: 'sed', seen: ['web-1', 'web-1'] }, // the connections before are closed, and only active ones count
    { scheduler: 'nq', seen: ['web-1', 'web-1'] },
  ])('$scheduler chooses $seen', ({ scheduler, seen }) => {
    expect(pods(scheduler, seen.length)).toEqual(seen)
  })
  test.each(['sh', 'dh'])('%s has the same real server for the same address', (scheduler) => {
    expect(new Set(pods(scheduler, 4)).size).toBe(1)
  })
  test('one that is not modelled is said, and never ends green', () => {
    const trace = sendTo(labWith('', 'scheduler: mh'), near, 'http://10.96.0.80/')
    expect(trace.verdict.kind).toBe('unknown')
    expect(hopOf(trace, 'drop').basis).toBe('not-modelled')
  })
})

describe('sessionAffinity ClientIP in IPVS mode', () => {
  const affinity = 'sessionAffinity: ClientIP\nsessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }'

  test('keeps a client with its real server, and gives the next client the next', () => {
    const lab = labWith(affinity)
    const seen = [near, near, 'pod/default/web-3', near].map((from) =>
      outcome(sendTo(lab, from, 'http://10.96.0.80/')),
    )
    expect(seen.map((line) => line.slice(0, 5))).toEqual(['web-1', 'web-1', 'web-2', 'web-1'])
  })
  test('forgets the client when its time is over and its connections have ended', () => {
    const lab = labWith(affinity)
    sendTo(lab, near, 'http://10.96.0.80/')
    lab.advance(181_000)
    expect(outcome(sendTo(lab, near, 'http://10.96.0.80/'))).toContain('web-2')
  })
  test('names the template as what decided', () => {
    const lab = labWith(affinity)
    sendTo(lab, near, 'http://10.96.0.80/')
    const { title } = hopOf(sendTo(lab, near, 'http://10.96.0.80/'), 'choose')
    expect(title.id).toBe('hop.ipvs-choose-template.title')
  })
})

describe('a real server that is removed under an open connection', () => {
  const lab = labWith('')
  const before = openRun(lab.cluster)
  const connection = openToWeb(before, near)
  applyText(lab, 'web.yaml', serviceYaml('selector: { app: only }'))
  const after = openRun(lab.cluster, { kernels: before.world.kernels() })

  test('stays with weight 0 and serves the connection', () => {
    const real = after.world.netfilter('host01').ipvs?.servers.find(({ port }) => port === 80)?.realServers
    expect(real).toEqual([
      { address: '172.31.1.11', port: 80, weight: 0, leaving: true },
      { address: '172.31.1.20', port: 80, weight: 1 },
    ])
    const exchange = after.recorder.open('connect', 'client', { id: 'exchange.connect', values: {} })
    const payload = { protocol: 'data', summary: 'more', bytes: 4 } as const
    expect(sendRequest(after, exchange, connection, payload)).toBe('arrived')
  })
  test('gets no new connection', () => {
    expect(openToWeb(after, near).server.host).toBe('default/only')
  })
  test('is gone with its last connection', () => {
    after.world.passed(901_000)
    openToWeb(after, near)
    const real = after.world.netfilter('host01').ipvs?.servers.find(({ port }) => port === 80)?.realServers
    expect(real?.map(({ address }) => address)).toEqual(['172.31.1.20'])
  })
})

describe('a Pod that is deleted while the SYN is on its way to it', () => {
  test('is left for another, once kube-proxy has given it weight 0 and a SYN has been given up for that', () => {
    const lab = labWith('')
    const trace = lab.send({
      ...request(near, 'tcp://10.96.0.80:80'),
      interruptions: [{ beforeHop: 7, deletePod: { namespace: 'default', name: 'web-1' } }],
    })
    expect(trace.verdict.kind).toBe('answered')
    expect(trace.hops.map(({ title }) => title.id)).toContain('hop.ipvs-dropped.title')
    expect(outcome(trace)).toContain('web-2')
  })
})

describe('a Service that was asked by its node port', () => {
  test('shows the real servers of that very virtual server', () => {
    const lab = labWith(nodePort)
    const [choice] = hopOf(sendTo(lab, 'laptop', 'http://192.168.61.11:NODEPORT/'), 'choose').evidence
    expect(choice?.candidates[0]?.id).toMatch(/^ipvs tcp 192\.168\.61\.11:\d+ 172\.31\.1\.11:80$/)
  })
})

describe('the evidence of an IPVS request', () => {
  const trace = sendTo(labWith(nodePort), near, 'http://10.96.0.80/')

  test('shows the virtual server found, every real server and why it lost', () => {
    expect(hopOf(trace, 'dispatch').evidence[0]?.texts[0]?.text).toBe('TCP  10.96.0.80:80 rr')
    const [choice] = hopOf(trace, 'choose').evidence
    expect(choice?.candidates.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      '172.31.1.11:80 won',
      '172.31.1.12:80 lost',
      '172.31.1.13:80 lost',
      '172.31.2.14:80 lost',
      '172.31.2.15:80 lost',
    ])
  })
  test('has conntrack’s line as one that a DNAT would have left', () => {
    expect(hopOf(trace, 'rewrite').conntrack?.line).toMatch(
      /src=172.31.1.2 dst=10.96.0.80 sport=(\d+) dport=80 \[UNREPLIED\] src=172.31.1.11 dst=172.31.1.2 sport=80 dport=\1/,
    )
  })
  test('leads to the manifest lines of the Service and the endpoint', () => {
    expect(hopOf(trace, 'rewrite').because.map(({ object }) => object.kind)).toContain('Service')
  })
  test('counts the rules that were tried, which no number of Services makes more', () => {
    expect(trace.hops.reduce((sum, hop) => sum + (hop.rulesTried ?? 0), 0)).toBeLessThan(30)
  })
})
