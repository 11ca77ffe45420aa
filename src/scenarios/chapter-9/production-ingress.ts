/** The chapter's closing section: a wildcard name outside, a wildcard certificate, a full host name. Takes the place of nginx-ingress. */
export const productionIngress = `# The chapter's production set-up: a wildcard name outside, a wildcard certificate, a full host name.
apiVersion: externaldns.k8s.io/v1alpha1
kind: DNSEndpoint
metadata:
  name: wildcard
spec:
  endpoints:
    - dnsName: "*.cluster.example.com"
      recordType: A
      recordTTL: 300
      targets: ["192.168.61.10"]
---
# The classroom's own authority; the laptop trusts it.
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: classroom
spec:
  ca: { secretName: classroom-ca }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: wildcard
spec:
  secretName: wildcard-tls
  dnsNames: ["*.cluster.example.com"]
  issuerRef: { name: classroom, kind: ClusterIssuer }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web01
spec:
  ingressClassName: nginx
  tls:
    - hosts: ["web01.cluster.example.com"]
      secretName: wildcard-tls
  rules:
    - host: web01.cluster.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: nginx
                port:
                  number: 80
`
