/** The flows of {@link fixedCases} that people ask about over IPv6, in the same dual-stack cluster. */
import { CLUSTER_CIDR } from './cluster-text.ts'
import { everyone, flowsFrom, near, type FixedCase } from './fixed-case.ts'

/** A Service `web` of both families at fd00:10:96::80: 80/TCP on node port 30080, 5353/UDP on 30053; further lines of its spec. */
function web(spec = '', type = 'NodePort'): string {
  const selector = spec.includes('selector:') ? '' : 'selector: { app: web }'
  const nodePort = (port: number) => (type === 'ClusterIP' ? '' : `, nodePort: ${port}`)
  return `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: ${type}
  ipFamilyPolicy: RequireDualStack
  clusterIPs: [10.96.0.80, "fd00:10:96::80"]
  ports: [{ name: tcp, port: 80${nodePort(30080)} }, { name: udp, protocol: UDP, port: 5353${nodePort(30053)} }]
  ${selector}
  ${spec.trim().split('\n').join('\n  ')}
`
}

const tcp = 'tcp://[fd00:10:96::80]:80'
const udp = 'udp://[fd00:10:96::80]:5353'
const nodePort = (host: number) => `tcp://[fd00:61::1${host}]:30080`

/** In kube-proxy's iptables mode: what ip6tables does. */
export const ipv6Cases: readonly FixedCase[] = [
  {
    title: 'IPv6: five Pods over two nodes, asked by Pods and nodes',
    objects: web(),
    flows: flowsFrom(everyone, tcp, udp),
  },
  {
    title: 'IPv6: hairpin, a Pod that is given itself',
    objects: web('selector: { app: only }'),
    choices: { labels: { 'web-1': 'only' } },
    flows: flowsFrom(['pod/default/web-1', 'pod/default/web-2'], tcp, udp),
  },
  {
    title: 'IPv6: node port, externalTrafficPolicy Cluster',
    objects: web(),
    flows: [
      ...flowsFrom(everyone, nodePort(1), nodePort(3), 'udp://[fd00:61::12]:30053'),
      // Unlike 127.0.0.1: no rule names it, and nothing listens.
      ...flowsFrom(['host01', 'host03'], 'tcp://[::1]:30080', 'udp://[::1]:30053'),
    ],
  },
  {
    title: 'IPv6: node port, externalTrafficPolicy Local',
    objects: web('externalTrafficPolicy: Local'),
    flows: flowsFrom(everyone, nodePort(1), nodePort(3), 'udp://[fd00:61::13]:30053'),
  },
  {
    title: 'IPv6: ICMPv6 and undeclared ports',
    objects: web(),
    flows: flowsFrom(
      everyone,
      'ping fd00:10:96::80',
      'tcp://[fd00:10:96::80]:81',
      'udp://[fd00:10:96::80]:80',
      'tcp://[fd00:10:96::99]:80',
      'tcp://[fd00:61::12]:31999',
      'ping fd00:10:244:2::14',
      'tcp://[fd00:10:244:2::14]:81',
      'udp://[fd00:10:244:2::14]:81',
    ),
  },
  {
    title: 'IPv6: a Pod address that no Pod has',
    objects: web(),
    flows: flowsFrom(
      everyone,
      'tcp://[fd00:10:244:1::99]:80',
      'udp://[fd00:10:244:2::99]:80',
      'ping fd00:10:244:3::99',
    ),
  },
  {
    title: 'IPv6: no endpoints, asked by Pod, node and outside',
    objects: web('selector: { app: nobody }\nexternalIPs: ["2001:db8::7"]'),
    flows: flowsFrom(everyone, tcp, udp, nodePort(2), 'udp://[fd00:61::12]:30053', 'tcp://[2001:db8::7]:80'),
  },
  {
    title: 'IPv6: internalTrafficPolicy Local',
    objects: web('internalTrafficPolicy: Local'),
    flows: flowsFrom(everyone, tcp, udp, nodePort(3)),
  },
  {
    title: 'IPv6: load balancer with source ranges that hold the laptop’s LAN',
    objects: web('loadBalancerSourceRanges: ["fd00:61::/64"]', 'LoadBalancer'),
    flows: flowsFrom(everyone, 'tcp://[fd00:61::200]:80', 'udp://[fd00:61::200]:5353', nodePort(3)),
  },
  {
    title: 'IPv6: load balancer, externalTrafficPolicy Local',
    objects: web('externalTrafficPolicy: Local', 'LoadBalancer'),
    flows: flowsFrom(everyone, 'tcp://[fd00:61::200]:80', 'udp://[fd00:61::200]:5353'),
  },
  {
    title: 'IPv6: external addresses',
    objects: web('externalIPs: ["2001:db8::7"]', 'ClusterIP'),
    flows: flowsFrom(
      everyone,
      'tcp://[2001:db8::7]:80',
      'udp://[2001:db8::7]:5353',
      'tcp://[2001:db8::7]:81',
    ),
  },
  {
    title: 'IPv6: no clusterCIDR of the family',
    objects: web(),
    choices: { kubeProxy: 'clusterCIDR: 172.31.0.0/16' },
    flows: flowsFrom(everyone, tcp),
  },
  {
    title: 'IPv6: nodePortAddresses of one node’s own address',
    objects: web(),
    choices: { kubeProxy: `${CLUSTER_CIDR}\nnodePortAddresses: ["fd00:61::12/128"]` },
    flows: flowsFrom([near, 'host02', 'laptop'], nodePort(2), nodePort(3)),
  },
]
