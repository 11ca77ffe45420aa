/**
 * Whether a client trusts a chain of certificates. Models OpenSSL 3.0's X509_verify_cert as curl uses it (crypto/x509/x509_vfy.c, with
 * X509_V_FLAG_PARTIAL_CHAIN, so that any certificate of the trust store is an anchor): the chain is built first, then its extensions, and
 * at last, from the anchor down, signature and dates of each. The first that fails ends it.
 * Left out: names constraints, policies, revocation, extended key usage, security levels.
 */
import type { Certificate, SignedCertificate } from './certificate.ts'
import { checkSignature } from './check-signature.ts'
import { sameName } from './distinguished-name.ts'

/** Why a chain is refused, under OpenSSL's numbers. */
const errors = {
  'issuer-missing': { code: 2, text: 'unable to get issuer certificate', alert: 48 },
  'bad-signature': { code: 7, text: 'certificate signature failure', alert: 51 },
  'not-yet-valid': { code: 9, text: 'certificate is not yet valid', alert: 42 },
  expired: { code: 10, text: 'certificate has expired', alert: 45 },
  'self-signed': { code: 18, text: 'self-signed certificate', alert: 48 },
  'self-signed-in-chain': { code: 19, text: 'self-signed certificate in certificate chain', alert: 48 },
  'unknown-issuer': { code: 20, text: 'unable to get local issuer certificate', alert: 48 },
  'not-a-ca': { code: 24, text: 'invalid CA certificate', alert: 48 },
} as const

export type ChainError = keyof typeof errors

export type ChainVerdict =
  /** `anchor`: the certificate of the trust store that it ends in. */
  | { readonly kind: 'trusted'; readonly anchor: Certificate }
  | {
      readonly kind: 'refused'
      readonly error: ChainError
      /** OpenSSL's number and sentence (`X509_verify_cert_error_string`), and the TLS alert that it sends. */
      readonly code: number
      readonly text: string
      readonly alert: number
      /** 0: the server's own certificate. */
      readonly depth: number
      readonly certificate: Certificate
    }
  /** A signature by an algorithm that we do not reckon with. */
  | { readonly kind: 'unknown'; readonly algorithm: string }

/**
 * Judges a chain.
 * @param sent the server's certificate, then those that it sent along, in any order
 * @param trusted the client's trust store
 */
export function verifyChain(
  sent: readonly [SignedCertificate, ...(readonly SignedCertificate[])],
  trusted: readonly SignedCertificate[],
  nowMs: number,
): ChainVerdict {
  const built = buildChain(sent, trusted)
  const { chain } = built
  if (built.error !== undefined) {
    const depth = chain.length - 1
    return refused(chain[depth] ?? sent[0], depth, built.error)
  }
  for (const [depth, each] of chain.entries())
    if (depth > 0 && !each.certificate.isCa) return refused(each, depth, 'not-a-ca')
  for (const [depth, each] of [...chain.entries()].toReversed()) {
    const signer = chain[depth + 1]
    const check = signer === undefined ? 'good' : checkSignature(each, signer.publicKey)
    if (check === 'unknown') return { kind: 'unknown', algorithm: each.certificate.signatureAlgorithm }
    if (check === 'bad') return refused(each, depth, 'bad-signature')
    if (each.certificate.notBeforeMs > nowMs) return refused(each, depth, 'not-yet-valid')
    if (each.certificate.notAfterMs < nowMs) return refused(each, depth, 'expired')
  }
  return { kind: 'trusted', anchor: (chain.at(-1) ?? sent[0]).certificate }
}

interface Built {
  /** From the server's own up. */
  readonly chain: readonly SignedCertificate[]
  readonly error?: ChainError
}

/** From certificate to issuer, the trust store before what the server sent (X509_V_FLAG_TRUSTED_FIRST). */
function buildChain(
  [leaf, ...others]: readonly [SignedCertificate, ...(readonly SignedCertificate[])],
  trusted: readonly SignedCertificate[],
): Built {
  const chain = [leaf]
  for (let last: SignedCertificate = leaf; ;) {
    if (trusted.some((each) => isSame(each, last))) return { chain }
    if (isSelfSigned(last)) {
      return { chain, error: chain.length === 1 ? 'self-signed' : 'self-signed-in-chain' }
    }
    const next =
      trusted.find((each) => hasIssued(each, last)) ??
      others.find((each) => hasIssued(each, last) && !chain.some((known) => isSame(known, each)))
    if (next === undefined) return { chain, error: 'unknown-issuer' }
    chain.push(next)
    last = next
  }
}

function isSame(a: SignedCertificate, b: SignedCertificate): boolean {
  return a.certificate.pem === b.certificate.pem
}

/** By name and key identifiers (X509_check_issued); the signature is looked at later. */
function hasIssued(issuer: SignedCertificate, { certificate }: SignedCertificate): boolean {
  const { subject, subjectKeyId } = issuer.certificate
  const { authorityKeyId } = certificate
  return (
    sameName(subject, certificate.issuer) &&
    (subjectKeyId === undefined || authorityKeyId === undefined || subjectKeyId === authorityKeyId)
  )
}

/** By name and key identifiers too; OpenSSL does not look at the signature here. */
function isSelfSigned(signed: SignedCertificate): boolean {
  return hasIssued(signed, signed)
}

function refused({ certificate }: SignedCertificate, depth: number, error: ChainError): ChainVerdict {
  return { kind: 'refused', error, ...errors[error], depth, certificate }
}
