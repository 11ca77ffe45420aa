/** An X.509 certificate as people speak of it, and as far as its bytes are needed to check it. */
import type { Curve } from './object-ids.ts'

/** Attributes in the order of the certificate: `['O', 'Acme Co'], ['CN', 'web01']`; an unknown one under its identifier. */
export type DistinguishedName = readonly (readonly [attribute: string, value: string])[]

/** What a certificate says. Plain data. */
export interface Certificate {
  readonly subject: DistinguishedName
  readonly issuer: DistinguishedName
  /** Lower-case hexadecimal digits, two a byte. */
  readonly serial: string
  /** Both ends count as valid, in milliseconds since the epoch. */
  readonly notBeforeMs: number
  readonly notAfterMs: number
  /** Subject alternative names, as written. */
  readonly dnsNames: readonly string[]
  readonly ipAddresses: readonly string[]
  /** Basic constraints say that it may sign others. */
  readonly isCa: boolean
  /** `ECDSA P-256`, `RSA 2048`; an unknown one by its identifier. */
  readonly key: string
  /** OpenSSL's name, `ecdsa-with-SHA256`. */
  readonly signatureAlgorithm: string
  readonly subjectKeyId?: string
  readonly authorityKeyId?: string
  /** The certificate itself. */
  readonly pem: string
}

/** A key to check signatures with. */
export type PublicKey =
  | {
      readonly kind: 'ecdsa'
      readonly curve: Curve
      /** Uncompressed, SEC 1 §2.3.3. */ readonly point: Uint8Array
    }
  | { readonly kind: 'ed25519'; readonly point: Uint8Array }
  | { readonly kind: 'rsa'; readonly modulus: bigint; readonly exponent: bigint }
  /** An algorithm that we do not reckon with. */
  | { readonly kind: 'unknown'; readonly algorithm: string }

/** A certificate with the bytes that signatures are about. */
export interface SignedCertificate {
  readonly certificate: Certificate
  readonly der: Uint8Array
  /** What is signed. */
  readonly tbs: Uint8Array
  readonly signature: Uint8Array
  /** Object identifier. */
  readonly signatureAlgorithm: string
  readonly publicKey: PublicKey
}
