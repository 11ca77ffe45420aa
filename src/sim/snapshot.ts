/**
 * What the page draws at rest: the cluster in the few plain values that cards, menus and tabs need. Derived from a Cluster and
 * the rules compiled from it; never edited.
 */
import type { RulesText } from './node-text.ts'
import type { ProxyMode } from './cluster/cluster.ts'
import type { ObjectRef } from './cluster/object-ref.ts'
import type { ListenSocket, Protocol } from './cluster/objects.ts'
import type { Diagnostic } from './manifest/diagnostic.ts'
import type { Because } from './trace/trace.ts'
import type { Vantage } from './trace/request.ts'

export interface Snapshot {
  /** Grows with every change of the cluster. */
  readonly revision: number
  readonly scenario: string
  /** kube-proxy's, as the configuration says it. */
  readonly proxyMode: ProxyMode
  readonly nodes: readonly NodeView[]
  readonly pods: readonly PodView[]
  readonly services: readonly ServiceView[]
  /** Services of the crowd, which are not among `services`. */
  readonly crowd: number
  readonly ingresses: readonly IngressView[]
  readonly gateways: readonly GatewayCardView[]
  readonly routes: readonly RouteCardView[]
  readonly vips: readonly { readonly address: string; readonly node: string }[]
  /** Names outside the cluster, from DNSEndpoints. */
  readonly outsideNames: readonly { readonly name: string; readonly targets: readonly string[] }[]
  readonly vantages: readonly VantageView[]
  readonly files: readonly FileView[]
  /** Of the files as applied. */
  readonly diagnostics: readonly Diagnostic[]
}

export interface NodeView {
  readonly name: string
  readonly address: string
  readonly ready: boolean
  /** Nobody hears from it: it is cut off. */
  readonly lost: boolean
  /** Addresses that move when it fails: VIPs that it holds, and those of balancers that it answers for. */
  readonly floating: readonly string[]
  /** The cluster's, or that of the rules pasted for this node. */
  readonly proxyMode: ProxyMode
  /** The texts in which its rules can be read, the one that decides most first. */
  readonly rules: readonly RulesTextView[]
}

/** `pastedFrom`: the file whose rules stand in place of the computed ones. */
export interface RulesTextView {
  readonly text: RulesText
  readonly pastedFrom?: string
}

/** `role` chooses the glyph: CoreDNS, an ingress controller or a Gateway's proxy, a system Pod, or an application. */
export interface PodView {
  readonly ref: ObjectRef
  /** Absent: Pending. */
  readonly node?: string
  readonly address?: string
  readonly hostNetwork: boolean
  readonly ready: boolean
  readonly terminating: boolean
  /** As `kubectl get pods` says it: Running, Pending, ImagePullBackOff, Terminating. */
  readonly status: string
  readonly role: 'dns' | 'ingress' | 'system' | 'app'
  readonly image: string
  readonly labels: Readonly<Record<string, string>>
  readonly listens: readonly ListenSocket[]
  /** Services that have this Pod as an endpoint. */
  readonly services: readonly ObjectRef[]
  /** The Deployment, StatefulSet or DaemonSet above it. */
  readonly workload?: ObjectRef
}

export interface ServiceView {
  readonly ref: ObjectRef
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  readonly headless: boolean
  /** `''` where there is none. */
  readonly clusterIp: string
  readonly externalName?: string
  readonly externalAddresses: readonly string[]
  readonly selector: Readonly<Record<string, string>>
  readonly ports: readonly ServicePortView[]
  readonly role: 'dns' | 'ingress' | 'system' | 'app'
  readonly because: readonly Because[]
}

/** One service port and its chain as the first node's kube-proxy wrote it. No rows: no endpoint. */
export interface ServicePortView {
  readonly name: string
  readonly protocol: Protocol
  readonly port: number
  /** 0: none. */
  readonly nodePort: number
  readonly targetPort: string
  readonly chain: string
  readonly rows: readonly ChainRowView[]
}

/** One row of the chain, in evaluation order. */
export interface ChainRowView {
  readonly ruleId: string
  /** 0…1 as the rule says it; 1 for the last. */
  readonly probability: number
  /** By its own draw, or without one as the last; nftables draws once among all rows; IPVS has a scheduler. */
  readonly chosenBy: 'own-draw' | 'no-draw' | 'one-draw' | 'scheduler'
  /** 0…1: what this endpoint gets of all connections. */
  readonly share: number
  readonly endpoint: string
  readonly pod?: ObjectRef
}

export interface IngressView {
  readonly ref: ObjectRef
  readonly className?: string
  readonly addresses: readonly string[]
  readonly rules: readonly {
    readonly host: string
    readonly paths: readonly {
      readonly path: string
      readonly pathType: string
      readonly service: string
      readonly port: string
    }[]
  }[]
  readonly because: readonly Because[]
}

/** A condition of an object's status, in the API's words. */
export interface ConditionView {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}

export interface GatewayCardView {
  readonly ref: ObjectRef
  readonly className: string
  readonly addresses: readonly string[]
  readonly conditions: readonly ConditionView[]
  readonly listeners: readonly {
    readonly name: string
    readonly protocol: string
    readonly port: number
    /** `''`: every host. */
    readonly hostname: string
    readonly attachedRoutes: number
    readonly conditions: readonly ConditionView[]
  }[]
  readonly because: readonly Because[]
}

/** An HTTPRoute. */
export interface RouteCardView {
  readonly ref: ObjectRef
  readonly hostnames: readonly string[]
  /** `conditions` are empty where no controller has spoken. */
  readonly parents: readonly {
    readonly gateway: ObjectRef
    readonly sectionName?: string
    readonly conditions: readonly ConditionView[]
  }[]
  /** `matches` and `filters` in a few literal words. */
  readonly rules: readonly {
    readonly matches: readonly string[]
    readonly filters: readonly string[]
    readonly backends: readonly {
      readonly service: ObjectRef
      readonly port: number
      readonly weight: number
    }[]
  }[]
  readonly because: readonly Because[]
}

export interface VantageView {
  readonly id: Vantage
  readonly kind: 'pod' | 'node' | 'outside'
  readonly name: string
  readonly address: string
  /** A Pod's namespace and node. */
  readonly namespace?: string
  readonly node?: string
}

/** A file of the editor. */
export interface FileView {
  readonly name: string
  /** The text that the cluster holds, or that waits. */
  readonly text: string
  /** Whether `text` has been applied. */
  readonly applied: boolean
  /** The cluster itself and its system objects: applied from the start, shown last. */
  readonly system: boolean
  /** A patch: the object that it patches by default, where one fits. */
  readonly patchOf?: readonly ObjectRef[]
}
