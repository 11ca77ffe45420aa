/**
 * How kube-proxy sets a node's connection tracking when it starts. Models cmd/kube-proxy/app/server_linux.go (1.32),
 * setupConntrack and getConntrackMax.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { kernelConntrack, type ConntrackSettings } from '../netfilter/conntrack-settings.ts'

/** The node's settings: the kernel's, and over them what the KubeProxyConfiguration has; zeros leave them as they are. */
export function conntrackSettings(cluster: Cluster, nodeName: string): ConntrackSettings {
  const config = cluster.config.kubeProxy.conntrack
  const cpus = cluster.nodes.find((each) => each.ref.name === nodeName)?.cpus ?? 1
  const max = config.maxPerCore > 0 ? Math.max(config.min, config.maxPerCore * cpus) : 0
  return {
    ...(max > 0 && { max }),
    tcpEstablishedSeconds: config.tcpEstablishedSeconds || kernelConntrack.tcpEstablishedSeconds,
    tcpCloseWaitSeconds: config.tcpCloseWaitSeconds || kernelConntrack.tcpCloseWaitSeconds,
    udpSeconds: config.udpSeconds || kernelConntrack.udpSeconds,
    udpStreamSeconds: config.udpStreamSeconds || kernelConntrack.udpStreamSeconds,
  }
}
