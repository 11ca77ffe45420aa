/** What Linux does with Service traffic in iptables mode, as it was measured on real kernels (6.18, iptables 1.8.9): a line an outcome. */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../lab.ts'
import { cidr, ip } from '../network/address.ts'
import type { Network, Route } from '../network/network.ts'
import { hopOf, request } from './chapter-lab.fixture.ts'
import { datagram, sendDatagram } from './datagram.ts'
import {
  applyText,
  calicoPool,
  fivePods,
  kernelLab,
  openRun,
  outcome,
  partyAt,
  pool,
  podYaml,
  serviceYaml,
} from './kernel-lab.fixture.ts'
import type { Run } from './run.ts'
import { connect } from './tcp-connect.ts'
import { flightOf } from './tcp-connection.ts'
import { sendRequest } from './tcp-data.ts'
import type { Trace } from './trace.ts'

const local = 'selector: { app: web }\nexternalTrafficPolicy: Local\ntype: NodePort\n'
const balanced = 'selector: { app: web }\ntype: LoadBalancer\n'
const onlyNear = podYaml('only', 'host01', '172.31.1.20', 'only')

const closed = podYaml('closed', 'host02', '172.31.2.21', 'closed').replace(', 5353/UDP', '')
/** An endpoint by hand, at an address of host01's that no Pod has. */
const goneSlice = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-by-hand, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: tcp, port: 80, protocol: TCP }, { name: udp, port: 5353, protocol: UDP }]
endpoints: [{ addresses: [172.31.1.99], nodeName: host01 }]
`

/** The lab with one Service; in a URL `NODEPORT` is its TCP node port and `BALANCER` its address of the pool. */
function labWith(spec: string): Lab {
  const byHand = spec.includes('app: gone') ? [goneSlice] : []
  return kernelLab(...fivePods, onlyNear, closed, pool, serviceYaml(spec), ...byHand)
}

function send(lab: Lab, from: string, url: string, seed = 1): Trace {
  const web = lab.cluster.services.find((each) => each.ref.name === 'web')
  const asked = url
    .replace('NODEPORT', String(web?.ports[0]?.nodePort))
    .replace('BALANCER', String(web?.loadBalancerIngress[0]?.ip))
  return lab.send({ ...request(from, asked), seed })
}

/** Every outcome that twenty seeds give, sorted. */
function outcomes(spec: string, from: string, url: string): readonly string[] {
  const lab = labWith(spec)
  const seen = Array.from({ length: 20 }, (_, seed) => outcome(send(lab, from, url, seed)))
  return [...new Set(seen)].toSorted()
}

const fromPod = (name: string) => `pod/default/${name}`
const all = (saw: string) => ['web-1', 'web-2', 'web-3', 'web-4', 'web-5'].map((pod) => `${pod} saw ${saw}`)
const onHost01 = (saw: string) => all(saw).slice(0, 3)

const measured: readonly {
  readonly claim: string
  readonly spec?: string
  readonly from: string
  readonly url: string
  readonly seen: readonly string[]
}[] = [
  {
    claim: 'a Pod’s address and port arrive unchanged, on either node',
    from: fromPod('near'),
    url: 'tcp://10.96.0.80:80',
    seen: all('172.31.1.2, port kept'),
  },
  {
    claim: 'a Pod that hits itself sees the node’s address and another port',
    spec: 'selector: { app: only }',
    from: fromPod('only'),
    url: 'tcp://10.96.0.80:80',
    seen: ['only saw 192.168.61.11, another port'],
  },
  {
    claim: 'a node is seen by its LAN address and never by its own port, on either node',
    from: 'host01',
    url: 'tcp://10.96.0.80:80',
    seen: all('192.168.61.11, another port'),
  },
  {
    claim: 'a node port of policy Cluster reaches all Pods, from the node that was asked',
    spec: 'type: NodePort',
    from: 'laptop',
    url: 'tcp://192.168.61.12:NODEPORT',
    seen: all('192.168.61.12, another port'),
  },
  {
    claim: 'a node port of policy Local reaches local Pods alone and keeps the client’s address and port',
    spec: local,
    from: 'laptop',
    url: 'tcp://192.168.61.11:NODEPORT',
    seen: onHost01('192.168.61.100, port kept'),
  },
  {
    claim: 'a node port of policy Local on a node without a Pod is dropped in INPUT, without a RST',
    spec: `${local}selector: { app: only }`.replace('selector: { app: web }\n', ''),
    from: 'laptop',
    url: 'tcp://192.168.61.12:NODEPORT',
    seen: ['timed-out: drop in filter INPUT of host02'],
  },
  {
    claim: 'a node port of policy Local reaches all endpoints from a process of that node',
    spec: local,
    from: 'host02',
    url: 'tcp://192.168.61.12:NODEPORT',
    seen: all('192.168.61.12, another port'),
  },
  {
    claim: 'a node port of policy Local reaches all endpoints from a Pod of that node',
    spec: local,
    from: fromPod('far'),
    url: 'tcp://192.168.61.12:NODEPORT',
    seen: all('172.31.2.2, port kept'),
  },
  {
    claim:
      'a node port of policy Local, asked by a Pod of another node, is answered where the answer comes back that way alone',
    spec: local,
    from: fromPod('far'),
    url: 'tcp://192.168.61.11:NODEPORT',
    // web-4 and web-5 stand on the Pod’s own node: they answer it directly, and it knows no such connection.
    seen: ['timed-out: drop in socket of default/far', ...onHost01('172.31.2.2, port kept')],
  },
  {
    claim:
      'a node’s SYN to a Service whose only endpoint nobody has is sent again in vain, as if it had left',
    spec: 'selector: { app: gone }',
    from: 'host01',
    url: 'tcp://10.96.0.80:80',
    seen: ['timed-out: drop in routing of host01'],
  },
  {
    claim: 'a node’s datagram to that Service fails at once',
    spec: 'selector: { app: gone }',
    from: 'host01',
    url: 'udp://10.96.0.80:5353',
    seen: ['unreachable: Invalid argument'],
  },
  {
    claim: 'a datagram of a node that its own rule drops is not sent',
    spec: 'internalTrafficPolicy: Local\nselector: { app: only }',
    from: 'host02',
    url: 'udp://10.96.0.80:5353',
    seen: ['unreachable: Operation not permitted'],
  },
  {
    claim: 'a node port answers on 127.0.0.1, where Pods see the node’s address',
    spec: 'type: NodePort',
    from: 'host01',
    url: 'tcp://127.0.0.1:NODEPORT',
    seen: all('192.168.61.11, another port'),
  },
  {
    claim: 'a port that is nobody’s is refused by the node’s RST',
    from: 'laptop',
    url: 'tcp://192.168.61.11:31999',
    seen: ['refused: RST of host01'],
  },
  {
    claim: 'a ping to a ClusterIP is lost at the LAN’s router',
    from: fromPod('near'),
    url: 'ping 10.96.0.80',
    seen: ['timed-out: silence in routing of 192.168.61.1'],
  },
  {
    claim: 'a ping to a ClusterIP from a node is lost there too',
    from: 'host01',
    url: 'ping 10.96.0.80',
    seen: ['timed-out: silence in routing of 192.168.61.1'],
  },
  {
    claim: 'TCP to an undeclared port of a ClusterIP goes the very same way and is not refused',
    from: fromPod('near'),
    url: 'tcp://10.96.0.80:81',
    seen: ['timed-out: silence in routing of 192.168.61.1'],
  },
  {
    claim: 'UDP to an undeclared port of a ClusterIP goes the very same way',
    from: fromPod('near'),
    url: 'udp://10.96.0.80:80',
    seen: ['timed-out: silence in routing of 192.168.61.1'],
  },
  {
    claim: 'a Pod address that nobody has is silence from afar',
    from: fromPod('near'),
    url: 'tcp://172.31.2.99:80',
    seen: ['timed-out: drop in routing of host02'],
  },
  {
    claim: 'a Pod address that nobody has is silence for a Pod of its own node',
    from: fromPod('near'),
    url: 'tcp://172.31.1.99:80',
    seen: ['timed-out: drop in routing of host01'],
  },
  {
    claim: 'a Pod address that nobody has cannot be sent to from its own node',
    from: 'host01',
    url: 'tcp://172.31.1.99:80',
    seen: ['unreachable: Invalid argument'],
  },
  {
    claim: 'a Service without endpoints is refused by the node’s ICMP, not by a RST',
    spec: 'selector: { app: nobody }',
    from: fromPod('near'),
    url: 'tcp://10.96.0.80:80',
    seen: ['refused: ICMP 3/3 of 192.168.61.11'],
  },
  {
    claim: 'a Service without endpoints refuses UDP in the same way',
    spec: 'selector: { app: nobody }',
    from: fromPod('near'),
    url: 'udp://10.96.0.80:5353',
    seen: ['refused: ICMP 3/3 of 192.168.61.11'],
  },
  {
    claim: 'a Service without endpoints refuses a node’s own UDP',
    spec: 'selector: { app: nobody }',
    from: 'host01',
    url: 'udp://10.96.0.80:5353',
    seen: ['refused: ICMP 3/3 of 192.168.61.11'],
  },
  {
    claim: 'a node port without endpoints is refused from the address that was asked',
    spec: 'selector: { app: nobody }\ntype: NodePort',
    from: 'host01',
    url: 'tcp://127.0.0.1:NODEPORT',
    seen: ['refused: ICMP 3/3 of 127.0.0.1'],
  },
  {
    claim: 'internalTrafficPolicy Local reaches local Pods alone',
    spec: 'internalTrafficPolicy: Local',
    from: fromPod('near'),
    url: 'tcp://10.96.0.80:80',
    seen: onHost01('172.31.1.2, port kept'),
  },
  {
    claim: 'internalTrafficPolicy Local without a local Pod is dropped in FORWARD',
    spec: 'internalTrafficPolicy: Local\nselector: { app: only }',
    from: fromPod('far'),
    url: 'tcp://10.96.0.80:80',
    seen: ['timed-out: drop in filter FORWARD of host02'],
  },
  {
    claim: 'internalTrafficPolicy Local leaves the node port alone',
    spec: 'internalTrafficPolicy: Local\nselector: { app: only }\ntype: NodePort',
    from: 'laptop',
    url: 'tcp://192.168.61.12:NODEPORT',
    seen: ['only saw 192.168.61.12, another port'],
  },
  {
    claim: 'an ICMP error about a rewritten packet has the ClusterIP as its sender',
    spec: 'selector: { app: closed }',
    from: fromPod('near'),
    url: 'udp://10.96.0.80:5353',
    seen: ['refused: ICMP 3/3 of 10.96.0.80'],
  },
  {
    claim: 'source ranges drop in FORWARD who is not in them, unrewritten',
    spec: `${balanced}loadBalancerSourceRanges: [203.0.113.0/24]`,
    from: 'laptop',
    url: 'tcp://BALANCER:80',
    seen: ['timed-out: drop in filter FORWARD of host02'],
  },
  {
    claim: 'source ranges drop Pods too',
    spec: `${balanced}loadBalancerSourceRanges: [203.0.113.0/24]`,
    from: fromPod('near'),
    url: 'tcp://BALANCER:80',
    seen: ['timed-out: drop in filter FORWARD of host01'],
  },
  {
    claim: 'source ranges drop nodes in OUTPUT',
    spec: `${balanced}loadBalancerSourceRanges: [203.0.113.0/24]`,
    from: 'host01',
    url: 'tcp://BALANCER:80',
    seen: ['timed-out: drop in filter OUTPUT of host01'],
  },
  {
    claim: 'source ranges let in who is in them',
    spec: `${balanced}loadBalancerSourceRanges: [192.168.61.0/24]`,
    from: 'laptop',
    url: 'tcp://BALANCER:80',
    seen: all('192.168.61.12, another port'),
  },
  {
    claim: 'source ranges leave the node port open to all',
    spec: `${balanced}loadBalancerSourceRanges: [203.0.113.0/24]`,
    from: 'laptop',
    url: 'tcp://192.168.61.11:NODEPORT',
    seen: all('192.168.61.11, another port'),
  },
  {
    claim: 'a client outside without a route to the Service range has the router’s silence',
    from: 'laptop',
    url: 'tcp://10.96.0.80:80',
    seen: ['timed-out: silence in routing of 192.168.61.1'],
  },
]

test.each(measured)('$claim', ({ spec = '', from, url, seen }) => {
  expect(outcomes(spec, from, url)).toEqual(seen)
})

describe('with natOutgoing of Calico’s IPPool', () => {
  const outside = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: api-1, labels: { kubernetes.io/service-name: api } }
addressType: IPv4
ports: [{ name: "", port: 10250 }]
endpoints: [{ addresses: [192.168.61.12] }]
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { clusterIP: 10.96.0.81, ports: [{ port: 443, targetPort: 10250 }] }
`
  const lab = (spec = '') => kernelLab(...fivePods, onlyNear, calicoPool(true), serviceYaml(spec), outside)
  const sourcesAt = (trace: Trace, host: string) =>
    new Set(trace.hops.filter((hop) => hop.place.host === host).map((hop) => hop.before.src))

  test.each([
    {
      claim: 'a ping to a ClusterIP is lost at the router all the same',
      url: 'ping 10.96.0.80',
      seen: 'timed-out: silence in routing of 192.168.61.1',
    },
    {
      claim: 'a Pod that asks the laptop’s closed port is refused',
      url: 'tcp://192.168.61.100:81',
      seen: 'refused: RST of laptop',
    },
    {
      claim: 'a Pod’s own address reaches the Pods of the other node',
      url: 'tcp://172.31.2.14:80',
      seen: 'web-4 saw 172.31.1.2, port kept',
    },
    {
      claim: 'another node’s node port is asked by the Pod’s node',
      spec: 'type: NodePort\nexternalTrafficPolicy: Local',
      url: 'tcp://192.168.61.12:NODEPORT',
      seen: /^web-[45] saw 192.168.61.11, another port$/,
    },
    {
      claim: 'a Service’s endpoint that is another node sees the Pod’s node',
      url: 'tcp://10.96.0.81:443',
      seen: 'host02 saw 192.168.61.11, another port',
    },
  ])('$claim', ({ spec, url, seen }) => {
    expect(outcome(send(lab(spec), fromPod('near'), url))).toMatch(seen)
  })
  test('a lost ping was rewritten once, by the Pod’s node', () => {
    const trace = send(lab(), fromPod('near'), 'ping 10.96.0.80')
    const rewrites = trace.hops.filter((hop) => hop.kind === 'rewrite')
    expect(rewrites.map((hop) => hop.title.id)).toEqual(['hop.snat-outgoing.title'])
    expect(sourcesAt(trace, '192.168.61.1')).toEqual(new Set(['192.168.61.11']))
  })
})

describe('five Pods behind a Service', () => {
  test('have equal shares', () => {
    const run = openRun(labWith('').cluster)
    const counts = new Map<string, number>()
    for (let count = 0; count < 1000; count++) {
      const opened = open(run, fromPod('near'))
      counts.set(opened.server.host, (counts.get(opened.server.host) ?? 0) + 1)
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0)
    expect(counts.size).toBe(5)
    expect(chiSquare).toBeLessThan(18.5) // p = 0.001 at 4 degrees of freedom; the seed is fixed
  })
  test('show the nat table the first packet of a connection alone, and FORWARD all of them', () => {
    const lab = labWith('')
    send(lab, fromPod('near'), 'http://10.96.0.80/')
    const rules = lab.iptablesSave('host01', { counters: true })
    expect(rules).toMatch(/^\[1:\d+\] -A KUBE-SERVICES .*web:tcp cluster IP/m)
    expect(Number(/^\[(\d+):\d+\] -A FORWARD .*-j KUBE-FORWARD/m.exec(rules)?.[1])).toBeGreaterThan(4)
  })
  test('are reached on the other node without a second rewrite', () => {
    const lab = labWith('')
    const trace = [1, 2, 3].map((seed) => send(lab, fromPod('near'), 'http://10.96.0.80/', seed))
    const rewrites = trace.flatMap((each) => each.hops).filter((hop) => hop.before !== hop.after)
    expect(new Set(rewrites.map((hop) => hop.place.host))).toEqual(new Set(['host01']))
  })
})

describe('a Service without endpoints', () => {
  test.each(['pod/default/near', 'host01'])('refuses %s within a millisecond and leaves no entry', (from) => {
    const lab = labWith('selector: { app: nobody }')
    const trace = send(lab, from, 'tcp://10.96.0.80:80')
    expect(trace.endedAtMs - trace.startedAtMs).toBeLessThan(1)
    expect(lab.conntrack('host01')).toBe('')
  })
})

describe('a node without a default route', () => {
  const { cluster } = labWith('')
  const withoutDefault = (network: Network) =>
    withRoutes(network, ({ destination }) => destination !== '0.0.0.0/0')

  test('cannot reach any ClusterIP, since routing comes before OUTPUT’s rewrite', () => {
    const run = openRun(cluster, { network: withoutDefault })
    expect(connectTo(run, 'host01')).toMatchObject({ kind: 'failed', error: 'unreachable', afterMs: 0 })
  })
  test('lets its Pods reach the ClusterIP', () => {
    const run = openRun(cluster, { network: withoutDefault })
    expect(connectTo(run, fromPod('near'))).toMatchObject({ kind: 'connected' })
  })
  test('tells a Pod net unreachable where a ClusterIP has no endpoints: FORWARD is never reached', () => {
    const run = openRun(labWith('selector: { app: nobody }').cluster, { network: withoutDefault })
    expect(connectTo(run, fromPod('near'))).toMatchObject({ kind: 'failed', error: 'unreachable' })
    expect(run.recorder.hops.at(-1)?.before).toMatchObject({ type: 3, code: 0, src: '192.168.61.11' })
  })
})

describe('a client outside with a route to the Service range through a node', () => {
  test('reaches the Service, and Pods see that node', () => {
    const viaNode: Route = {
      kind: 'unicast',
      destination: cidr('10.96.0.0/12'),
      interfaceName: 'eth0',
      via: ip('192.168.61.12'),
      protocol: 'static',
    }
    const network = ({ hosts, links }: Network): Network => ({
      links,
      hosts: Object.fromEntries(
        Object.values(hosts).map((host) => [
          host.name,
          host.name === 'laptop' ? { ...host, routes: [...host.routes, viaNode] } : host,
        ]),
      ),
    })
    const run = openRun(labWith('').cluster, { network })
    expect(open(run, 'laptop').server.peer.address).toBe('192.168.61.12')
  })
})

describe('UDP', () => {
  const { cluster } = labWith('')

  test('stays with its Pod as long as it comes from one port', () => {
    const run = openRun(cluster)
    expect(new Set(Array.from({ length: 12 }, () => sendFrom(run, 40000))).size).toBe(1)
  })
  test('draws anew from every new port', () => {
    const run = openRun(cluster)
    expect(new Set(Array.from({ length: 40 }, (_, port) => sendFrom(run, 40000 + port))).size).toBe(5)
  })
  test('draws anew from the same port after 30 seconds of silence', () => {
    const run = openRun(cluster)
    const hosts = Array.from({ length: 40 }, () => {
      const host = sendFrom(run, 40000)
      run.world.passed(31_000)
      return host
    })
    expect(new Set(hosts).size).toBe(5)
  })
})

describe('sessionAffinity ClientIP', () => {
  const affinity = 'sessionAffinity: ClientIP\nsessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }'

  test('keeps a client with its Pod, each new connection renewing it', () => {
    const run = openRun(labWith(affinity).cluster)
    const hosts = Array.from({ length: 12 }, () => {
      const { host } = open(run, fromPod('near')).server
      run.world.passed(50_000)
      return host
    })
    expect(new Set(hosts).size).toBe(1)
  })
  test('forgets the client when its time is over', () => {
    const run = openRun(labWith(affinity).cluster)
    const hosts = Array.from({ length: 40 }, () => {
      const { host } = open(run, fromPod('near')).server
      run.world.passed(61_000)
      return host
    })
    expect(new Set(hosts).size).toBe(5)
  })
  test('shows the recent list as what decided', () => {
    const lab = labWith(affinity)
    send(lab, fromPod('near'), 'tcp://10.96.0.80:80')
    const { evidence } = hopOf(send(lab, fromPod('near'), 'tcp://10.96.0.80:80', 2), 'choose')
    const texts = evidence.flatMap((each) => each.texts.map(({ text }) => text))
    expect(texts.join('\n')).toContain('-m recent --rcheck')
  })
})

describe('an endpoint that is out of the rules', () => {
  const lab = labWith('')
  const before = openRun(lab.cluster)
  const connection = open(before, fromPod('near'))
  applyText(lab, 'web.yaml', serviceYaml('selector: { app: nobody }'))
  const after = openRun(lab.cluster, { kernels: before.world.kernels() })

  test('goes on serving the connections that stand, even when no endpoint is left', () => {
    const payload = { protocol: 'data', summary: 'more', bytes: 4 } as const
    const exchange = after.recorder.open('connect', 'client', { id: 'exchange.connect', values: {} })
    expect(sendRequest(after, exchange, connection, payload)).toBe('arrived')
  })
  test('gets no new connection', () => {
    expect(connectTo(after, fromPod('near'))).toMatchObject({ kind: 'failed', error: 'refused' })
  })
})

/** Opens a connection to the Service. */
function connectTo(run: Run, vantage: string) {
  const exchange = run.recorder.open('connect', 'client', { id: 'exchange.connect', values: {} })
  const party = partyAt(run.world.cluster(), vantage)
  return connect(run, exchange, party, { address: ip('10.96.0.80'), port: 80 })
}

function open(run: Run, vantage: string) {
  const opened = connectTo(run, vantage)
  if (opened.kind === 'failed') throw new Error(opened.error)
  return opened.connection
}

/** Sends one datagram from this port of the Pod `near`; the host that took it. */
function sendFrom(run: Run, port: number): string {
  const exchange = run.recorder.open('udp', 'client', { id: 'exchange.udp', values: {} })
  const here = { address: ip('172.31.1.2'), port }
  const there = { address: ip('10.96.0.80'), port: 5353 }
  const packet = datagram(here, there, { protocol: 'data', summary: 'UDP', bytes: 1 })
  const flight = flightOf(run, exchange, 'request', 'UDP', 'silent')
  const sent = sendDatagram(run, flight, partyAt(run.world.cluster(), fromPod('near')), packet)
  return sent.kind === 'taken' ? sent.taken.host : sent.kind
}

function withRoutes({ hosts, links }: Network, isKept: (route: Route) => boolean): Network {
  const nodes = ['host01', 'host02']
  return {
    links,
    hosts: Object.fromEntries(
      Object.values(hosts).map((host) => [
        host.name,
        nodes.includes(host.name) ? { ...host, routes: host.routes.filter(isKept) } : host,
      ]),
    ),
  }
}
