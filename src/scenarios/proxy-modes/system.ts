/** What a new cluster holds. */
import { kubeadmObjects } from '../kubeadm.ts'

export const system = kubeadmObjects({
  coredns: { tag: 'v1.14.7', replicas: 1, nodeSelector: 'node-role.kubernetes.io/control-plane: ""' },
  kubeProxy: 'v1.34.1',
  apiServers: ['192.168.61.11'],
})
