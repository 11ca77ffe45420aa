/** What the cluster holds before a reader types anything. Controllers make the Pods, ReplicaSets and EndpointSlices. */
import { kubeadmObjects } from '../kubeadm.ts'

const kubeadm = kubeadmObjects({
  coredns: { tag: 'v1.14.7', replicas: 2, nodeSelector: 'kubernetes.io/os: linux' },
  kubeProxy: 'v1.32.5',
  apiServers: ['192.168.61.11', '192.168.61.12', '192.168.61.13'],
})

export const system = `# What the chapter's cluster holds before the reader types anything: the objects that its first listings count on.
# Controllers make the Pods, ReplicaSets and EndpointSlices. The VIP 192.168.61.10 is kube-vip's (its DaemonSet is below; no Service): the node
# that leads holds the address on its interface, so port 80 or 443 of the VIP is a node port of that node.
# The upstream of CoreDNS's "forward" is out of reach in the classroom: a name outside the cluster gets SERVFAIL, as in the chapter.
apiVersion: v1
kind: Namespace
metadata: { name: ingress-nginx }
---
${kubeadm}---
apiVersion: v1
kind: Service
metadata:
  name: metrics-server
  namespace: kube-system
  labels: { k8s-app: metrics-server }
spec:
  clusterIP: 10.105.140.176
  selector: { k8s-app: metrics-server }
  ports: [{ name: https, port: 443, protocol: TCP, targetPort: https }]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: metrics-server
  namespace: kube-system
  labels: { k8s-app: metrics-server }
spec:
  replicas: 1
  selector: { matchLabels: { k8s-app: metrics-server } }
  template:
    metadata: { labels: { k8s-app: metrics-server } }
    spec:
      containers:
        - name: metrics-server
          image: registry.k8s.io/metrics-server/metrics-server:v0.7.0
          ports: [{ name: https, containerPort: 10250, protocol: TCP }]
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: kube-vip
  namespace: kube-system
  labels: { app.kubernetes.io/name: kube-vip }
spec:
  selector: { matchLabels: { app.kubernetes.io/name: kube-vip } }
  template:
    metadata: { labels: { app.kubernetes.io/name: kube-vip } }
    spec:
      hostNetwork: true
      nodeSelector: { node-role.kubernetes.io/control-plane: "" }
      containers:
        - name: kube-vip
          image: ghcr.io/kube-vip/kube-vip:v0.8.9
          args: [manager]
          env:
            - { name: vip_arp, value: "true" }
            - { name: vip_interface, value: eth0 }
            - { name: cp_enable, value: "true" }
            - { name: vip_leaderelection, value: "true" }
            - { name: address, value: 192.168.61.10 }
            - { name: port, value: "6443" }
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
  annotations: { ingressclass.kubernetes.io/is-default-class: "true" }
spec: { controller: k8s.io/ingress-nginx }
---
apiVersion: v1
kind: Service
metadata:
  name: ingress-nginx-controller
  namespace: ingress-nginx
  labels: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller }
spec:
  type: NodePort
  selector: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller }
  ports:
    - { name: http, appProtocol: http, port: 80, protocol: TCP, targetPort: http, nodePort: 80 }
    - { name: https, appProtocol: https, port: 443, protocol: TCP, targetPort: https, nodePort: 443 }
---
apiVersion: v1
kind: Service
metadata:
  name: ingress-nginx-controller-admission
  namespace: ingress-nginx
  labels: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller }
spec:
  selector: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller }
  ports: [{ name: https-webhook, appProtocol: https, port: 443, protocol: TCP, targetPort: webhook }]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ingress-nginx-controller
  namespace: ingress-nginx
  labels: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller }
spec:
  replicas: 1
  selector: { matchLabels: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller } }
  template:
    metadata: { labels: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller } }
    spec:
      containers:
        - name: controller
          image: registry.k8s.io/ingress-nginx/controller:v1.15.1
          args: [/nginx-ingress-controller, --controller-class=k8s.io/ingress-nginx, --ingress-class=nginx]
          ports:
            - { name: http, containerPort: 80, protocol: TCP }
            - { name: https, containerPort: 443, protocol: TCP }
            - { name: webhook, containerPort: 8443, protocol: TCP }
`
