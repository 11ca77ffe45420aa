/** Signatures of certificates: ECDSA (FIPS 186-5), Ed25519 (RFC 8032), RSASSA-PKCS1-v1_5 (RFC 8017 §8.2). */
import { pow } from '@noble/curves/abstract/modular.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { PublicKey, SignedCertificate } from './certificate.ts'
import { oid, type Curve } from './object-ids.ts'
import { integerOf } from './public-key.ts'

/** `unknown`: an algorithm that we do not reckon with, RSASSA-PSS among them. */
export type SignatureCheck = 'good' | 'bad' | 'unknown'

interface Algorithm {
  /** As OpenSSL names it. */
  readonly name: string
  readonly key: PublicKey['kind']
  readonly hash: (message: Uint8Array) => Uint8Array
  /** Bytes before the hash in a DigestInfo (RFC 8017 §9.2, note 1), in hexadecimal digits. */
  readonly digestInfo?: string
}

const algorithms: Readonly<Record<string, Algorithm>> = {
  [oid.ecdsaWithSha256]: { name: 'ecdsa-with-SHA256', key: 'ecdsa', hash: sha256 },
  [oid.ecdsaWithSha384]: { name: 'ecdsa-with-SHA384', key: 'ecdsa', hash: sha384 },
  [oid.ecdsaWithSha512]: { name: 'ecdsa-with-SHA512', key: 'ecdsa', hash: sha512 },
  [oid.ed25519]: { name: 'ED25519', key: 'ed25519', hash: (message) => message },
  [oid.sha256WithRsa]: rsa('sha256WithRSAEncryption', sha256, '3031300d060960864801650304020105000420'),
  [oid.sha384WithRsa]: rsa('sha384WithRSAEncryption', sha384, '3041300d060960864801650304020205000430'),
  [oid.sha512WithRsa]: rsa('sha512WithRSAEncryption', sha512, '3051300d060960864801650304020305000440'),
}

function rsa(name: string, hash: Algorithm['hash'], digestInfo: string): Algorithm {
  return { name, key: 'rsa', hash, digestInfo }
}

/** OpenSSL's name of a signature algorithm; its identifier where it is none of ours. */
export function signatureName(algorithm: string): string {
  return algorithms[algorithm]?.name ?? algorithm
}

/** The curve's signatures. */
export function ecdsaOf(curve: Curve) {
  switch (curve) {
    case 'P-256':
      return p256
    case 'P-384':
      return p384
    case 'P-521':
      return p521
  }
}

/** Whether the key's owner signed the certificate. */
export function checkSignature(signed: SignedCertificate, key: PublicKey): SignatureCheck {
  const algorithm = algorithms[signed.signatureAlgorithm]
  if (algorithm === undefined || key.kind === 'unknown') return 'unknown'
  if (algorithm.key !== key.kind) return 'bad'
  return isSigned(signed, key, algorithm) ? 'good' : 'bad'
}

function isSigned(
  { tbs, signature }: SignedCertificate,
  key: PublicKey,
  { hash, digestInfo = '' }: Algorithm,
) {
  switch (key.kind) {
    case 'ecdsa': {
      const options = { prehash: false, lowS: false, format: 'der' } as const
      return holds(() => ecdsaOf(key.curve).verify(signature, hash(tbs), key.point, options))
    }
    case 'ed25519':
      return holds(() => ed25519.verify(signature, tbs, key.point))
    case 'rsa': {
      const found = pow(integerOf(signature), key.exponent, key.modulus)
      return found === rsaPadded(hash(tbs), digestInfo, key.modulus)
    }
    case 'unknown':
      return false
  }
}

/** Signatures that are no such thing at all make the library throw: then they do not hold. */
function holds(check: () => boolean): boolean {
  try {
    return check()
  } catch {
    return false
  }
}

/** EMSA-PKCS1-v1_5 (RFC 8017 §9.2) as a number. */
function rsaPadded(digest: Uint8Array, digestInfo: string, modulus: bigint): bigint {
  const length = Math.ceil(modulus.toString(2).length / 8)
  const tail = `00${digestInfo}${bytesToHex(digest)}`
  return BigInt(`0x0001${'ff'.repeat(Math.max(0, length - 2 - tail.length / 2))}${tail}`)
}

/** Signs with an RSA key and SHA-256: the padded hash to the private exponent. */
export function signRsa(message: Uint8Array, modulus: bigint, privateExponent: bigint): Uint8Array {
  const info = algorithms[oid.sha256WithRsa]?.digestInfo ?? ''
  const signature = pow(rsaPadded(sha256(message), info, modulus), privateExponent, modulus)
  const length = Math.ceil(modulus.toString(2).length / 8)
  return bytesOf(signature, length)
}

/** A number as unsigned big-endian bytes of a length. */
export function bytesOf(value: bigint, length: number): Uint8Array {
  const digits = value.toString(16).padStart(length * 2, '0')
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16))
}
