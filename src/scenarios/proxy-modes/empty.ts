/** A Service whose selector finds no Pod. */
export const empty = `# Nobody stands behind it. Who says so, and how?
apiVersion: v1
kind: Service
metadata:
  name: empty
spec:
  selector:
    app: nobody
  ports:
    - port: 80
`
