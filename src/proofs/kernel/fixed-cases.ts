/** Flows that people ask about, cluster by cluster. What must come of them is the simulator's to say and the kernel's to confirm. */
import { CLUSTER_CIDR } from './cluster-text.ts'
import { everyone, far, flowsFrom, inNftMode, near, type FixedCase } from './fixed-case.ts'
import { ipv6Cases } from './ipv6-cases.ts'

/** A Service `web` at 10.96.0.80: 80/TCP on node port 30080, 5353/UDP on 30053; further lines of its spec. */
function web(spec = '', type = 'NodePort'): string {
  const selector = spec.includes('selector:') ? '' : 'selector: { app: web }'
  const ports =
    type === 'ClusterIP'
      ? '[{ name: tcp, port: 80 }, { name: udp, protocol: UDP, port: 5353 }]'
      : '[{ name: tcp, port: 80, nodePort: 30080 }, { name: udp, protocol: UDP, port: 5353, nodePort: 30053 }]'
  return `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: ${type}
  clusterIP: 10.96.0.80
  ports: ${ports}
  ${selector}
  ${spec.trim().split('\n').join('\n  ')}
`
}

const clusterIp = 'tcp://10.96.0.80:80'
const balancer = '192.168.61.200'

/**
 * All of them: those of kube-proxy's iptables mode in the order of kernel.md, over IPv6 too, and again in nftables mode.
 * @param quick without those of IPv6 in nftables mode
 */
export function fixedCases(quick: boolean): readonly FixedCase[] {
  const inNftables = [...iptablesCases, ...(quick ? [] : ipv6Cases)].map(inNftMode)
  return [...iptablesCases, ...ipv6Cases, rejections, ...inNftables]
}

const iptablesCases: readonly FixedCase[] = [
  {
    title: 'five Pods over two nodes, asked by Pods and nodes',
    objects: web(),
    flows: flowsFrom(everyone, clusterIp, 'udp://10.96.0.80:5353'),
  },
  {
    title: 'hairpin: a Pod that is given itself',
    objects: web('selector: { app: only }'),
    choices: { labels: { 'web-1': 'only' } },
    flows: flowsFrom(['pod/default/web-1', 'pod/default/web-2'], clusterIp, 'udp://10.96.0.80:5353'),
  },
  {
    title: 'node port, externalTrafficPolicy Cluster',
    objects: web(),
    flows: [
      ...flowsFrom(
        everyone,
        'tcp://192.168.61.11:30080',
        'tcp://192.168.61.13:30080',
        'udp://192.168.61.12:30053',
      ),
      ...flowsFrom(['host01', 'host03'], 'tcp://127.0.0.1:30080', 'udp://127.0.0.1:30053'),
    ],
  },
  {
    title: 'node port, externalTrafficPolicy Local',
    objects: web('externalTrafficPolicy: Local'),
    flows: flowsFrom(
      everyone,
      'tcp://192.168.61.11:30080',
      'tcp://192.168.61.13:30080',
      'udp://192.168.61.13:30053',
    ),
  },
  {
    title: 'ICMP and undeclared ports',
    objects: web(),
    flows: flowsFrom(
      everyone,
      'ping 10.96.0.80',
      'tcp://10.96.0.80:81',
      'udp://10.96.0.80:80',
      'tcp://10.96.0.99:80',
      'tcp://192.168.61.12:31999',
      'ping 172.31.2.14',
      'tcp://172.31.2.14:81',
      'udp://172.31.2.14:81',
    ),
  },
  {
    title: 'a Pod address that no Pod has',
    objects: web(),
    flows: flowsFrom(everyone, 'tcp://172.31.1.99:80', 'udp://172.31.2.99:80', 'ping 172.31.3.99'),
  },
  {
    title: 'an endpoint that no Pod has',
    objects: `${web('selector: {}', 'ClusterIP')}---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-by-hand, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: tcp, port: 80, protocol: TCP }, { name: udp, port: 5353, protocol: UDP }]
endpoints: [{ addresses: [172.31.1.99], nodeName: host01 }]
`,
    flows: flowsFrom(everyone, clusterIp, 'udp://10.96.0.80:5353'),
  },
  {
    title: 'no endpoints, asked by Pod, node and outside',
    objects: web('selector: { app: nobody }\nexternalIPs: [192.168.61.240]', 'NodePort'),
    flows: flowsFrom(
      everyone,
      clusterIp,
      'udp://10.96.0.80:5353',
      'tcp://192.168.61.12:30080',
      'udp://192.168.61.12:30053',
    ),
  },
  {
    title: 'internalTrafficPolicy Local',
    objects: web('internalTrafficPolicy: Local'),
    flows: flowsFrom(everyone, clusterIp, 'udp://10.96.0.80:5353', 'tcp://192.168.61.13:30080'),
  },
  {
    title: 'load balancer with source ranges that hold the laptop’s LAN',
    objects: web('loadBalancerSourceRanges: [192.168.61.0/24]', 'LoadBalancer'),
    flows: flowsFrom(everyone, `tcp://${balancer}:80`, `udp://${balancer}:5353`, 'tcp://192.168.61.13:30080'),
  },
  {
    title: 'load balancer with source ranges that hold nobody here',
    objects: web('loadBalancerSourceRanges: [203.0.113.0/24]', 'LoadBalancer'),
    flows: flowsFrom(everyone, `tcp://${balancer}:80`, `udp://${balancer}:5353`, 'tcp://192.168.61.13:30080'),
  },
  {
    title: 'load balancer, externalTrafficPolicy Local',
    objects: web('externalTrafficPolicy: Local', 'LoadBalancer'),
    flows: flowsFrom(everyone, `tcp://${balancer}:80`, `udp://${balancer}:5353`),
  },
  {
    title: 'external addresses',
    objects: web('externalIPs: [203.0.113.7]', 'ClusterIP'),
    flows: flowsFrom(everyone, 'tcp://203.0.113.7:80', 'udp://203.0.113.7:5353', 'tcp://203.0.113.7:81'),
  },
  {
    title: 'masqueradeAll',
    objects: web(),
    choices: { kubeProxy: `${CLUSTER_CIDR}\niptables: { masqueradeAll: true }` },
    flows: flowsFrom(everyone, clusterIp),
  },
  {
    title: 'no clusterCIDR: nobody is masqueraded on the way to a ClusterIP',
    objects: web(),
    choices: { kubeProxy: 'mode: iptables' },
    flows: flowsFrom(everyone, clusterIp, 'udp://10.96.0.80:5353'),
  },
  {
    title: 'natOutgoing: what leaves the Pods’ range has the node’s address',
    objects: web(),
    choices: { natOutgoing: true },
    flows: flowsFrom(
      everyone,
      clusterIp,
      'ping 10.96.0.80',
      'tcp://192.168.61.13:30080',
      'tcp://172.31.2.14:8080',
    ),
  },
  {
    title: 'nodePortAddresses of one node’s own address',
    objects: web(),
    choices: { kubeProxy: `${CLUSTER_CIDR}\nnodePortAddresses: [192.168.61.12/32]` },
    flows: [
      ...flowsFrom(everyone, 'tcp://192.168.61.12:30080', 'tcp://192.168.61.13:30080'),
      ...flowsFrom(['host02'], 'tcp://127.0.0.1:30080'),
    ],
  },
]

/** `--reject-with` by the port that it is asked at (iptables-extensions(8)). */
const rejectTypes = [
  'icmp-net-unreachable',
  'icmp-host-unreachable',
  'icmp-proto-unreachable',
  'icmp-port-unreachable',
  'icmp-net-prohibited',
  'icmp-host-prohibited',
  'icmp-admin-prohibited',
  'tcp-reset',
].map((type, index) => ({ type, port: 7000 + index }))

const rejections: FixedCase = {
  title: 'a REJECT of each type, in a Pod’s way, a node’s own and a stranger’s',
  objects: web(),
  filterRules: rejectTypes.flatMap(({ type, port }) =>
    ['tcp', ...(type === 'tcp-reset' ? [] : ['udp'])].flatMap((protocol) =>
      ['INPUT', 'FORWARD', 'OUTPUT'].map(
        (chain) =>
          `-A ${chain} -p ${protocol} -m ${protocol} --dport ${port} -j REJECT --reject-with ${type}`,
      ),
    ),
  ),
  flows: rejectTypes.flatMap(({ type, port }) =>
    ['tcp', ...(type === 'tcp-reset' ? [] : ['udp'])].flatMap((scheme) => [
      ...flowsFrom([near, far], `${scheme}://172.31.2.14:${port}`),
      ...flowsFrom(['host01', 'laptop'], `${scheme}://192.168.61.12:${port}`),
    ]),
  ),
}
