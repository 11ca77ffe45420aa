/** The classroom's own certificate authority, as cert-manager's documentation sets one up ("Bootstrapping CA Issuers"); the laptop trusts it. */
export const authority = `# The classroom's own authority: a certificate that has signed itself, and an issuer that signs with it. The laptop trusts it.
apiVersion: v1
kind: Namespace
metadata: { name: cert-manager }
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: self-signed }
spec: { selfSigned: {} }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: classroom-ca, namespace: cert-manager }
spec:
  isCA: true
  commonName: Classroom CA
  secretName: classroom-ca
  duration: 87600h
  issuerRef: { name: self-signed, kind: ClusterIssuer }
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: classroom }
spec:
  ca: { secretName: classroom-ca }
`
