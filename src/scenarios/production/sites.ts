/** Two sites behind one address, told apart by their host names. */
export const sites = `# Two sites behind one address. Ask for https://web02.cluster.example.com/ too: another Host, another Service.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: sites
spec:
  ingressClassName: nginx
  tls:
    - hosts: ["web01.cluster.example.com", "web02.cluster.example.com"]
      secretName: wildcard-tls
  rules:
    - host: web01.cluster.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: web01, port: { number: 80 } } }
    - host: web02.cluster.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: web02, port: { number: 80 } } }
---
apiVersion: v1
kind: Service
metadata:
  name: web01
spec:
  selector: { app: web01 }
  ports: [{ port: 80 }]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web01
spec:
  replicas: 3
  selector: { matchLabels: { app: web01 } }
  template:
    metadata: { labels: { app: web01 } }
    spec:
      containers: [{ name: nginx, image: nginx }]
---
apiVersion: v1
kind: Service
metadata:
  name: web02
spec:
  selector: { app: web02 }
  ports: [{ port: 80 }]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web02
spec:
  replicas: 2
  selector: { matchLabels: { app: web02 } }
  template:
    metadata:
      labels: { app: web02 }
      annotations: { podpath.dev/http: "200 hello from web02" }
    spec:
      containers: [{ name: nginx, image: nginx }]
`
