/**
 * The controller's model of nginx: what nginx.conf and the dynamic part (endpoints, certificates) say, as data.
 * Models ingress.Server, ingress.Location and ingress.Backend (ingress-nginx pkg/apis/ingress/types.go).
 */
import type { ObjectRef, Origin } from '../cluster/object-ref.ts'
import type { IpAddress } from '../network/address.ts'
import type { Balancing } from './balancing.ts'
import type { CanaryPolicy } from './canary.ts'
import type { LocationAnnotations } from './location-annotations.ts'
import type { SessionAffinity } from './session-affinity.ts'

/** The host name of the server that takes what no other takes. */
export const catchAllHost = '_'

/** One `server { … }`. */
export interface VirtualServer {
  /** A name, `*.name`, or {@link catchAllHost}. */
  readonly hostname: string
  readonly aliases: readonly string[]
  /** In the order of nginx.conf. */
  readonly locations: readonly Location[]
  /** Its entry in the certificate table; absent where no Ingress brought a `tls` section: then no redirect to https either. */
  readonly certificate?: ServerCertificate
  /** `app-root`: where `/` of this host leads. */
  readonly appRoot?: string
  /** `from-to-www-redirect`: every request is sent to this name; the server has no locations. */
  readonly redirectTo?: string
  /** The Ingress that created the server; absent for the catch-all without one. */
  readonly ingress?: ObjectRef
  /** The fields that made it: the `host` of each rule. */
  readonly because: readonly Origin[]
}

/** One `location … { … }`. */
export interface Location {
  /** As printed, without modifier: `/foo/`. In regex mode the pattern after `^`. */
  readonly path: string
  readonly match: 'exact' | 'prefix' | 'regex'
  /** Of the Ingress; the second half of a doubled Prefix is Exact. */
  readonly pathType: 'Exact' | 'Prefix'
  /** The path in the Ingress, `$location_path`: `/foo` for both halves of a doubled Prefix. */
  readonly ingressPath: string
  /** `$ingress_name`; for a host's default `/` the Ingress that created the server. */
  readonly ingress?: ObjectRef
  readonly backend?: BackendService
  readonly handler: LocationHandler
  /** The `/` that a server has before any path claims it. */
  readonly isDefault: boolean
  readonly annotations: LocationAnnotations
  readonly because: readonly Origin[]
}

/** What the location does with a request; `healthz` and `nginx-status` are the controller's own. */
export type LocationHandler =
  | { readonly kind: 'proxy'; readonly upstream: string }
  | { readonly kind: 'healthz' }
  | { readonly kind: 'nginx-status' }

/** A Service and its port as an Ingress writes them. */
export interface BackendService {
  readonly namespace: string
  readonly name: string
  readonly port: number | string
}

/** Where requests of one `NAMESPACE-SERVICE-PORT` go. */
export interface Upstream {
  readonly name: string
  readonly backend?: BackendService
  readonly members: UpstreamMembers
  readonly balancing: Balancing
  /** By cookie; it comes before `balancing`. */
  readonly affinity?: SessionAffinity
  /** The upstream that shares its requests, in whatever location; the first canary wins. */
  readonly canary?: { readonly upstream: string; readonly policy: CanaryPolicy }
  /** The Ingress field that named it first, the Service, its EndpointSlices. */
  readonly because: readonly Origin[]
}

/** An address that nginx connects to. `pod` absent: a ClusterIP, or an address that nobody gave a Pod. */
export interface UpstreamEndpoint {
  readonly address: IpAddress
  readonly port: number
  readonly pod?: ObjectRef
}

export type UpstreamMembers =
  | { readonly kind: 'endpoints'; readonly endpoints: readonly UpstreamEndpoint[] }
  /** `service-upstream`: the ClusterIP; kube-proxy chooses the Pod. */
  | { readonly kind: 'cluster-ip'; readonly endpoint: UpstreamEndpoint }
  /** ExternalName: nginx asks the name server each time. */
  | { readonly kind: 'external-name'; readonly hostname: string; readonly port: number }
  | { readonly kind: 'none'; readonly reason: EmptyReason }
  /** nginx's own server on 127.0.0.1:8181, which answers 404. */
  | { readonly kind: 'built-in-404' }

/** Why an upstream has nobody in it. */
export type EmptyReason =
  | { readonly kind: 'no-service' }
  /** No port of the Service has this number, targetPort or name. */
  | { readonly kind: 'no-such-port'; readonly port: number | string }
  /** `total`: endpoints that are there but not ready. */
  | { readonly kind: 'none-ready'; readonly total: number }
  /** ExternalName that the controller refuses: loopback, or no DNS name, or no numeric port. */
  | { readonly kind: 'external-name-refused'; readonly hostname: string }

/** A server's certificate: the Secret, or the default one and why. */
export type ServerCertificate =
  | { readonly kind: 'secret'; readonly secret: ObjectRef; readonly because: Origin }
  | {
      readonly kind: 'default'
      readonly reason:
        'no-secret-named' | 'secret-missing' | 'secret-unusable' | 'name-not-covered' | 'host-not-listed'
      readonly because: Origin
    }
