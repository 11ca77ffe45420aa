/** What kubeadm leaves in a new cluster, in the few lines that matter to packets. */

interface KubeadmCluster {
  readonly coredns: {
    /** The tag of registry.k8s.io/coredns/coredns. */
    readonly tag: string
    readonly replicas: number
    /** The labels of the nodes that may have its Pods. */
    readonly nodeSelector: string
  }
  /** The tag of registry.k8s.io/kube-proxy. */
  readonly kubeProxy: string
  /** The nodes' addresses at which an API server listens. */
  readonly apiServers: readonly string[]
  /** kube-proxy runs on tainted nodes too, as kubeadm's does; nothing is said of it where no node has a taint. */
  readonly toleratesTaints?: boolean
}

/** The API server's Service, CoreDNS, kube-proxy on every node: YAML, several documents. */
export function kubeadmObjects({
  coredns,
  kubeProxy,
  apiServers,
  toleratesTaints = false,
}: KubeadmCluster): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: kubernetes
  namespace: default
  labels: { component: apiserver, provider: kubernetes }
spec:
  clusterIP: 10.96.0.1
  ports: [{ name: https, port: 443, protocol: TCP, targetPort: 6443 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: kubernetes
  namespace: default
  labels: { kubernetes.io/service-name: kubernetes }
addressType: IPv4
ports: [{ name: https, port: 6443, protocol: TCP }]
endpoints:
${apiServers.map(ready).join('\n')}
---
apiVersion: v1
kind: Service
metadata:
  name: kube-dns
  namespace: kube-system
  labels: { k8s-app: kube-dns, kubernetes.io/cluster-service: "true", kubernetes.io/name: CoreDNS }
spec:
  clusterIP: 10.96.0.10
  selector: { k8s-app: kube-dns }
  ports:
    - { name: dns, port: 53, protocol: UDP, targetPort: 53 }
    - { name: dns-tcp, port: 53, protocol: TCP, targetPort: 53 }
    - { name: metrics, port: 9153, protocol: TCP, targetPort: 9153 }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: coredns
  namespace: kube-system
  labels: { k8s-app: kube-dns }
spec:
  replicas: ${coredns.replicas}
  selector: { matchLabels: { k8s-app: kube-dns } }
  template:
    metadata: { labels: { k8s-app: kube-dns } }
    spec:
      dnsPolicy: Default
      nodeSelector: { ${coredns.nodeSelector} }
      containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:${coredns.tag}
          ports:
            - { name: dns, containerPort: 53, protocol: UDP }
            - { name: dns-tcp, containerPort: 53, protocol: TCP }
            - { name: metrics, containerPort: 9153, protocol: TCP }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: coredns, namespace: kube-system }
data:
  Corefile: |
    .:53 {
        errors
        health {
           lameduck 5s
        }
        ready
        kubernetes cluster.local in-addr.arpa ip6.arpa {
           pods insecure
           fallthrough in-addr.arpa ip6.arpa
           ttl 30
        }
        prometheus :9153
        forward . /etc/resolv.conf {
           max_concurrent 1000
        }
        cache 30 {
           disable success cluster.local
           disable denial cluster.local
        }
        loop
        reload
        loadbalance
    }
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: kube-proxy
  namespace: kube-system
  labels: { k8s-app: kube-proxy }
spec:
  selector: { matchLabels: { k8s-app: kube-proxy } }
  template:
    metadata: { labels: { k8s-app: kube-proxy } }
    spec:
      hostNetwork: true
      nodeSelector: { kubernetes.io/os: linux }${toleratesTaints ? '\n      tolerations: [{ operator: Exists }]' : ''}
      containers: [{ name: kube-proxy, image: "registry.k8s.io/kube-proxy:${kubeProxy}" }]
`
}

function ready(address: string): string {
  return `  - { addresses: [${address}], conditions: { ready: true } }`
}
