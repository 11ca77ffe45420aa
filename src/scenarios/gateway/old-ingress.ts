/** The same as an Ingress, for a controller that is retired. */
export const oldIngress = `# How it was done with ingress-nginx, which gets no more fixes since March 2026. There is no controller for it in this cluster.
# Its card on the stage says how it reads as an HTTPRoute, and what would answer differently.
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
spec:
  controller: k8s.io/ingress-nginx
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/use-regex: "true"
spec:
  ingressClassName: nginx
  rules:
    - host: web.example.com
      http:
        paths:
          - path: /api
            pathType: Prefix
            backend: { service: { name: nginx, port: { number: 80 } } }
          - path: /status
            pathType: Exact
            backend: { service: { name: nginx-next, port: { number: 80 } } }
`
