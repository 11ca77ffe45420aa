/** What the cluster holds before a reader types anything. */
import { kubeadmObjects } from '../kubeadm.ts'

const kubeadm = kubeadmObjects({
  coredns: { tag: 'v1.11.3', replicas: 1, nodeSelector: 'node-role.kubernetes.io/control-plane: ""' },
  kubeProxy: 'v1.32.5',
  apiServers: ['192.168.61.11'],
})

export const system = `# CoreDNS runs on host01, beside the client: the lookup stays on one node, the request does not.
${kubeadm}`
