/** What Linux does with Service traffic in iptables mode, as it was measured on real kernels (6.18, iptables 1.8.9): a line an outcome. */
import { expect, test } from 'vitest'
import {
  everyPod,
  fivePods,
  kernelLab,
  onlyNear,
  outcomesOf,
  podYaml,
  pool,
  serviceYaml,
} from './kernel-lab.fixture.ts'

const local = 'selector: { app: web }\nexternalTrafficPolicy: Local\ntype: NodePort\n'
const balanced = 'selector: { app: web }\ntype: LoadBalancer\n'
const [near, far] = ['pod/default/near', 'pod/default/far']
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

const onHost01 = (saw: string) => everyPod(saw).slice(0, 3)

const measured: readonly {
  readonly claim: string
  readonly spec?: string
  /** Manifests beside the Service. */
  readonly objects?: string
  readonly from: string
  readonly url: string
  readonly seen: readonly string[]
}[] = [
  {
    claim: 'a Pod’s address and port arrive unchanged, on either node',
    from: near,
    url: 'tcp://10.96.0.80:80',
    seen: everyPod('172.31.1.2, port kept'),
  },
  {
    claim: 'a Pod that hits itself sees the node’s address and another port',
    spec: 'selector: { app: only }',
    from: 'pod/default/only',
    url: 'tcp://10.96.0.80:80',
    seen: ['only saw 192.168.61.11, another port'],
  },
  {
    claim: 'a node is seen by its LAN address and never by its own port, on either node',
    from: 'host01',
    url: 'tcp://10.96.0.80:80',
    seen: everyPod('192.168.61.11, another port'),
  },
  {
    claim: 'a node port of policy Cluster reaches all Pods, from the node that was asked',
    spec: 'type: NodePort',
    from: 'laptop',
    url: 'tcp://192.168.61.12:NODEPORT',
    seen: everyPod('192.168.61.12, another port'),
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
    seen: everyPod('192.168.61.12, another port'),
  },
  {
    claim: 'a node port of policy Local reaches all endpoints from a Pod of that node',
    spec: local,
    from: far,
    url: 'tcp://192.168.61.12:NODEPORT',
    seen: everyPod('172.31.2.2, port kept'),
  },
  {
    claim:
      'a node port of policy Local, asked by a Pod of another node, is answered where the answer comes back that way alone',
    spec: local,
    from: far,
    url: 'tcp://192.168.61.11:NODEPORT',
    // web-4 and web-5 stand on the Pod’s own node: they answer it directly, and it knows no such connection.
    seen: ['timed-out: drop in socket of default/far', ...onHost01('172.31.2.2, port kept')],
  },
  {
    claim:
      'a node’s SYN to a Service whose only endpoint nobody has is sent again in vain, as if it had left',
    spec: 'selector: {}',
    objects: goneSlice,
    from: 'host01',
    url: 'tcp://10.96.0.80:80',
    seen: ['timed-out: drop in routing of host01'],
  },
  {
    claim: 'a node’s datagram to that Service fails at once',
    spec: 'selector: {}',
    objects: goneSlice,
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
    seen: everyPod('192.168.61.11, another port'),
  },
  {
    claim: 'a port that is nobody’s is refused by the node’s RST',
    from: 'laptop',
    url: 'tcp://192.168.61.11:31999',
    seen: ['refused: RST of host01'],
  },
  {
    claim: 'a ping to a ClusterIP is lost at the LAN’s router',
    from: near,
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
    from: near,
    url: 'tcp://10.96.0.80:81',
    seen: ['timed-out: silence in routing of 192.168.61.1'],
  },
  {
    claim: 'UDP to an undeclared port of a ClusterIP goes the very same way',
    from: near,
    url: 'udp://10.96.0.80:80',
    seen: ['timed-out: silence in routing of 192.168.61.1'],
  },
  {
    claim: 'a Pod address that nobody has is silence from afar',
    from: near,
    url: 'tcp://172.31.2.99:80',
    seen: ['timed-out: drop in routing of host02'],
  },
  {
    claim: 'a Pod address that nobody has is silence for a Pod of its own node',
    from: near,
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
    from: near,
    url: 'tcp://10.96.0.80:80',
    seen: ['refused: ICMP 3/3 of 192.168.61.11'],
  },
  {
    claim: 'a Service without endpoints refuses UDP in the same way',
    spec: 'selector: { app: nobody }',
    from: near,
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
    from: near,
    url: 'tcp://10.96.0.80:80',
    seen: onHost01('172.31.1.2, port kept'),
  },
  {
    claim: 'internalTrafficPolicy Local without a local Pod is dropped in FORWARD',
    spec: 'internalTrafficPolicy: Local\nselector: { app: only }',
    from: far,
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
    from: near,
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
    from: near,
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
    seen: everyPod('192.168.61.12, another port'),
  },
  {
    claim: 'source ranges leave the node port open to all',
    spec: `${balanced}loadBalancerSourceRanges: [203.0.113.0/24]`,
    from: 'laptop',
    url: 'tcp://192.168.61.11:NODEPORT',
    seen: everyPod('192.168.61.11, another port'),
  },
  {
    claim: 'a client outside without a route to the Service range has the router’s silence',
    from: 'laptop',
    url: 'tcp://10.96.0.80:80',
    seen: ['timed-out: silence in routing of 192.168.61.1'],
  },
]

test.each(measured)('$claim', ({ spec = '', objects, from, url, seen }) => {
  const lab = kernelLab(...fivePods, onlyNear, closed, pool, serviceYaml(spec), ...(objects ? [objects] : []))
  expect(outcomesOf(lab, from, url)).toEqual(seen)
})
