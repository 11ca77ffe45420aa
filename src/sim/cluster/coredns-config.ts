/** Where CoreDNS's configuration stands, as kubeadm writes it. */
import type { Cluster } from './cluster.ts'
import type { ObjectRef } from './object-ref.ts'

export const COREDNS_CONFIG: ObjectRef = { kind: 'ConfigMap', namespace: 'kube-system', name: 'coredns' }

/** The Corefile as it stands in the ConfigMap now; undefined where there is none. What a process runs by may be an older one. */
export function corefileOf(cluster: Cluster): string | undefined {
  const { namespace, name } = COREDNS_CONFIG
  return cluster.configMaps.find(({ ref }) => ref.namespace === namespace && ref.name === name)?.data[
    'Corefile'
  ]
}
