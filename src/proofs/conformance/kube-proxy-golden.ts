/** The shape of a golden case for kube-proxy. What iptables alone has is absent in nftables mode. */
import type { JsonObject } from '../../sim/manifest/manifest.ts'

export interface GoldenCase {
  readonly name: string
  readonly proxy: GoldenProxy
  readonly manifests?: readonly JsonObject[]
  readonly given?: { readonly iptablesSave: string }
  readonly expect: GoldenExpectation
  readonly then?: readonly GoldenStep[]
}

export interface GoldenStep {
  readonly apply?: readonly JsonObject[]
  readonly delete?: readonly { readonly kind: string; readonly namespace: string; readonly name: string }[]
  readonly expect: GoldenExpectation
}

export interface GoldenProxy {
  readonly mode: 'iptables' | 'nftables'
  readonly ipFamily: 'IPv4' | 'IPv6'
  readonly nodeName: string
  readonly nodeIP: string
  readonly nodeAddresses: readonly string[]
  readonly localDetector: { readonly mode: 'ClusterCIDR'; readonly cidr: string } | { readonly mode: 'none' }
  readonly masqueradeAll: boolean
  readonly masqueradeMark: string
  readonly randomFully?: boolean
  readonly localhostNodePorts?: boolean
  readonly nodePortAddresses: readonly string[]
  readonly conntrackTCPBeLiberal?: boolean
  readonly nfacct?: readonly string[]
  /** nftables alone. */
  readonly serviceCIDRs?: readonly string[]
}

/** Every key is one thing to check. */
export interface GoldenExpectation {
  readonly iptablesSave?: string
  readonly iptablesRestorePartial?: string
  /** `table/CHAIN` → its rules. */
  readonly chains?: Readonly<Record<string, string>>
  readonly contains?: readonly string[]
  readonly normalized?: string
  /** The whole script in nftables mode. */
  readonly nftables?: string
  readonly flows?: readonly GoldenFlow[]
  readonly dnatRules?: { readonly total: number; readonly withComment: number }
  readonly ruleCount?: Readonly<Record<string, number>>
  readonly ruleForDestination?: readonly {
    readonly table: string
    readonly chain: string
    readonly destination: string
    readonly exists: boolean
  }[]
  readonly servicePortCount?: number
  readonly healthCheckNodePorts?: readonly { readonly service: string; readonly port: number }[]
  readonly endpoints?: readonly {
    readonly servicePort: string
    readonly endpoints: readonly { readonly endpoint: string; readonly local: boolean }[]
  }[]
  readonly localReadyEndpoints?: readonly { readonly service: string; readonly count: number }[]
  readonly localReadyServices?: number
  /** null: the Service does not use that kind. */
  readonly endpointSets?: Readonly<Record<'cluster' | 'local' | 'all', readonly string[] | null>>
  readonly servicesWithoutLocalEndpoints?: { readonly internal: number; readonly external: number }
  readonly probabilities?: readonly { readonly n: number; readonly text: string }[]
}

export interface GoldenFlow {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly port: number
  readonly protocol: 'TCP' | 'UDP' | 'SCTP'
  /** Every endpoint over all random choices, or ACCEPT, DROP, REJECT; empty: no rule decides. */
  readonly output: readonly string[]
  readonly masquerade: boolean
}
