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
