/** Two machines with an overlay, and addresses for load balancers. */
export const cluster = `# The cluster itself, in the formats that set a real one up.
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
apiVersion: v1
kind: Node
metadata:
  name: host01
  labels: { kubernetes.io/hostname: host01, kubernetes.io/os: linux, node-role.kubernetes.io/control-plane: "" }
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
`
