import { describe, expect, test } from 'vitest'
import { chapterLab, request, verdicts } from './chapter-lab.fixture.ts'
import { parseFile } from '../manifest/parse-file.ts'
import type { TraceRequest } from './request.ts'
import type { Evidence, Trace } from './trace.ts'

const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web01
  annotations: { nginx.ingress.kubernetes.io/ANNOTATION: "VALUE" }
spec:
  rules:
    - host: web01
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: app, port: { number: 80 } } } }
          - { path: /gone, pathType: Prefix, backend: { service: { name: missing, port: { number: 80 } } } }
          - { path: /port, pathType: Prefix, backend: { service: { name: app, port: { number: 81 } } } }
          - { path: /empty, pathType: Prefix, backend: { service: { name: empty, port: { number: 80 } } } }
          - { path: /refuse, pathType: Prefix, backend: { service: { name: refuse, port: { number: 80 } } } }
    - host: "*.foo.com"
      http: { paths: [{ path: /api, pathType: Exact, backend: { service: { name: app, port: { number: 80 } } } }] }
---
apiVersion: v1
kind: Pod
metadata: { name: app, labels: { app: own } }
spec: { containers: [{ name: nginx, image: nginx, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: app }
spec: { selector: { app: own }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: empty }
spec: { selector: { app: nobody }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: refuse }
spec: { selector: { app: own }, ports: [{ port: 80, targetPort: 8081 }] }
`

/** A GET to the controller by the VIP, with this Host. */
function send(
  host: string,
  path: string,
  annotation = { name: 'ssl-redirect', value: 'true' },
  more = '',
  asked: Partial<TraceRequest> = {},
): Trace {
  const lab = chapterLab()
  const text = `${ingress.replace('ANNOTATION', annotation.name).replace('VALUE', annotation.value)}${more}`
  const { diagnostics } = lab.apply(parseFile('ingress.yaml', text), text)
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(diagnostics))
  return lab.send(request('laptop', `http://192.168.61.10${path}`, { headers: [['Host', host]], ...asked }))
}

/** The last thing that the controller decided: its phrase, and what it names. */
function decided(trace: Trace) {
  const hop = trace.hops.findLast(({ caption }) => caption.id.startsWith('hop.ingress-'))
  if (hop === undefined) throw new Error('the controller decided nothing')
  return { name: hop.caption.id.replace(/^hop\.(.*)\.\w+$/, '$1'), values: hop.caption.values, hop }
}

function evidence(trace: Trace, kind: Evidence['kind']): Evidence | undefined {
  return decided(trace).hop.evidence?.find((each) => each.kind === kind)
}

describe('the controller answers', () => {
  test.each([
    { host: 'web02', path: '/', name: 'ingress-no-ingress', values: { status: 404 } },
    { host: 'x.foo.com', path: '/', name: 'ingress-no-path', values: { status: 404 } },
    {
      host: 'web01',
      path: '/gone',
      name: 'ingress-no-endpoints',
      values: { status: 503, empty: 'noService', service: 'missing', upstream: 'default-missing-80' },
    },
    {
      host: 'web01',
      path: '/port',
      name: 'ingress-no-endpoints',
      values: { status: 503, empty: 'noSuchPort', service: 'app', port: 81 },
    },
    {
      host: 'web01',
      path: '/empty',
      name: 'ingress-no-endpoints',
      values: { status: 503, empty: 'noneReady', service: 'empty', total: 0 },
    },
    { host: 'web01', path: '/refuse', name: 'ingress-gave-up', values: { status: 502, tries: 3 } },
  ])('$values.status to $host $path, and says why', ({ host, path, name, values }) => {
    const told = decided(send(host, path))
    expect(told.name).toBe(name)
    expect(told.values).toMatchObject(values)
    expect(told.hop.message).toMatchObject({
      response: { status: values.status, from: { kind: 'ingress-controller' } },
    })
  })
  test('502 after as many tries as the annotation allows', () => {
    const annotation = { name: 'proxy-next-upstream-tries', value: '2' }
    expect(decided(send('web01', '/refuse', annotation)).values).toMatchObject({ status: 502, tries: 2 })
  })
  test('413 to a body over proxy-body-size', () => {
    const annotation = { name: 'proxy-body-size', value: '8' }
    const told = decided(send('web01', '/', annotation, '', { method: 'POST', body: 'nine byte' }))
    expect(told.name).toBe('ingress-body-too-large')
    expect(told.values).toMatchObject({ status: 413 })
    expect(decided(send('web01', '/', annotation, '', { method: 'POST', body: 'eight by' })).name).toBe(
      'ingress-proxy',
    )
  })
  test('nothing of its own where the application has no such page: its 404 is from the Pod', () => {
    const trace = send('web01', '/nothing-here')
    expect(decided(trace).name).toBe('ingress-proxy')
    const answers = trace.hops.flatMap(({ message }) =>
      message?.kind === 'http-response' ? [message.response] : [],
    )
    expect(answers[0]).toMatchObject({ status: 404, from: { kind: 'pod' } })
  })
})

describe('the decision shows', () => {
  test('each server and location with the Ingress that made it and where it leads', () => {
    const trace = send('web01', '/')
    const about = (kind: Evidence['kind']) =>
      evidence(trace, kind)?.candidates.map(({ name, about: text }) => `${name}: ${text}`)
    expect(about('servers')).toEqual(['web01: default/web01', '*.foo.com: default/web01', '_: undefined'])
    expect(about('locations')).toContain('location "/": default/web01 → app:80')
  })
  test('the lines of nginx.conf that decided, marked', () => {
    const [text] = evidence(send('web01', '/'), 'locations')?.texts ?? []
    expect(text?.text.split('\n').length).toBeGreaterThan(60)
    expect(text?.marks).toEqual([
      'location "/" {',
      'set $ingress_name   "web01";',
      'set $service_name   "app";',
      'set $service_port   "80";',
      'set $proxy_upstream_name "default-app-80";',
      'proxy_pass http://upstream_balancer;',
    ])
  })
  test('main and canary, and what said which', () => {
    const canary = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: canary
  annotations: { nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "100" }
spec:
  rules:
    - host: web01
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: beta, port: { number: 80 } } } }] }
---
apiVersion: v1
kind: Service
metadata: { name: beta }
spec: { selector: { app: own }, ports: [{ port: 80 }] }
`
    const trace = send('web01', '/', undefined, canary)
    const told = decided(trace).hop.evidence?.find(({ title }) => title.id === 'evidence.canary')
    expect(verdicts(told)).toEqual(['won default-beta-80', 'lost default-app-80'])
    expect(told?.candidates[0]?.draw).toMatchObject({ probability: 1 })
  })
  test('each annotation that is not modelled, and the request never ends green', () => {
    const trace = send('web01', '/', { name: 'auth-url', value: 'http://x' })
    const told = decided(trace).hop.evidence?.find(({ title }) => title.id === 'evidence.annotations')
    expect(verdicts(told)).toEqual(['unknown auth-url'])
    expect(trace.verdict.kind).toBe('unknown')
  })
})

test('a configuration that nginx refuses is said, in its words, and where the request goes is not known', () => {
  const duplicate = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: twice }
spec:
  rules:
    - host: web03
      http:
        paths:
          - { path: /foo, pathType: Prefix, backend: { service: { name: app, port: { number: 80 } } } }
          - { path: /foo/, pathType: Prefix, backend: { service: { name: app, port: { number: 80 } } } }
`
  const trace = send('web01', '/', undefined, duplicate)
  expect(decided(trace).name).toBe('ingress-refused-config')
  expect(evidence(trace, 'servers')?.texts).toMatchObject([
    { text: '[emerg] duplicate location "/foo/"  (server web03)' },
  ])
  expect(trace.verdict.kind).toBe('unknown')
})
