/** Clusters and flows at random, from a seed: every kind of Service over the same machines, and who asks it. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { ip, ipVersion } from '../../sim/network/address.ts'
import { drawBelow, openStream, type Draw } from '../../sim/draw.ts'
import { CLUSTER_CIDR, nodes, openProofLab, pods, type MachineChoices } from './cluster-text.ts'
import type { Flow } from './outcome.ts'
import type { Lab } from '../../sim/lab.ts'

/** A cluster that came of a seed. */
export interface GeneratedCluster {
  readonly seed: number
  readonly objects: string
  readonly choices: MachineChoices
  readonly lab: Lab
  readonly flows: readonly Flow[]
}

/** The cluster and its flows; the same seed gives the same, on every machine. */
export function generateCluster(seed: number, flowCount: number): GeneratedCluster {
  const chance = openChance(openStream(seed, 'kernel/cluster'))
  const choices = drawChoices(chance)
  const count = 2 + chance.below(4)
  const objects = Array.from({ length: count }, (_, index) => serviceText(chance, index)).join('---\n')
  const lab = openProofLab(objects, choices)
  const flows = Array.from({ length: flowCount }, () => drawFlow(chance, lab.cluster))
  return { seed, objects, choices, lab, flows }
}

/** Choices at random. */
interface Chance {
  readonly below: (count: number) => number
  readonly happens: (probability: number) => boolean
  readonly oneOf: <T>(items: readonly T[]) => T
}

function openChance(draw: Draw): Chance {
  const below = (count: number) => drawBelow(draw, count)
  return {
    below,
    happens: (probability) => below(1000) < probability * 1000,
    oneOf: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('nothing to choose from')
      return item
    },
  }
}

function drawChoices(chance: Chance): MachineChoices {
  const detect = chance.oneOf([
    CLUSTER_CIDR,
    CLUSTER_CIDR,
    CLUSTER_CIDR,
    'detectLocalMode: NodeCIDR',
    'detectLocalMode: InterfaceNamePrefix\ndetectLocal: { interfaceNamePrefix: cali }',
    'kind: KubeProxyConfiguration',
  ])
  const mode = chance.oneOf(['iptables', 'nftables'])
  const extra = [
    ...(chance.happens(0.15) ? ['iptables: { masqueradeAll: true }'] : []),
    ...(chance.happens(0.2)
      ? [
          `nodePortAddresses: [${chance.oneOf(['192.168.61.0/24', '192.168.61.12/32', '127.0.0.0/8', 'primary', '"fd00:61::12/128"'])}]`,
        ]
      : []),
  ]
  const natOutgoing = chance.oneOf(['no Calico', 'no Calico', true, false] as const)
  return {
    kubeProxy: [`mode: ${mode}`, ...(detect.startsWith('kind') ? [] : [detect]), ...extra].join('\n'),
    labels: Object.fromEntries(pods.map(({ name }) => [name, chance.oneOf(apps)])),
    ...(natOutgoing === 'no Calico' ? {} : { natOutgoing }),
  }
}

const apps = ['a', 'b', 'c']

function serviceText(chance: Chance, index: number): string {
  const name = `service-${index}`
  const type = chance.oneOf(['ClusterIP', 'NodePort', 'LoadBalancer'])
  const families = chance.oneOf([[4], [4], [4, 6], [6, 4], [6]] as const)
  const ofFamilies = (v4: string, v6: string) =>
    families.map((version) => (version === 4 ? v4 : `"${v6}"`)).join(', ')
  const external = ofFamilies(`203.0.113.${10 + index}`, `2001:db8::${10 + index}`)
  const externalIps = chance.happens(0.25) ? [external] : []
  const isExternal = type !== 'ClusterIP' || externalIps.length > 0
  const byHand = chance.happens(0.3)
  const portsText = drawPorts(chance, type, index)
  const spec = [
    `type: ${type}`,
    `ipFamilyPolicy: ${families.length === 2 ? 'RequireDualStack' : 'SingleStack'}`,
    `ipFamilies: [${families.map((version) => `IPv${version}`).join(', ')}]`,
    `clusterIPs: [${ofFamilies(`10.96.1.${10 + index}`, `fd00:10:96::1:${10 + index}`)}]`,
    `ports: [${portsText.join(', ')}]`,
    ...(byHand ? [] : [`selector: { app: ${chance.oneOf([...apps, 'nobody'])} }`]),
    ...(externalIps.length > 0 ? [`externalIPs: [${externalIps.join(', ')}]`] : []),
    ...(isExternal && chance.happens(0.4) ? ['externalTrafficPolicy: Local'] : []),
    ...(chance.happens(0.3) ? ['internalTrafficPolicy: Local'] : []),
    ...(chance.happens(0.2) ? ['sessionAffinity: ClientIP'] : []),
    ...(type === 'LoadBalancer' && chance.happens(0.5)
      ? [`loadBalancerSourceRanges: [${chance.oneOf(ranges)}]`]
      : []),
  ]
  const service = `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  ${spec.join('\n  ')}
`
  return byHand ? `${service}---\n${sliceText(chance, name)}` : service
}

const ranges = [
  '192.168.61.0/24, "fd00:61::/64"',
  '192.168.61.100/32, "fd00:61::100/128"',
  '192.168.61.11/32',
  '172.31.0.0/16, "fd00:10:244::/56"',
  '203.0.113.0/24, "2001:db8::/64"',
]

function drawPorts(chance: Chance, type: string, index: number): readonly string[] {
  const target = chance.oneOf(['80', '8080', 'http', '81'])
  const nodePort = (offset: number) =>
    type === 'ClusterIP' ? '' : `, nodePort: ${30000 + 10 * index + offset}`
  return [
    `{ name: web, port: 80, targetPort: ${target}${nodePort(1)} }`,
    ...(chance.happens(0.5)
      ? [`{ name: names, port: 53, protocol: UDP, targetPort: 5353${nodePort(2)} }`]
      : []),
  ]
}

/** Endpoints by hand: Pods, ready or not, draining or not, on nodes or nowhere, and an address that nobody has. */
function sliceText(chance: Chance, service: string): string {
  const chosen = pods.filter(() => chance.happens(0.4))
  const endpoints = chosen.map(({ address, ipv6, node }) => {
    const conditions = chance.oneOf([
      'ready: true',
      'ready: true',
      'ready: false, serving: false',
      'ready: false, serving: true, terminating: true',
    ])
    const at = chance.happens(0.8) ? `, nodeName: ${node}` : ''
    const line = (of: string) => `{ addresses: ["${of}"], conditions: { ${conditions} }${at} }`
    return { IPv4: line(address), IPv6: line(ipv6) }
  })
  const deadLine = (address: string) => `{ addresses: ["${address}"], nodeName: host02 }`
  const dead = chance.happens(0.15)
    ? [{ IPv4: deadLine('172.31.2.99'), IPv6: deadLine('fd00:10:244:2::99') }]
    : []
  return (['IPv4', 'IPv6'] as const)
    .map(
      (family) => `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ${service}-by-hand-${family.toLowerCase()}, labels: { kubernetes.io/service-name: ${service} } }
addressType: ${family}
ports: [{ name: web, port: 80, protocol: TCP }, { name: names, port: 5353, protocol: UDP }]
endpoints: [${[...endpoints, ...dead].map((lines) => lines[family]).join(', ')}]
`,
    )
    .join('---\n')
}

function drawFlow(chance: Chance, cluster: Cluster): Flow {
  const vantages = [
    ...pods.map(({ name }) => `pod/default/${name}`),
    ...nodes.map(({ name }) => name),
    'laptop',
  ]
  const from = chance.oneOf(vantages)
  const service = chance.oneOf(cluster.services.filter(({ ref }) => ref.name.startsWith('service-')))
  const port = chance.oneOf(service.ports)
  const scheme = port.protocol === 'UDP' ? 'udp' : 'tcp'
  const clusterIp = chance.oneOf(service.clusterIps)
  const version = ipVersion(clusterIp)
  const at = (address: string, number: number) => {
    const host = version === 4 ? address : `[${address}]`
    return { from, url: `${scheme}://${host}:${number}` }
  }
  const inFamily = (address: string | undefined) =>
    address !== undefined && ipVersion(ip(address)) === version ? address : undefined
  const balancer = service.loadBalancerIngress.flatMap((each) => inFamily(each.ip) ?? [])[0]
  const external = service.externalIps.flatMap((each) => inFamily(each) ?? [])[0]
  const ownAddress = ({ address, ipv6 }: { readonly address: string; readonly ipv6: string }) =>
    version === 4 ? address : ipv6
  const [loopback, nobody] = version === 4 ? ['127.0.0.1', '172.31.2.99'] : ['::1', 'fd00:10:244:2::99']
  const node = ownAddress(chance.oneOf(nodes))
  const pod = ownAddress(chance.oneOf(pods))
  const kinds: readonly (readonly [weight: number, flow: Flow | undefined])[] = [
    [6, at(clusterIp, port.port)],
    [5, port.nodePort === 0 ? undefined : at(node, port.nodePort)],
    [1, port.nodePort === 0 || !from.startsWith('host') ? undefined : at(loopback, port.nodePort)],
    [5, balancer === undefined ? undefined : at(balancer, port.port)],
    [3, external === undefined ? undefined : at(external, port.port)],
    [1, at(clusterIp, 4444)],
    [1, at(node, 32000)],
    [1, at(pod, chance.oneOf([80, 5353, 81]))],
    [1, { from, url: `ping ${chance.oneOf([clusterIp, pod, node, nobody])}` }],
  ]
  const possible = kinds.flatMap(([weight, flow]) =>
    flow === undefined ? [] : Array<Flow>(weight).fill(flow),
  )
  return chance.oneOf(possible)
}
