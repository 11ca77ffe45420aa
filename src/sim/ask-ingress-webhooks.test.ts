import { describe, expect, test } from 'vitest'
import { applyManifests } from './cluster/apply-manifests.ts'
import { patchObject } from './cluster/patch-object.ts'
import { createCluster } from './cluster/build-cluster.ts'
import { parseFile } from './manifest/parse-file.ts'
import { askIngressWebhooks } from './ask-ingress-webhooks.ts'

const base = `
apiVersion: v1
kind: Node
metadata: { name: host01 }
spec: { podCIDR: 172.31.0.0/24 }
status: { addresses: [{ type: InternalIP, address: 192.168.61.11 }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: ingress-nginx }
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx, annotations: { ingressclass.kubernetes.io/is-default-class: "true" } }
spec: { controller: k8s.io/ingress-nginx }
---
apiVersion: v1
kind: Service
metadata: { name: admission, namespace: ingress-nginx }
spec: { selector: { app: nginx }, ports: [{ port: 443, targetPort: 8443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: ingress-nginx-admission }
webhooks:
  - name: validate.nginx.ingress.kubernetes.io
    failurePolicy: Fail
    clientConfig: { service: { name: admission, namespace: ingress-nginx, path: /networking/v1/ingresses } }
    rules: [{ apiGroups: [networking.k8s.io], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [ingresses] }]
`
const controller = `---
apiVersion: v1
kind: Pod
metadata: { name: controller, namespace: ingress-nginx, labels: { app: nginx } }
spec: { containers: [{ name: controller, image: registry.k8s.io/ingress-nginx/controller:v1.15.1 }] }
`
const ingress = (name: string, path: string, pathType = 'Prefix') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
spec:
  rules:
    - host: web01
      http: { paths: [{ path: "${path}", pathType: ${pathType}, backend: { service: { name: nginx, port: { number: 80 } } } }] }
`

function open(text: string) {
  return createCluster(parseFile('base.yaml', text).manifests, { seed: 1, nowMs: 0 }).cluster
}

function apply(cluster: ReturnType<typeof open>, text: string, nowMs = 5000) {
  const options = { nowMs, review: askIngressWebhooks }
  return applyManifests(cluster, parseFile('ingress.yaml', text).manifests, options)
}

describe("the controller's webhook", () => {
  const cluster = open(base + controller)
  const first = apply(cluster, ingress('first', '/'))

  test('admits what nothing else has', () => {
    expect(first.diagnostics).toEqual([])
  })
  test('refuses a host and path that another Ingress has, says where, and leaves the cluster as it was', () => {
    const second = apply(first.cluster, ingress('second', '/'), 9000)
    expect(second.cluster).toBe(first.cluster)
    expect(second.diagnostics).toMatchObject([
      {
        code: 'webhook-denied',
        message:
          'admission webhook "validate.nginx.ingress.kubernetes.io" denied the request: ' +
          'host "web01" and path "/" is already defined in ingress default/first',
        file: 'ingress.yaml',
        range: { line: 8 },
      },
    ])
  })
  test('admits the same Ingress again, and another path', () => {
    expect(apply(first.cluster, ingress('first', '/')).diagnostics).toEqual([])
    expect(apply(first.cluster, ingress('second', '/foo')).diagnostics).toEqual([])
  })
  test('refuses a regular expression as Prefix, and admits it as ImplementationSpecific', () => {
    expect(apply(cluster, ingress('regex', '/foo(/|$)(.*)')).diagnostics).toMatchObject([
      {
        message: expect.stringContaining(
          'ingress contains invalid paths: path /foo(/|$)(.*) cannot be used with pathType Prefix',
        ),
      },
    ])
    expect(apply(cluster, ingress('regex', '/foo(/|$)(.*)', 'ImplementationSpecific')).diagnostics).toEqual(
      [],
    )
  })
  test('reviews a patch as well', () => {
    const two = apply(first.cluster, ingress('second', '/foo'), 9000).cluster
    const path = {
      path: '/',
      pathType: 'Prefix',
      backend: { service: { name: 'nginx', port: { number: 80 } } },
    }
    const patch = { spec: { rules: [{ host: 'web01', http: { paths: [path] } }] } }
    const ref = { kind: 'Ingress', namespace: 'default', name: 'second' }
    const patched = patchObject(two, ref, patch, 12_000, askIngressWebhooks)
    expect(patched.cluster).toBe(two)
    expect(patched.diagnostics).toMatchObject([{ code: 'webhook-denied' }])
  })
  test('that nobody answers refuses every Ingress', () => {
    expect(apply(open(base), ingress('first', '/')).diagnostics).toMatchObject([
      {
        code: 'webhook-failed',
        message:
          'Internal error occurred: failed calling webhook "validate.nginx.ingress.kubernetes.io": failed to call webhook: ' +
          'Post "https://admission.ingress-nginx.svc:443/networking/v1/ingresses?timeout=10s": no endpoints available for service "admission"',
      },
    ])
  })
})
