/** What a new cluster holds, MetalLB's pool, the classroom's authority, and the class of Gateways that is carried out here. */
import { authority } from '../authority.ts'
import { kubeadmObjects } from '../kubeadm.ts'

export const system = `${kubeadmObjects({
  coredns: { tag: 'v1.13.1', replicas: 1, nodeSelector: 'node-role.kubernetes.io/control-plane: ""' },
  kubeProxy: 'v1.35.0',
  apiServers: ['192.168.61.11'],
})}---
apiVersion: v1
kind: Namespace
metadata: { name: metallb-system }
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: classroom, namespace: metallb-system }
spec: { addresses: [192.168.61.200-192.168.61.220] }
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: { name: classroom, namespace: metallb-system }
spec: { ipAddressPools: [classroom] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: podpath }
spec: { controllerName: podpath.dev/gateway }
---
${authority}`
