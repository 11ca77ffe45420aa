import { expect, test } from 'vitest'
import { parseFile } from '../../sim/manifest/parse-file.ts'
import { gatewayLab } from '../../sim/trace/gateway-lab.fixture.ts'
import { openTerminal } from '../terminal.fixture.ts'

const ingress = `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx }
spec: { controller: k8s.io/ingress-nginx }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, annotations: { nginx.ingress.kubernetes.io/affinity: cookie } }
spec:
  ingressClassName: nginx
  rules: [{ host: web.org, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: nginx, port: { number: 80 } } } }] } }]
`

test('ingress2gateway prints the objects that an Ingress becomes, and what has no counterpart', () => {
  const lab = gatewayLab()
  lab.apply(parseFile('ingress.yaml', ingress), ingress)
  const { stdout, stderr } = openTerminal('host01', lab)('ingress2gateway print --providers=ingress-nginx -A')
  expect(stdout).toBe(`apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: nginx
  namespace: default
spec:
  gatewayClassName: nginx
  listeners:
  - hostname: web.org
    name: web-org-http
    port: 80
    protocol: HTTP
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web-web-org
  namespace: default
spec:
  hostnames:
  - web.org
  parentRefs:
  - name: nginx
  rules:
  - backendRefs:
    - name: nginx
      port: 80
    matches:
    - path:
        type: PathPrefix
        value: /
`)
  expect(stderr).toBe('podpath: not converted: default/web: affinity\n')
})

test.each([
  { line: 'ingress2gateway print --providers=ingress-nginx', says: 'No resources found\n', code: 0 },
  { line: 'ingress2gateway print', says: 'Error: required flag(s) "providers" not set\n', code: 1 },
  {
    line: 'ingress2gateway print --providers=kong',
    says: 'podpath: ingress2gateway --providers=kong is not simulated\n',
    code: 1,
  },
])('$line ends with $code', ({ line, says, code }) => {
  const { stdout, stderr, exitCode } = openTerminal('host01', gatewayLab())(line)
  expect([stdout + stderr, exitCode]).toEqual([says, code])
})

test('ingress2gateway reads a file that waits', () => {
  const { stdout } = openTerminal(
    'laptop',
    gatewayLab(),
  )('ingress2gateway print --providers=ingress-nginx --input-file /opt/old-ingress.yaml')
  expect(stdout).toContain('value: (?i)/api.*')
})
