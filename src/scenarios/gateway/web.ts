/** The nginx that everybody knows, and the next one, which says so. */
export const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx
spec:
  replicas: 3
  selector:
    matchLabels: { app: nginx }
  template:
    metadata:
      labels: { app: nginx }
    spec:
      containers:
        - name: nginx
          image: nginx
---
apiVersion: v1
kind: Service
metadata:
  name: nginx
spec:
  selector:
    app: nginx
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-next
spec:
  replicas: 1
  selector:
    matchLabels: { app: nginx-next }
  template:
    metadata:
      labels: { app: nginx-next }
      annotations: { podpath.dev/http: "200 the next version" }
    spec:
      containers:
        - name: nginx
          image: nginx
---
apiVersion: v1
kind: Service
metadata:
  name: nginx-next
spec:
  selector:
    app: nginx-next
  ports:
    - port: 80
`
