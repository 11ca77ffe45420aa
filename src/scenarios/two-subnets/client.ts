/** The Pod from which the reader asks: on host01, in the first subnet. */
export const client = `apiVersion: v1
kind: Pod
metadata:
  name: client
spec:
  nodeSelector: { kubernetes.io/hostname: host01 }
  containers:
    - name: client
      image: alpine
      command: ["sleep", "infinity"]
`
