/** What a plugin's lines in the Corefile ask for, defaults filled in. */
import type { IpAddress } from '../network/address.ts'
import type { HostsFile } from './hosts-file.ts'

/** Lines of the Corefile, from 1, both included. */
interface Placed {
  readonly line: number
  readonly endLine: number
}

/** A plugin of a server block. Zones are absolute and in lower case. */
export type PluginConfig =
  | KubernetesConfig
  | ForwardConfig
  | CacheConfig
  | HostsConfig
  | RewriteConfig
  | (Placed & { readonly kind: 'loadbalance' })
  | (Placed & { readonly kind: 'bufsize'; readonly bytes: number })
  /** Changes no answer. */
  | (Placed & { readonly kind: 'watching'; readonly name: string })
  /** CoreDNS has it, Podpath does not. */
  | (Placed & { readonly kind: 'not-modelled'; readonly name: string })

export interface KubernetesConfig extends Placed {
  readonly kind: 'kubernetes'
  readonly zones: readonly string[]
  /** The first zone that is no reverse zone: where PTR records point. */
  readonly primaryZone: string
  readonly pods: 'disabled' | 'insecure' | 'verified'
  /** Empty: every namespace. */
  readonly namespaces: readonly string[]
  readonly ttlSeconds: number
  /** Zones in which NXDOMAIN goes on to the next plugin; `.` for all; empty: none. */
  readonly fallthrough: readonly string[]
  readonly endpointPodNames: boolean
  readonly ignoreEmptyService: boolean
  readonly noEndpoints: boolean
  /** Properties that CoreDNS has and that are not evaluated here. */
  readonly notModelled: readonly string[]
}

export interface ForwardConfig extends Placed {
  readonly kind: 'forward'
  readonly from: string
  /** Resolved at start: `/etc/resolv.conf` stands for the nameservers of CoreDNS's own file. */
  readonly to: readonly (IpAddress | 'resolv-conf')[]
  readonly except: readonly string[]
  readonly policy: 'random' | 'round_robin' | 'sequential'
  readonly notModelled: readonly string[]
}

export interface CacheConfig extends Placed {
  readonly kind: 'cache'
  readonly zones: readonly string[]
  readonly successSeconds: number
  readonly denialSeconds: number
  readonly disabledSuccess: readonly string[]
  readonly disabledDenial: readonly string[]
}

export interface HostsConfig extends Placed {
  readonly kind: 'hosts'
  readonly zones: readonly string[]
  readonly entries: HostsFile
  readonly ttlSeconds: number
  readonly reverse: boolean
  readonly fallthrough: readonly string[]
  readonly notModelled: readonly string[]
}

export interface RewriteConfig extends Placed {
  readonly kind: 'rewrite'
  readonly mode: 'stop' | 'continue'
  readonly match: 'exact' | 'prefix' | 'suffix' | 'substring' | 'regex'
  readonly from: string
  readonly to: string
  /** How owner names in the answer are put back. */
  readonly answers: readonly (
    | { readonly kind: 'auto' }
    | { readonly kind: 'name' | 'value'; readonly from: string; readonly to: string }
  )[]
  readonly notModelled: readonly string[]
}
