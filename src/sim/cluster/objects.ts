/**
 * Kubernetes objects in the form that the rest of the simulator reads: defaults filled in, our spelling, plain values.
 * One function a kind converts the wire form (`read-*.ts`); nothing else reads `body`.
 */
import type { Millis } from '../clock.ts'
import type { LabelSelector } from '../manifest/label-selector.ts'
import type { JsonObject, ManifestSource } from '../manifest/manifest.ts'
import type { Cidr, IpAddress } from '../network/address.ts'
import type { Origin, ObjectRef } from './object-ref.ts'

/** An object as the API server stores it: wire form with defaults, and where it came from. */
export interface ApiObject {
  readonly ref: ObjectRef
  readonly apiVersion: string
  /** Whole object in wire spelling: metadata (uid, creationTimestamp, generation), spec, status. */
  readonly body: JsonObject
  readonly createdAtMs: Millis
  /** Absent for what a controller made. */
  readonly source?: ManifestSource
  /** The controller's object, for what a controller made: a Pod's ReplicaSet, a ReplicaSet's Deployment, an EndpointSlice's Service. */
  readonly owner?: ObjectRef
  /** A CoreDNS Pod's alone: the Corefile that its process runs by, which may be an older one than the ConfigMap's (run-coredns.ts). */
  readonly corefile?: string
}

/** What every kind has. */
export interface Meta {
  readonly ref: ObjectRef
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly createdAtMs: Millis
  readonly owner?: ObjectRef
}

/** A transport protocol as Kubernetes writes it. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP'

export interface Namespace extends Meta {}

export interface Node extends Meta {
  /** InternalIP addresses, the first of IPv4 first. */
  readonly addresses: readonly IpAddress[]
  readonly podCidrs: readonly Cidr[]
  readonly ready: boolean
  /** Of `status.capacity`; absent: not said. */
  readonly cpus?: number
  /** The condition NetworkUnavailable: the node's network is not set up. */
  readonly networkUnavailable: boolean
  /** The condition Ready is Unknown: nobody has heard from the node. */
  readonly lost: boolean
  readonly unschedulable: boolean
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[]
}

/** A socket that a container listens on, and how we know. */
export interface ListenSocket {
  readonly container: string
  readonly protocol: Protocol | 'TLS'
  readonly port: number
  /** Loopback alone: reached only from inside the Pod. */
  readonly loopbackOnly: boolean
  /** `annotation` is told; `containerPort` is what the manifest says; the others are assumed. */
  readonly told: 'annotation' | 'containerPort' | 'environment' | 'probe' | 'image'
}

export interface ContainerPort {
  readonly name?: string
  readonly containerPort: number
  readonly protocol: Protocol
}

export interface Container {
  readonly name: string
  readonly image: string
  readonly ports: readonly ContainerPort[]
  readonly env: Readonly<Record<string, string>>
  readonly command: readonly string[]
  readonly args: readonly string[]
  /** Whom its processes run as, where a securityContext says it; else its image does. */
  readonly runAs?: { readonly uid: number; readonly gid: number }
}

export interface DnsConfig {
  readonly nameservers: readonly string[]
  readonly searches: readonly string[]
  readonly options: readonly { readonly name: string; readonly value?: string }[]
}

export interface Pod extends Meta {
  readonly nodeName?: string
  /** Absent until the Pod has a sandbox. The node's address with hostNetwork. */
  readonly ip?: IpAddress
  readonly ips: readonly IpAddress[]
  readonly hostNetwork: boolean
  readonly containers: readonly Container[]
  readonly dnsPolicy: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None'
  readonly dnsConfig?: DnsConfig
  readonly hostname?: string
  readonly subdomain?: string
  readonly hostAliases: readonly { readonly ip: string; readonly hostnames: readonly string[] }[]
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'
  readonly ready: boolean
  readonly terminating: boolean
  readonly restarts: number
  /** What `kubectl get pods` says instead of the phase, `ImagePullBackOff` for instance. */
  readonly waitingReason?: string
  /** The init container that writes rules into the Pod's network namespace (network-init.ts). */
  readonly networkInit?: string
  readonly listens: readonly ListenSocket[]
  /** Names of the Secrets among its volumes. */
  readonly secretVolumes: readonly string[]
  /** See {@link ApiObject.corefile}. */
  readonly corefile?: string
}

export interface ServicePort {
  /** `''` where the manifest gives none. */
  readonly name: string
  readonly protocol: Protocol
  readonly port: number
  readonly targetPort: number | string
  /** 0 where there is none. */
  readonly nodePort: number
  readonly appProtocol?: string
}

export interface Service extends Meta {
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  /** Empty for headless and ExternalName. */
  readonly clusterIps: readonly IpAddress[]
  readonly headless: boolean
  readonly externalName?: string
  readonly ports: readonly ServicePort[]
  /** Empty: no selector, endpoints are made by hand. */
  readonly selector: Readonly<Record<string, string>>
  readonly externalIps: readonly IpAddress[]
  /** `status.loadBalancer.ingress`. */
  readonly loadBalancerIngress: readonly {
    readonly ip?: IpAddress
    readonly hostname?: string
    readonly ipMode?: string
  }[]
  readonly loadBalancerSourceRanges: readonly string[]
  readonly sessionAffinity: 'None' | 'ClientIP'
  readonly sessionAffinityTimeoutSeconds: number
  readonly internalTrafficPolicy: 'Cluster' | 'Local'
  readonly externalTrafficPolicy: 'Cluster' | 'Local'
  readonly healthCheckNodePort: number
  readonly publishNotReadyAddresses: boolean
  readonly trafficDistribution?: string
  readonly ipFamilies: readonly ('IPv4' | 'IPv6')[]
}

export interface Endpoint {
  readonly addresses: readonly IpAddress[]
  /** Defaults filled in: ready true, serving true, terminating false. */
  readonly ready: boolean
  readonly serving: boolean
  readonly terminating: boolean
  readonly hostname?: string
  readonly nodeName?: string
  readonly zone?: string
  readonly targetRef?: ObjectRef
  readonly hintZones: readonly string[]
  readonly hintNodes: readonly string[]
}

export interface EndpointSlice extends Meta {
  /** The label `kubernetes.io/service-name`. */
  readonly serviceName?: string
  readonly addressType: 'IPv4' | 'IPv6' | 'FQDN'
  readonly endpoints: readonly Endpoint[]
  readonly ports: readonly {
    readonly name?: string
    readonly port?: number
    readonly protocol: Protocol
    readonly appProtocol?: string
  }[]
}

/** Deployment, ReplicaSet, StatefulSet or DaemonSet, as far as the network and `kubectl get` need them. */
export interface Workload extends Meta {
  readonly desired: number
  readonly current: number
  readonly ready: number
  readonly upToDate: number
  readonly available: number
  readonly selector: Readonly<Record<string, string>>
  readonly templateLabels: Readonly<Record<string, string>>
  readonly containers: readonly Container[]
}

export interface IngressBackend {
  /** Absent for a `resource` backend. */
  readonly service?: { readonly name: string; readonly port: number | string }
}

export interface IngressPath {
  readonly path: string
  readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific'
  readonly backend: IngressBackend
}

export interface Ingress extends Meta {
  readonly ingressClassName?: string
  readonly defaultBackend?: IngressBackend
  /** `host` is `''` for every host. `paths` is absent where a rule has no `http`. */
  readonly rules: readonly { readonly host: string; readonly paths?: readonly IngressPath[] }[]
  readonly tls: readonly { readonly hosts: readonly string[]; readonly secretName?: string }[]
  /** `status.loadBalancer.ingress`. */
  readonly addresses: readonly string[]
}

export interface IngressClass extends Meta {
  readonly controller: string
  readonly isDefault: boolean
}

export interface ConfigMap extends Meta {
  readonly data: Readonly<Record<string, string>>
}

export interface Secret extends Meta {
  /** `Opaque`, `kubernetes.io/tls`. */
  readonly type: string
  /** Base64, as the API has it. Secrets that say the same may share it or not. */
  readonly data: Readonly<Record<string, string>>
}

/** ExternalDNS DNSEndpoint: names outside the cluster. */
export interface DnsEndpoint extends Meta {
  readonly endpoints: readonly {
    readonly dnsName: string
    readonly recordType: string
    readonly recordTtlSeconds: number
    readonly targets: readonly string[]
  }[]
}

/** MetalLB's addresses for Services. */
export interface AddressPool extends Meta {
  readonly ranges: readonly { readonly first: IpAddress; readonly count: number }[]
  readonly autoAssign: boolean
  readonly avoidBuggyIps: boolean
}

/** Which pools MetalLB announces, and from which nodes. Without pools named or selected: all of them. */
export interface PoolAdvertisement extends Meta {
  readonly pools: readonly string[]
  readonly poolSelectors: readonly LabelSelector[]
  /** Any of them; none: every node. */
  readonly nodeSelectors: readonly LabelSelector[]
  /** None: every interface. */
  readonly interfaces: readonly string[]
}

/** Calico's share of a pool for one node. */
export interface AddressBlock {
  readonly cidr: Cidr
  readonly node: string
  readonly origin: Origin
}

/** Calico IPPool. */
export interface IpPool extends Meta {
  readonly cidr: Cidr
  readonly blockSizeBits: number
  readonly vxlanMode: 'Always' | 'CrossSubnet' | 'Never'
  readonly ipipMode: 'Always' | 'CrossSubnet' | 'Never'
  readonly natOutgoing: boolean
}
