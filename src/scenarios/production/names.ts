/** The public side: one name for all hosts, and one certificate for them. */
export const names = `# The public side. Every name under cluster.example.com leads to the balancer's address; the Host header tells the sites apart.
apiVersion: externaldns.k8s.io/v1alpha1
kind: DNSEndpoint
metadata:
  name: wildcard
spec:
  endpoints:
    - dnsName: "*.cluster.example.com"
      recordType: A
      recordTTL: 300
      targets: ["192.168.61.200"]
---
# One certificate for all of them. A "*" here stands for one label: web01.cluster.example.com, and not a.web01.cluster.example.com.
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: wildcard
spec:
  secretName: wildcard-tls
  dnsNames: ["*.cluster.example.com"]
  issuerRef: { name: classroom, kind: ClusterIssuer }
`
