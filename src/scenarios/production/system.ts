/** What a new cluster holds, and MetalLB's pool with what announces it. */
import { kubeadmObjects } from '../kubeadm.ts'

export const system = `${kubeadmObjects({
  coredns: { tag: 'v1.13.1', replicas: 2, nodeSelector: 'kubernetes.io/os: linux' },
  kubeProxy: 'v1.35.0',
  apiServers: ['192.168.61.11'],
  toleratesTaints: true,
})}---
apiVersion: v1
kind: Namespace
metadata: { name: metallb-system }
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: edge, namespace: metallb-system }
spec: { addresses: [192.168.61.200-192.168.61.220] }
---
# Without this nobody answers for the pool's addresses.
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: { name: edge, namespace: metallb-system }
spec: { ipAddressPools: [edge] }
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: speaker
  namespace: metallb-system
  labels: { app: metallb, component: speaker }
spec:
  selector: { matchLabels: { app: metallb, component: speaker } }
  template:
    metadata: { labels: { app: metallb, component: speaker } }
    spec:
      hostNetwork: true
      nodeSelector: { kubernetes.io/os: linux }
      tolerations: [{ key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule }]
      containers: [{ name: speaker, image: "quay.io/metallb/speaker:v0.15.2" }]
`
