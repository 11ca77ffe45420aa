import { expect, test } from 'vitest'
import { parseFile } from './manifest/parse-file.ts'
import { rsaPair, p384Pair } from './tls/openssl-pairs.fixture.ts'
import { applyChapterFile, chapterLab } from './trace/chapter-lab.fixture.ts'

const indented = (text: string) => text.trim().replace(/^/gm, '    ')
const secret = (crt: string, key: string, name = 'shop-tls') =>
  `apiVersion: v1
kind: Secret
metadata: { name: ${name} }
type: kubernetes.io/tls
stringData:
  tls.crt: |
${indented(crt)}
  tls.key: |
${indented(key)}
`
const ingress = (tls: string, host = 'shop.example.com') =>
  `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  ingressClassName: nginx
  tls: [${tls}]
  rules:
    - host: ${host}
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: nginx, port: { number: 80 } } } }] }
`
const certificate = (spec: string, metadata = 'name: shop') =>
  `apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { ${metadata} }\nspec: { secretName: shop-tls, ${spec} }\n`
const issued = 'issuerRef: { name: classroom, kind: ClusterIssuer }'
const named = '{ hosts: [shop.example.com], secretName: shop-tls }'

/** `code line` of each finding in a text, after `hours`. */
function findings(text: string, hours = 0): readonly string[] {
  const lab = chapterLab()
  const parsed = parseFile('shop.yaml', text)
  if (hours > 0) {
    lab.apply(parsed, text)
    lab.advance(hours * 3_600_000)
  }
  return lab
    .apply(parsed, text)
    .diagnostics.map(({ code, range, severity }) => `${severity} ${code} ${range?.line ?? '-'}`)
}

const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1

test.each([
  { what: 'a Secret that is not there', text: ingress(named), says: ['warning tls-secret-missing 6'] },
  {
    what: 'a Secret of another namespace',
    text: `apiVersion: v1\nkind: Namespace\nmetadata: { name: certs }\n---\n${certificate(`dnsNames: [shop.example.com], ${issued}`, 'name: shop, namespace: certs')}---\n${ingress(named)}`,
    says: ['warning tls-secret-other-namespace 15'],
  },
  {
    what: 'a name that the certificate does not cover',
    text: `${certificate(`dnsNames: ["*.example.com"], ${issued}`)}---\n${ingress('{ hosts: [www.shop.example.com], secretName: shop-tls }', 'www.shop.example.com')}`,
    says: ['warning tls-name-mismatch 11'],
  },
  {
    what: 'a host of tls that is in no rule',
    text: `${certificate(`dnsNames: [shop.example.com], ${issued}`)}---\n${ingress('{ hosts: [shop.example.com, old.example.com], secretName: shop-tls }')}`,
    says: ['warning tls-host-without-rule 11'],
  },
  {
    what: 'a Certificate that nobody issues',
    text: certificate('dnsNames: [shop.example.com], issuerRef: { name: nobody }'),
    says: ['warning certificate-not-issued 4'],
  },
  {
    what: 'a Certificate of an issuer outside the cluster',
    text: `apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata: { name: public }\nspec: { acme: { server: "https://acme.example" } }\n---\n${certificate('dnsNames: [shop.example.com], issuerRef: { name: public }')}`,
    says: ['warning certificate-not-issued 9'],
  },
  {
    what: 'the key of another certificate',
    text: secret(rsaPair.certificate, p384Pair.key),
    says: ['warning tls-secret-unusable'],
  },
  { what: 'nothing, where all is well', text: secret(rsaPair.certificate, rsaPair.key), says: [] },
])('$what is told at its line', ({ text, says }) => {
  const found = findings(text)
  expect(found).toHaveLength(says.length)
  for (const [index, each] of says.entries()) expect(found[index]).toContain(each)
})

test('a certificate that is not valid yet, or no more, is told', () => {
  const text = `${certificate(`dnsNames: [shop.example.com], ${issued}`)}---\n${ingress(named)}`
  expect(findings(text)).toEqual([])
  // A Secret that nobody renews.
  const own = `${secret(rsaPair.certificate, rsaPair.key)}---\n${ingress('{ hosts: [rsa.example.com], secretName: shop-tls }', 'rsa.example.com')}`
  expect(findings(own).map((each) => each.split(' ')[1])).toEqual(['tls-not-yet-valid'])
  expect(findings(own, 24).map((each) => each.split(' ')[1])).toEqual([])
  expect(findings(own, 24 * 365 * 11).map((each) => each.split(' ')[1])).toEqual(['tls-expired'])
})

test('a bad line of PEM is told at the very line', () => {
  const broken = rsaPair.certificate.split('\n').toSpliced(2, 1, 'not*base64').join('\n')
  const text = secret(broken, rsaPair.key)
  expect(findings(text)).toEqual([`warning tls-secret-unusable ${lineOf(text, 'not*base64')}`])
})

test("the chapter's production file has no finding", () => {
  const lab = chapterLab()
  applyChapterFile(lab, 'production-ingress.yaml')
  expect(lab.snapshot().diagnostics).toEqual([])
})
