/** The Pods' addresses and their way between the nodes: the file that the reader of this scenario edits. */
export const podNetwork = `# How Pods reach Pods on other nodes. Change vxlanMode, apply, and send the request again:
#   CrossSubnet  plainly within a subnet, through the tunnel to another one
#   Always       through the tunnel to every other node
#   Never        plainly everywhere: the router between the subnets does not know the Pods' addresses
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: default-ipv4-ippool
spec:
  cidr: 172.31.0.0/16
  blockSize: 26
  vxlanMode: CrossSubnet
  natOutgoing: true
---
apiVersion: projectcalico.org/v3
kind: BlockAffinity
metadata: { name: host01-172-31-239-192-26 }
spec: { node: host01, cidr: 172.31.239.192/26, state: confirmed }
---
apiVersion: projectcalico.org/v3
kind: BlockAffinity
metadata: { name: host02-172-31-25-192-26 }
spec: { node: host02, cidr: 172.31.25.192/26, state: confirmed }
---
apiVersion: projectcalico.org/v3
kind: BlockAffinity
metadata: { name: host03-172-31-89-192-26 }
spec: { node: host03, cidr: 172.31.89.192/26, state: confirmed }
`
