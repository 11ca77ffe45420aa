import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openStream } from '../draw.ts'
import type { SignedCertificate } from './certificate.ts'
import { fakeCertificate } from './fake-certificate.ts'
import { issueCertificate, type CertificateRequest, type SigningKey } from './issue-certificate.ts'
import { drawP256Key, drawSerial, printP256Key } from './seeded-key.ts'

const NOW = Date.UTC(2026, 10, 25, 1, 12, 33)
const DAY = 86_400_000

const keyOf = (name: string): SigningKey => ({ kind: 'p256', scalar: drawP256Key(openStream(7, name)) })

function made(name: string, more: Partial<CertificateRequest> = {}): SignedCertificate {
  return issueCertificate({
    subject: [['CN', name]],
    dnsNames: [],
    ipAddresses: [],
    isCa: false,
    forServers: false,
    notBeforeMs: NOW,
    notAfterMs: NOW + 90 * DAY,
    serial: drawSerial(openStream(7, `serial/${name}`)),
    key: keyOf(name),
    ...more,
  })
}

const authority = made('classroom-ca', { isCa: true })
const wildcard = made('wildcard', {
  subject: [],
  dnsNames: ['*.cluster.example.com'],
  ipAddresses: ['192.168.61.10'],
  issuer: { signed: authority, key: keyOf('classroom-ca') },
})

describe('a certificate that is made', () => {
  test('says what was asked for', () => {
    expect(wildcard.certificate).toMatchObject({
      subject: [],
      issuer: [['CN', 'classroom-ca']],
      dnsNames: ['*.cluster.example.com'],
      ipAddresses: ['192.168.61.10'],
      isCa: false,
      key: 'ECDSA P-256',
      signatureAlgorithm: 'ecdsa-with-SHA256',
      notBeforeMs: NOW,
      notAfterMs: NOW + 90 * DAY,
      authorityKeyId: authority.certificate.subjectKeyId,
    })
  })

  test('is the same, byte for byte, when it is made again', () => {
    expect(made('classroom-ca', { isCa: true }).certificate.pem).toBe(authority.certificate.pem)
  })
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
describe.skipIf(!hasOpenssl)('held against openssl', () => {
  const folder = mkdtempSync(join(tmpdir(), 'podpath-tls-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' })
  const x509 = (signed: SignedCertificate, ...args: string[]) =>
    openssl('x509', '-in', file('one.pem', signed.certificate.pem), '-noout', ...args)

  test('a chain verifies', () => {
    const [ca, leaf] = [file('ca.pem', authority.certificate.pem), file('leaf.pem', wildcard.certificate.pem)]
    const at = String(NOW / 1000 + 60)
    expect(openssl('verify', '-attime', at, '-CAfile', ca, leaf)).toContain('leaf.pem: OK')
    expect(
      openssl('verify', '-attime', at, '-CAfile', ca, '-verify_hostname', 'a.cluster.example.com', leaf),
    ).toContain('OK')
  })

  test('names, dates and extensions read as Go writes them', () => {
    expect(x509(wildcard, '-issuer', '-dates', '-ext', 'subjectAltName,basicConstraints,keyUsage')).toBe(
      `issuer=CN = classroom-ca
notBefore=Nov 25 01:12:33 2026 GMT
notAfter=Feb 23 01:12:33 2027 GMT
X509v3 Key Usage: critical
    Digital Signature, Key Encipherment
X509v3 Basic Constraints: critical
    CA:FALSE
X509v3 Subject Alternative Name: critical
    DNS:*.cluster.example.com, IP Address:192.168.61.10
`,
    )
  })

  test('the key that is printed belongs to the certificate', () => {
    const scalar = drawP256Key(openStream(7, 'wildcard'))
    const ofKey = openssl('pkey', '-in', file('key.pem', printP256Key(scalar)), '-pubout')
    expect(ofKey).toBe(x509(wildcard, '-pubkey'))
  })

  test('the fake certificate is an RSA one that has signed itself', () => {
    const fake = fakeCertificate(7, NOW, 'ingress-nginx/controller')
    expect(x509(fake, '-subject', '-ext', 'extendedKeyUsage')).toBe(
      `subject=O = Acme Co, CN = Kubernetes Ingress Controller Fake Certificate
X509v3 Extended Key Usage: 
    TLS Web Server Authentication
`,
    )
    const itself = file('fake.pem', fake.certificate.pem)
    expect(openssl('verify', '-attime', String(NOW / 1000 + 1), '-CAfile', itself, itself)).toContain('OK')
  })
})
