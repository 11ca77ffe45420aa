/** Three machines in two subnets with a router between them, and kube-proxy, in the formats that set a real cluster up. */
export const cluster = `# The machines: host01 and host02 in 192.168.61.0/24, host03 in 192.168.62.0/24.
# Calico writes each node's address and subnet into the annotation projectcalico.org/IPv4Address.
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.32.5
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
apiVersion: v1
kind: Node
metadata:
  name: host01
  labels: { kubernetes.io/hostname: host01, kubernetes.io/os: linux, node-role.kubernetes.io/control-plane: "" }
  annotations:
    projectcalico.org/IPv4Address: 192.168.61.11/24
    # What the router between the subnets does with a packet for a network that it does not know.
    # answers: it sends an ICMP error back; silent: it says nothing; none: this node has no default route at all.
    podpath.dev/router: answers
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
  annotations: { projectcalico.org/IPv4Address: 192.168.61.12/24 }
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
  annotations: { projectcalico.org/IPv4Address: 192.168.62.13/24 }
status:
  addresses:
    - { type: InternalIP, address: 192.168.62.13 }
    - { type: Hostname, address: host03 }
  conditions: [{ type: Ready, status: "True" }]
`
