import { describe, expect, test } from 'vitest'
import { openStream } from '../draw.ts'
import type { SignedCertificate } from './certificate.ts'
import { checkSignature } from './check-signature.ts'
import { issueCertificate, type CertificateRequest, type SigningKey } from './issue-certificate.ts'
import { drawP256Key, drawSerial } from './seeded-key.ts'
import { ed25519Pair, p384Pair, rsaPair } from './openssl-pairs.fixture.ts'
import { readCertificates, type CertificateChain } from './tls-secret.ts'
import { verifyChain } from './verify-chain.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 25)

const keyOf = (name: string): SigningKey => ({ kind: 'p256', scalar: drawP256Key(openStream(1, name)) })

/** A certificate of `name`, signed by `issuer` or by itself. */
function made(
  name: string,
  issuer?: readonly [string, SignedCertificate],
  more: Partial<CertificateRequest> = {},
) {
  return issueCertificate({
    subject: [['CN', name]],
    dnsNames: [],
    ipAddresses: [],
    isCa: name.startsWith('ca'),
    forServers: false,
    notBeforeMs: NOW - DAY,
    notAfterMs: NOW + DAY,
    serial: drawSerial(openStream(1, `serial/${name}`)),
    key: keyOf(name),
    ...(issuer === undefined ? {} : { issuer: { key: keyOf(issuer[0]), signed: issuer[1] } }),
    ...more,
  })
}

const root = made('ca root')
const middle = made('ca middle', ['ca root', root])
const leaf = made('web', ['ca middle', middle])
const alone = made('alone')

describe('a chain', () => {
  test.each<{ what: string; sent: CertificateChain; trusted: readonly SignedCertificate[]; says: string }>([
    { what: 'that ends in the trust store', sent: [leaf, middle], trusted: [root], says: 'trusted ca root' },
    { what: 'whose middle is trusted', sent: [leaf], trusted: [middle], says: 'trusted ca middle' },
    { what: 'that is trusted itself', sent: [alone], trusted: [alone], says: 'trusted alone' },
    { what: 'that has signed itself', sent: [alone], trusted: [root], says: '18 at 0' },
    { what: 'with a foreign root along', sent: [leaf, middle, root], trusted: [], says: '19 at 2' },
    { what: 'that lacks its middle', sent: [leaf], trusted: [root], says: '20 at 0' },
    { what: 'that lacks its root', sent: [leaf, middle], trusted: [], says: '20 at 1' },
  ])('$what: $says', ({ sent, trusted, says }) => {
    expect(inShort(verifyChain(sent, trusted, NOW))).toBe(says)
  })

  test.each([
    { at: NOW + DAY, says: 'trusted ca root' },
    { at: NOW + DAY + 1000, says: '10 at 2' },
    { at: NOW - DAY - 1000, says: '9 at 2' },
  ])('is judged by its dates from the root down: $says', ({ at, says }) => {
    expect(inShort(verifyChain([leaf, middle], [root], at))).toBe(says)
  })

  test('is not trusted before it is dated: an expired stranger is a stranger', () => {
    const old = made('old', undefined, { notAfterMs: NOW - 1 })
    expect(inShort(verifyChain([old], [], NOW))).toBe('18 at 0')
    expect(inShort(verifyChain([old], [old], NOW))).toBe('10 at 0')
  })

  test('through what may not sign others is refused', () => {
    const under = made('under', ['alone', alone])
    expect(inShort(verifyChain([under], [alone], NOW))).toBe('24 at 1')
  })

  test('with a signature of another key is refused', () => {
    const impostor = made('ca root', undefined, { key: keyOf('another') })
    const forged = made('forged', ['another', impostor])
    expect(inShort(verifyChain([forged], [root], NOW))).toMatch(/^(7|20) at 0$/)
    const { subjectKeyId: _id, ...bare } = root.certificate
    expect(inShort(verifyChain([forged], [{ ...root, certificate: bare }], NOW))).toBe('7 at 0')
  })
})

test.each([
  { algorithm: 'RSA', pem: rsaPair.certificate },
  { algorithm: 'Ed25519', pem: ed25519Pair.certificate },
  { algorithm: 'P-384', pem: p384Pair.certificate },
])("OpenSSL's own signature by $algorithm holds, and not over other bytes", ({ pem }) => {
  const [signed] = readCertificates(pem)
  if (signed === undefined) throw new Error('no certificate')
  const tbs = Uint8Array.from(signed.tbs, (byte, index) => (index === 20 ? byte ^ 1 : byte))
  expect(checkSignature(signed, signed.publicKey)).toBe('good')
  expect(checkSignature({ ...signed, tbs }, signed.publicKey)).toBe('bad')
})

function inShort(verdict: ReturnType<typeof verifyChain>): string {
  switch (verdict.kind) {
    case 'trusted':
      return `trusted ${verdict.anchor.subject.map(([, value]) => value).join()}`
    case 'refused':
      return `${verdict.code} at ${verdict.depth}`
    case 'unknown':
      return verdict.algorithm
  }
}
