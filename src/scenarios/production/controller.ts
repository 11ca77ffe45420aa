/** The Ingress controller as a cluster for others has it: several replicas, an address of its own, and the client's address kept. */
export const controller = `# The Ingress controller: two replicas, each on a node of its own, behind one address of the pool.
# externalTrafficPolicy Local: only a node with a controller answers for the address, and the client's address stays.
# Set it to Cluster, send again, and look at X-Forwarded-For.
apiVersion: v1
kind: Namespace
metadata: { name: ingress-nginx }
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
  annotations: { metallb.io/loadBalancerIPs: 192.168.61.200 }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller }
  ports:
    - { name: http, appProtocol: http, port: 80, protocol: TCP, targetPort: http }
    - { name: https, appProtocol: https, port: 443, protocol: TCP, targetPort: https }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ingress-nginx-controller
  namespace: ingress-nginx
  labels: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller }
spec:
  replicas: 2
  selector: { matchLabels: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller } }
  template:
    metadata: { labels: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller } }
    spec:
      containers:
        - name: controller
          image: registry.k8s.io/ingress-nginx/controller:v1.15.1
          args:
            - /nginx-ingress-controller
            - --publish-service=ingress-nginx/ingress-nginx-controller
            - --controller-class=k8s.io/ingress-nginx
            - --ingress-class=nginx
          ports:
            - { name: http, containerPort: 80, protocol: TCP }
            - { name: https, containerPort: 443, protocol: TCP }
`
