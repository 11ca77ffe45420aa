/** IPVS's services and destinations as `ipvsadm` calls them: virtual servers and their real servers. Plain data. */
import type { IpAddress } from '../network/address.ts'

/** What IPVS balances. */
export type IpvsProtocol = 'tcp' | 'udp' | 'sctp'

/** `mh`, `lblc`, `lblcr`, `fo`, `ovf` and others that the kernel has are names without an algorithm here: not modelled. */
type Scheduler = 'rr' | 'wrr' | 'lc' | 'wlc' | 'sed' | 'nq' | 'sh' | 'dh' | (string & {})

/** A virtual server as it is wanted: what kube-proxy, or a person with `ipvsadm -A`, asks for. */
export interface VirtualServerSpec {
  readonly address: IpAddress
  readonly port: number
  readonly protocol: IpvsProtocol
  readonly scheduler: Scheduler
  /** `-p`: seconds that a client stays with a real server. */
  readonly persistentSeconds?: number
  readonly realServers: readonly RealServerSpec[]
}

/** Forwarding is Masq (NAT) always: the others send the packet on as it is. */
export interface RealServerSpec {
  readonly address: IpAddress
  readonly port: number
  readonly weight: number
}

/** A virtual server in the kernel. */
export interface VirtualServer extends VirtualServerSpec {
  readonly realServers: readonly RealServer[]
  /** The real server that the scheduler chose last: its key; absent before the first choice. Of `rr` and `wrr` alone. */
  readonly last?: string
  /** `wrr`'s current weight (`ip_vs_wrr_mark.cw`). */
  readonly currentWeight?: number
}

export interface RealServer extends RealServerSpec {
  /** No longer wanted: of weight 0, and gone with its last connection. */
  readonly leaving?: true
}

/** `tcp 10.96.0.10:53`: what identifies a virtual server. */
export function serverKey({
  protocol,
  address,
  port,
}: Pick<VirtualServerSpec, 'protocol' | 'address' | 'port'>): string {
  return `${protocol} ${address}:${port}`
}

/** `172.31.1.11:80`: what identifies a real server within its virtual server. */
export function realKey({ address, port }: Pick<RealServerSpec, 'address' | 'port'>): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
