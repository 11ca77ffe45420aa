/** The Pod from which the chapter asks. */
export const pod = `apiVersion: v1
kind: Pod
metadata:
  name: pod
spec:
  containers:
    - name: pod
      image: alpine
      command: ["sleep", "infinity"]
`
