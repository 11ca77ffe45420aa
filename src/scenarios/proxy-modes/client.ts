/** The Pod that asks. */
export const client = `apiVersion: v1
kind: Pod
metadata:
  name: client
spec:
  containers:
    - name: client
      image: alpine
      command: ["sleep", "infinity"]
`
