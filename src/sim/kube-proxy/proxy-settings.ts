/**
 * KubeProxyConfiguration and the node it runs on, worked out for one IP family. Models cmd/kube-proxy/app/server_linux.go and
 * pkg/proxy/util/nodeport_addresses.go.
 */
import type { DetectLocal, KubeProxyConfig } from '../cluster/cluster.ts'
import type { Match } from '../netfilter/ruleset.ts'
import {
  cidrContains,
  hostCidr,
  ip,
  ipVersion,
  isLoopback,
  parseCidr,
  type Cidr,
  type IpAddress,
  type IpVersion,
} from '../network/address.ts'
import type { ProxyNode } from './choose-endpoints.ts'

/** The machine. `addresses`: of the Node object, in its order. `interfaceAddresses`: what its interfaces hold, loopback or not. */
export interface NodeAddresses extends ProxyNode {
  /** `spec.podCIDRs`, which detectLocalMode NodeCIDR asks. */
  readonly podCidrs: readonly Cidr[]
  readonly addresses: readonly IpAddress[]
  readonly interfaceAddresses: readonly IpAddress[]
}

/** What the node's iptables and kernel can do. */
export interface NodeFeatures {
  /** iptables 1.6.2 or later. */
  readonly randomFully: boolean
  /** nfacct counters that exist; rules may name no others. */
  readonly nfacct: readonly string[]
  /** sysctl nf_conntrack_tcp_be_liberal. */
  readonly conntrackTcpBeLiberal: boolean
}

/** What tells a Pod's packets from all others: where they come from, or by which interface. */
export type FromPod = Match & { readonly kind: 'source' | 'in-interface' }

/** All that shapes rules besides Services and endpoints. */
export interface ProxySettings {
  readonly version: IpVersion
  readonly node: ProxyNode
  /** The node's own address of the family. */
  readonly nodeIp?: IpAddress
  readonly masqueradeAll: boolean
  /** The bit that asks for masquerade. */
  readonly mark: number
  /** Holds for what a Pod sends; absent: no local detector. */
  readonly fromPod?: FromPod
  /** Node ports on 127.0.0.1: iptables mode and IPv4 alone, and only where nodePortAddresses has it. */
  readonly localhostNodePorts: boolean
  /** Where node ports answer: `all` local addresses, or these. */
  readonly nodePortAddresses: 'all' | readonly IpAddress[]
  readonly features: NodeFeatures
}

/** Works the settings out for a family. Ranges that cannot be read are left out, as are those of the other family. */
export function proxySettings(
  config: KubeProxyConfig,
  node: NodeAddresses,
  version: IpVersion,
  features: NodeFeatures,
): ProxySettings {
  const nodeIp = node.addresses.find((address) => ipVersion(address) === version)
  const ranges = nodePortRanges(config, nodeIp, version)
  const localhostNodePorts =
    config.mode === 'iptables' &&
    version === 4 &&
    config.localhostNodePorts &&
    ranges.some((range) => cidrContains(range, loopback[4]))
  const fromPod = localDetector(config.detectLocal, node.podCidrs, version)
  return {
    version,
    node: { name: node.name, ...(node.zone !== undefined && { zone: node.zone }) },
    ...(nodeIp !== undefined && { nodeIp }),
    masqueradeAll: config.masqueradeAll,
    mark: 2 ** config.masqueradeBit,
    ...(fromPod !== undefined && { fromPod }),
    localhostNodePorts,
    nodePortAddresses: withoutLoopback(addressesWithin(ranges, node, version), localhostNodePorts),
    features,
  }
}

/** Where kube-proxy itself listens on the node for what belongs to node ports: `all` addresses, or these. */
export function nodePortListeners(
  config: KubeProxyConfig,
  node: Pick<NodeAddresses, 'addresses' | 'interfaceAddresses'>,
  version: IpVersion,
): 'all' | readonly IpAddress[] {
  const nodeIp = node.addresses.find((address) => ipVersion(address) === version)
  return addressesWithin(nodePortRanges(config, nodeIp, version), node, version)
}

/** What a Pod's traffic is known by (pkg/proxy/util/localdetector.go): its source, or the interface by which it comes in. */
function localDetector(
  detect: DetectLocal,
  podCidrs: readonly Cidr[],
  version: IpVersion,
): FromPod | undefined {
  const fromRange = (ranges: readonly Cidr[]) => {
    const range = ranges.find((each) => ipVersion(each) === version)
    return range && ({ kind: 'source', cidr: range } as const)
  }
  switch (detect.kind) {
    case 'ClusterCIDR':
      return fromRange(detect.cidrs)
    case 'NodeCIDR':
      return fromRange(podCidrs)
    case 'BridgeInterface':
      return { kind: 'in-interface', name: detect.name }
    case 'InterfaceNamePrefix':
      return { kind: 'in-interface', name: `${detect.prefix}+` }
    case 'none':
      return undefined
  }
}

/** The loopback address of a family. */
export const loopback: Readonly<Record<IpVersion, IpAddress>> = { 4: ip('127.0.0.1'), 6: ip('::1') }

/** `primary` stands for the node's own address. No range of the family means all of it, in nftables mode `primary`. */
function nodePortRanges(
  config: KubeProxyConfig,
  nodeIp: IpAddress | undefined,
  version: IpVersion,
): readonly Cidr[] {
  const ranges = config.nodePortAddresses
    .flatMap((text) =>
      text === 'primary' ? (nodeIp === undefined ? [] : [hostCidr(nodeIp)]) : (parseCidr(text) ?? []),
    )
    .filter((range) => ipVersion(range) === version)
  if (ranges.length > 0) return ranges
  if (config.mode === 'nftables') return nodeIp === undefined ? [] : [hostCidr(nodeIp)]
  const everything = parseCidr(version === 4 ? '0.0.0.0/0' : '::/0')
  return everything === undefined ? [] : [everything]
}

function isEverything(range: Cidr): boolean {
  return range.endsWith('/0')
}

/** The interfaces' addresses inside the ranges, 127.0.0.1 among them (NodePortAddresses.GetNodeIPs). */
function addressesWithin(
  ranges: readonly Cidr[],
  { interfaceAddresses }: Pick<NodeAddresses, 'interfaceAddresses'>,
  version: IpVersion,
): 'all' | readonly IpAddress[] {
  if (ranges.some(isEverything)) return 'all'
  const candidates = new Set([...interfaceAddresses, loopback[version]])
  return [...candidates].filter((address) => ranges.some((range) => cidrContains(range, address)))
}

/** In rules loopback answers only with localhost node ports. */
function withoutLoopback(
  addresses: 'all' | readonly IpAddress[],
  localhostNodePorts: boolean,
): 'all' | readonly IpAddress[] {
  return addresses === 'all' || localhostNodePorts
    ? addresses
    : addresses.filter((address) => !isLoopback(address))
}
