/** Three Pods behind a Service that nodes answer for too: one declared port, one node port. */
export const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: nginx
---
# Port 80 is declared, 81 is not. The node port stands on every node: ask for it from a node as http://127.0.0.1:30080/ too.
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 80
      nodePort: 30080
`
