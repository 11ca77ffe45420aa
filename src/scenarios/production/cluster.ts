/** One machine for the control plane, which takes no traffic from outside, and two that work. */
export const cluster = `# The cluster itself. kubeadm taints the control plane, and keeps it out of load balancers by the last of its labels.
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.35.0
networking:
  podSubnet: 172.31.0.0/16
  serviceSubnet: 10.96.0.0/12
  dnsDomain: cluster.local
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clusterCIDR: 172.31.0.0/16
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: default-ipv4-ippool
spec:
  cidr: 172.31.0.0/16
  blockSize: 26
  vxlanMode: CrossSubnet
  natOutgoing: true
---
apiVersion: projectcalico.org/v3
kind: BlockAffinity
metadata: { name: host01-172-31-1-0-26 }
spec: { node: host01, cidr: 172.31.1.0/26, state: confirmed }
---
apiVersion: projectcalico.org/v3
kind: BlockAffinity
metadata: { name: host02-172-31-2-0-26 }
spec: { node: host02, cidr: 172.31.2.0/26, state: confirmed }
---
apiVersion: projectcalico.org/v3
kind: BlockAffinity
metadata: { name: host03-172-31-3-0-26 }
spec: { node: host03, cidr: 172.31.3.0/26, state: confirmed }
---
apiVersion: v1
kind: Node
metadata:
  name: host01
  labels:
    kubernetes.io/hostname: host01
    kubernetes.io/os: linux
    node-role.kubernetes.io/control-plane: ""
    node.kubernetes.io/exclude-from-external-load-balancers: ""
spec:
  taints: [{ key: node-role.kubernetes.io/control-plane, effect: NoSchedule }]
status:
  addresses:
    - { type: InternalIP, address: 192.168.61.11 }
    - { type: Hostname, address: host01 }
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Node
metadata:
  name: host02
  labels: { kubernetes.io/hostname: host02, kubernetes.io/os: linux }
status:
  addresses:
    - { type: InternalIP, address: 192.168.61.12 }
    - { type: Hostname, address: host02 }
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Node
metadata:
  name: host03
  labels: { kubernetes.io/hostname: host03, kubernetes.io/os: linux }
status:
  addresses:
    - { type: InternalIP, address: 192.168.61.13 }
    - { type: Hostname, address: host03 }
  conditions: [{ type: Ready, status: "True" }]
`
