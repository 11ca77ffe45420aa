/** The Gateway, who it belongs to, and its name outside. */
export const edge = `# A Gateway is an address and its listeners. Its class says who carries it out: this one's controller
# makes a Deployment and a Service "web-podpath", and MetalLB gives that an address from its pool.
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: web
spec:
  gatewayClassName: podpath
  listeners:
    - name: http
      protocol: HTTP
      port: 80
      hostname: "*.example.com"
    - name: https
      protocol: HTTPS
      port: 443
      hostname: "*.example.com"
      tls:
        certificateRefs:
          - name: web-tls
---
# The certificate of the https listener; the laptop trusts its issuer.
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: web
spec:
  secretName: web-tls
  dnsNames: ["*.example.com"]
  issuerRef: { name: classroom, kind: ClusterIssuer }
---
# What the world asks for. A "*" here stands for any number of labels, unlike in an Ingress.
apiVersion: externaldns.k8s.io/v1alpha1
kind: DNSEndpoint
metadata:
  name: web
spec:
  endpoints:
    - dnsName: "*.example.com"
      recordType: A
      recordTTL: 300
      targets: ["192.168.61.200"]
`
