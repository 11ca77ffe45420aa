/** The Route: the file that the reader of this scenario edits. */
export const route = `# Send the request several times: four in five go to nginx, one in five to nginx-next. Change the weights, apply, send again.
# With the header "x-canary: always" every request goes to nginx-next: more headers have precedence.
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  parentRefs:
    - name: web
  hostnames: ["web.example.com"]
  rules:
    - matches:
        - path: { type: PathPrefix, value: / }
          headers:
            - { name: x-canary, value: always }
      backendRefs:
        - { name: nginx-next, port: 80 }
    - matches:
        - path: { type: PathPrefix, value: / }
      backendRefs:
        - { name: nginx, port: 80, weight: 80 }
        - { name: nginx-next, port: 80, weight: 20 }
    - matches:
        - path: { type: PathPrefix, value: /old }
      filters:
        - type: RequestRedirect
          requestRedirect:
            path: { type: ReplacePrefixMatch, replacePrefixMatch: / }
            statusCode: 301
`
