/** What one node's kube-proxy is told. */
import type { KubeProxyConfig } from '../cluster/cluster.ts'
import type { EndpointSlice, Service } from '../cluster/objects.ts'
import type { Cidr, IpVersion } from '../network/address.ts'
import type { PoolRange } from './calico-chains.ts'
import type { NodeAddresses, NodeFeatures } from './proxy-settings.ts'

/** The cluster's Services, the node, and the proxy's configuration, for one IP family. */
export interface NodeRulesInput {
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly node: NodeAddresses
  readonly config: KubeProxyConfig
  readonly ipVersion: IpVersion
  readonly features: NodeFeatures
  /** `v1.32.5`; absent: a current one. Of IPVS mode alone, whose rules changed with v1.27. */
  readonly kubernetesVersion?: string
  /** The cluster's ranges of Service addresses. nftables mode alone drops what is for their free addresses. */
  readonly serviceCidrs?: readonly Cidr[]
  /** Calico's; absent or empty: another network plugin, and none of Calico's chains. */
  readonly ipPools?: readonly PoolRange[]
}
