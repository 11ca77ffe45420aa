/** The cluster as one immutable value: what the API server would answer now, everything at rest. */
import type { Millis } from '../clock.ts'
import type { Cidr, IpAddress } from '../network/address.ts'
import type { ObjectKey, ObjectRef, Origin } from './object-ref.ts'
import type { IpSets } from '../netfilter/ip-sets.ts'
import type { NftTable } from '../netfilter/nft-ruleset.ts'
import type { Ruleset } from '../netfilter/ruleset.ts'
import type { Gateway, GatewayClass, HttpRoute, ReferenceGrant } from './gateway-objects.ts'
import type {
  AddressBlock,
  AddressPool,
  ApiObject,
  ConfigMap,
  DnsEndpoint,
  EndpointSlice,
  Ingress,
  IngressClass,
  IpPool,
  Namespace,
  Node,
  Pod,
  PoolAdvertisement,
  Secret,
  Service,
  Workload,
} from './objects.ts'

/** kubeadm's ClusterConfiguration and the KubeProxyConfiguration, with their defaults. */
export interface ClusterConfig {
  readonly kubernetesVersion: string
  /** One, or one of each family: the cluster's own family first. */
  readonly podSubnets: readonly Cidr[]
  readonly serviceSubnets: readonly Cidr[]
  readonly dnsDomain: string
  /** Both ends included. */
  readonly nodePortRange: { readonly from: number; readonly to: number }
  readonly kubeProxy: KubeProxyConfig
  readonly origins: { readonly cluster?: Origin; readonly kubeProxy?: Origin }
}

/** How kube-proxy works: `mode` of its configuration. */
export type ProxyMode = 'iptables' | 'nftables' | 'ipvs'

/** KubeProxyConfiguration v1alpha1, as far as it shapes rules. */
export interface KubeProxyConfig {
  readonly mode: ProxyMode
  /** How a Pod's traffic is told from all other. */
  readonly detectLocal: DetectLocal
  readonly masqueradeAll: boolean
  readonly masqueradeBit: number
  readonly localhostNodePorts: boolean
  readonly nodePortAddresses: readonly string[]
  /** Zero: the kernel's own stands. */
  readonly conntrack: {
    readonly maxPerCore: number
    readonly min: number
    readonly tcpEstablishedSeconds: number
    readonly tcpCloseWaitSeconds: number
    readonly udpSeconds: number
    readonly udpStreamSeconds: number
    readonly tcpBeLiberal: boolean
  }
  /** `strictArp`: no interface answers for kube-ipvs0's addresses. */
  readonly ipvs: { readonly scheduler: string; readonly strictArp: boolean }
}

/** `detectLocalMode` with what belongs to it. `none`: nothing is a Pod's, so nothing sent to a ClusterIP is masqueraded. */
export type DetectLocal =
  | { readonly kind: 'ClusterCIDR'; /** One a family at most. */ readonly cidrs: readonly Cidr[] }
  /** The Pods of the node alone, by its `spec.podCIDRs`. */
  | { readonly kind: 'NodeCIDR' }
  | { readonly kind: 'BridgeInterface'; readonly name: string }
  | { readonly kind: 'InterfaceNamePrefix'; readonly prefix: string }
  | { readonly kind: 'none' }

/** An address of the machines' network that floats between nodes (kube-vip), and the node that holds it now. */
export interface Vip {
  readonly address: IpAddress
  readonly node: string
  readonly interfaceName: string
  /** The nodes with a Pod that stands for election, the leader among them, by name. */
  readonly candidates: readonly { readonly node: string; readonly ready: boolean }[]
  readonly origin: Origin
}

/** Rules of one node as its tools print them: `iptables-save`, `nft list table ip kube-proxy`, `ipset save`. */
export type PastedRules = PastedFile &
  (
    | { readonly kind: 'iptables-save' | 'ip6tables-save'; readonly ruleset: Ruleset }
    /** kube-proxy's own, of one family or of each. */
    | { readonly kind: 'nft'; readonly tables: readonly NftTable[] }
    | { readonly kind: 'ipset-save'; readonly sets: IpSets }
  )

interface PastedFile {
  readonly node: string
  /** `NODE.iptables-save`, `NODE.ip6tables-save`, `NODE.nft`, `NODE.ipset-save` */
  readonly file: string
}

/** Every list is sorted by namespace, then name. Survives structuredClone and JSON. */
export interface Cluster {
  readonly config: ClusterConfig
  readonly seed: number
  readonly nowMs: Millis
  /** Every object, of every kind, in wire form. The typed lists below are read from it. */
  readonly objects: Readonly<Record<ObjectKey, ApiObject>>
  readonly namespaces: readonly Namespace[]
  readonly nodes: readonly Node[]
  readonly pods: readonly Pod[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly deployments: readonly Workload[]
  readonly replicaSets: readonly Workload[]
  readonly statefulSets: readonly Workload[]
  readonly daemonSets: readonly Workload[]
  readonly ingresses: readonly Ingress[]
  readonly ingressClasses: readonly IngressClass[]
  readonly gatewayClasses: readonly GatewayClass[]
  readonly gateways: readonly Gateway[]
  readonly httpRoutes: readonly HttpRoute[]
  readonly referenceGrants: readonly ReferenceGrant[]
  readonly configMaps: readonly ConfigMap[]
  readonly secrets: readonly Secret[]
  readonly dnsEndpoints: readonly DnsEndpoint[]
  readonly ipPools: readonly IpPool[]
  readonly blocks: readonly AddressBlock[]
  readonly vips: readonly Vip[]
  readonly addressPools: readonly AddressPool[]
  readonly l2Advertisements: readonly PoolAdvertisement[]
  readonly bgpAdvertisements: readonly PoolAdvertisement[]
  /** Rules of real nodes in place of computed ones, one of each kind a node at most. */
  readonly pastedRules: readonly PastedRules[]
}

/** What an apply, a patch, a scale or a delete did to one object, in kubectl's words. */
export interface Change {
  readonly ref: ObjectRef
  readonly verb:
    'created' | 'configured' | 'unchanged' | 'deleted' | 'patched' | 'patched (no change)' | 'scaled'
}
