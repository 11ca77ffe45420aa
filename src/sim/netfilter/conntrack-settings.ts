/** What an administrator may set of connection tracking: net.netfilter.nf_conntrack_*. */

/** Seconds that an entry lives after its last packet, and how many there may be. */
export interface ConntrackSettings {
  /** `nf_conntrack_max`. Absent: more than any simulated cluster has connections. */
  readonly max?: number
  readonly tcpEstablishedSeconds: number
  readonly tcpCloseWaitSeconds: number
  readonly udpSeconds: number
  readonly udpStreamSeconds: number
}

/** What the kernel starts with (Linux nf_conntrack_proto_{tcp,udp}.c). */
export const kernelConntrack: ConntrackSettings = {
  tcpEstablishedSeconds: 5 * 24 * 3600,
  tcpCloseWaitSeconds: 60,
  udpSeconds: 30,
  udpStreamSeconds: 120,
}
