import { describe, expect, test } from 'vitest'
import type { Lab } from '../lab.ts'
import { parseFile } from '../manifest/parse-file.ts'
import { applyChapterFile, chapterLab, hopOf, request, verdicts } from './chapter-lab.fixture.ts'
import type { TraceRequest } from './request.ts'
import type { Trace } from './trace.ts'

function production(...texts: readonly string[]): Lab {
  const lab = chapterLab()
  applyChapterFile(lab, 'production-ingress.yaml')
  for (const [index, text] of texts.entries()) lab.apply(parseFile(`more-${index}.yaml`, text), text)
  return lab
}

const send = (lab: Lab, url: string, more: Partial<TraceRequest> = {}, from = 'laptop') =>
  lab.send(request(from, url, { program: 'curl', ...more }))

const evidenceOf = (trace: Trace, kind: string) =>
  verdicts(trace.hops.flatMap(({ evidence }) => evidence).find((each) => each.kind === kind))

const titles = (trace: Trace) => trace.hops.map(({ title }) => title.id.split('.')[1])

const certificate = (name: string, spec: string) =>
  `apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: ${name} }\nspec: { secretName: ${name}, issuerRef: { name: classroom, kind: ClusterIssuer }, ${spec} }\n`

const ingress = (host: string, secret: string, more = '') =>
  `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${secret}${more} }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [${host}], secretName: ${secret} }]
  rules: [{ host: ${host}, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: nginx, port: { number: 80 } } } }] } }]
`

describe("the chapter's production set-up, asked by the laptop over https", () => {
  const trace = send(production(), 'https://web01.cluster.example.com/')

  test('answers, and the certificate is trusted through the classroom', () => {
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 200 })
    expect(evidenceOf(trace, 'verification')[0]).toBe('won issuer CN=Classroom CA')
    expect(trace.result).toMatchObject({
      tls: { alpn: 'h2', chainVerdict: { kind: 'trusted' }, hostMatch: { pattern: '*.cluster.example.com' } },
    })
  })

  test('shows the choice of the certificate with the lines behind it', () => {
    expect(evidenceOf(trace, 'certificates')).toEqual([
      'won default/wildcard-tls',
      'not-tried *.cluster.example.com',
      'not-tried fake',
    ])
    const { because } = hopOf(trace, 'match')
    expect(because.map(({ object, file }) => [object.kind, file])).toEqual([
      ['Ingress', 'production-ingress.yaml'],
      ['Certificate', 'production-ingress.yaml'],
    ])
  })

  test('has HTTP/2 headers: lower case, no Connection, HSTS', () => {
    const headers = trace.result.kind === 'http' ? trace.result.response.headers : []
    expect(headers.map(([name]) => name)).toEqual([
      'date',
      'content-type',
      'content-length',
      'last-modified',
      'etag',
      'accept-ranges',
      'strict-transport-security',
    ])
  })
})

describe('a certificate that the client does not trust', () => {
  const weak = certificate('short', 'dnsNames: [short.cluster.example.com], duration: 1h, renewBefore: 30m')
  test.each<{ what: string; lab: () => Lab; url: string; from?: string; verdict: string; alert: string }>([
    {
      what: 'the fake one',
      lab: production,
      url: 'https://web02.cluster.example.com/',
      verdict: 'self-signed',
      alert: 'unknown CA',
    },
    {
      what: "the classroom's, to a Pod",
      lab: production,
      url: 'https://192.168.61.10/',
      from: 'pod/default/pod',
      verdict: 'self-signed',
      alert: 'unknown CA',
    },
    {
      what: 'an expired one',
      lab: () => {
        const lab = production(weak, ingress('short.cluster.example.com', 'short'))
        lab.advance(2 * 3600_000)
        return lab
      },
      url: 'https://short.cluster.example.com/',
      verdict: 'expired',
      alert: 'certificate expired',
    },
  ])('$what: $verdict, and no request is sent', ({ lab, url, from, verdict, alert }) => {
    const trace = send(lab(), url, {}, from)
    expect(trace.verdict).toMatchObject({ kind: 'tls-failed', phrase: { id: `verdict.tls-${verdict}` } })
    expect(
      trace.hops.flatMap(({ message }) => (message?.kind === 'tls-alert' ? [message.name] : [])),
    ).toEqual([alert])
    expect(trace.hops.some(({ message }) => message?.kind === 'http-request')).toBe(false)
  })

  test('is taken all the same by a client that was told not to care', () => {
    const trace = send(production(), 'https://web02.cluster.example.com/', { trust: { isInsecure: true } })
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 404 })
    expect(trace.result).toMatchObject({
      tls: { isChecked: false, chainVerdict: { kind: 'refused', code: 18 } },
    })
    expect(titles(trace)).toContain('tls-unverified')
  })

  test('of another name is refused after the handshake', () => {
    const trace = send(production(), 'https://192.168.61.10/', { sni: 'a.web01.cluster.example.com' })
    expect(trace.verdict.phrase.id).toBe('verdict.tls-self-signed')
    const covered = send(
      production(ingress('web03.cluster.example.com', 'wildcard-tls', '-2')),
      'https://web03.cluster.example.com/',
    )
    expect(covered.verdict).toMatchObject({ kind: 'answered' })
  })
})

describe('a wildcard', () => {
  test('covers one label: the controller does not even show it for two', () => {
    const trace = send(
      production(ingress('www.shop.cluster.example.com', 'wildcard-tls', '-3')),
      'https://www.shop.cluster.example.com/',
    )
    expect(evidenceOf(trace, 'certificates')).toEqual([
      'lost www.shop.cluster.example.com',
      'not-tried *.shop.cluster.example.com',
      'won fake',
    ])
  })
})

describe('plain against sealed', () => {
  test('https to an http port is a wrong version', () => {
    const trace = send(production(), 'https://192.168.61.10:80/')
    expect(trace.result).toMatchObject({ kind: 'tls-failed', error: 'wrong-version' })
  })
  test('http to port 443 is refused by nginx with a page', () => {
    const trace = send(production(), 'http://192.168.61.10:443/')
    expect(trace.result).toMatchObject({
      response: { status: 400, body: expect.stringContaining('plain HTTP request') },
    })
  })
  test('http to a TLS host is sent to https', () => {
    const trace = send(production(), 'http://web01.cluster.example.com/')
    const { response } = trace.result.kind === 'http' ? trace.result : { response: undefined }
    expect(response?.headers).toContainEqual(['Location', 'https://web01.cluster.example.com'])
    expect(response?.headers.map(([name]) => name)).not.toContain('Strict-Transport-Security')
  })
})

describe('a Pod that says it speaks TLS', () => {
  const secure = `apiVersion: v1
kind: Pod
metadata: { name: secure, labels: { app: secure }, annotations: { podpath.dev/listen: "443/TLS" } }
spec:
  containers: [{ name: secure, image: "nginx:1.27" }]
  volumes: [{ name: tls, secret: { secretName: wildcard-tls } }]
---
apiVersion: v1
kind: Service
metadata: { name: secure }
spec: { selector: { app: secure }, ports: [{ port: 443 }] }
`
  test('shows the certificate of the Secret that it mounts', () => {
    const trace = send(
      production(secure),
      'https://secure/',
      { trust: { isInsecure: true } },
      'pod/default/pod',
    )
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 200 })
    expect(trace.result).toMatchObject({
      tls: { alpn: 'http/1.1', shown: { from: { secret: { name: 'wildcard-tls' } } } },
    })
    expect(trace.hops.find(({ title }) => title.id === 'hop.tls-secret.title')?.basis).toBe('assumed')
  })
  test('answers 400 to plain HTTP', () => {
    const trace = send(production(secure), 'http://secure:443/', {}, 'pod/default/pod')
    expect(trace.result).toMatchObject({ response: { status: 400 } })
  })
})

describe('backend-protocol', () => {
  const secure = (annotation: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: secure }
spec:
  selector: { matchLabels: { app: secure } }
  template:
    metadata: { labels: { app: secure }, annotations: { podpath.dev/listen: "443/TLS" } }
    spec: { containers: [{ name: secure, image: nginx, ports: [{ containerPort: 443 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: secure }
spec: { selector: { app: secure }, ports: [{ port: 443 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: secure${annotation} }
spec:
  ingressClassName: nginx
  rules: [{ host: shop.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: secure, port: { number: 443 } } } }] } }]
`
  const https = ', annotations: { nginx.ingress.kubernetes.io/backend-protocol: HTTPS }'
  const asked = { headers: [['Host', 'shop.example.com']] } as const

  test('HTTPS: nginx shakes hands with the Pod, and takes whatever certificate comes', () => {
    const trace = send(production(secure(https)), 'http://192.168.61.10/', asked)
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 200 })
    const upstream = trace.exchanges.find(({ kind, leg }) => kind === 'tls' && leg === 'upstream')
    const told = trace.hops.filter(({ exchange }) => exchange === upstream?.id).map(({ title }) => title.id)
    expect(told).toContain('hop.tls-application.title')
    expect(told).toContain('hop.tls-unverified.title')
  })

  test('none: the Pod answers 400 to plain HTTP, and the client gets it', () => {
    const trace = send(production(secure('')), 'http://192.168.61.10/', asked)
    expect(trace.result).toMatchObject({
      response: { status: 400, body: expect.stringContaining('plain HTTP') },
    })
  })

  test('HTTPS to a Pod that speaks plain HTTP: 502 after three tries', () => {
    const plain = ingress(
      'plain.example.com',
      'plain',
      ', annotations: { nginx.ingress.kubernetes.io/backend-protocol: "https" }',
    )
    const trace = send(production(plain.replace(/ {2}tls:.*\n/, '')), 'http://192.168.61.10/', {
      headers: [['Host', 'plain.example.com']],
    })
    expect(trace.result).toMatchObject({ response: { status: 502 } })
    expect(trace.hops.filter(({ title }) => title.id === 'hop.tls-to-plain.title')).toHaveLength(3)
  })
})

test('what nobody says speaks TLS is not known', () => {
  const trace = send(production(), 'https://metrics-server.kube-system/', {}, 'pod/default/pod')
  expect(trace.verdict.kind).toBe('unknown')
})
