/** A cluster whose kube-proxies run in another mode. */
import type { Cluster, ProxyMode } from './cluster.ts'

/** Whether or not an object says so: a cluster without a KubeProxyConfiguration has the default mode. */
export function inMode(cluster: Cluster, mode: ProxyMode): Cluster {
  const { config } = cluster
  if (config.kubeProxy.mode === mode) return cluster
  return { ...cluster, config: { ...config, kubeProxy: { ...config.kubeProxy, mode } } }
}
