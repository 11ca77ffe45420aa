/** A patch: the Service gets a node port. */
export const nginxNodeport = `# A patch, not an object: kubectl patch svc nginx --patch-file /opt/nginx-nodeport.yaml
spec:
  type: NodePort
`
